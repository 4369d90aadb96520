"""The API: every room's router under one root, one way of signing in, one form of error."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError
from ninja.security import SessionAuth

from hunar.kernel.errors import NotFound, RuleViolation
from hunar.people.models import Person

PROBLEM = "application/problem+json"
ROOMS = (
    "people",
    "organisations",
    "competencies",
    "catalogue",
    "agreements",
    "cohorts",
    "selection",
    "learning",
    "exams",
    "credentials",
    "cpd",
    "careers",
    "evaluation",
    "records",
    "notifications",
    "audit",
)


class Problem(Schema):
    """RFC 9457: what stands in the way, with a code that never changes."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    errors: list[dict[str, Any]] = []


class SignedIn(SessionAuth):
    """The session of the pages; a request without one is answered with 401."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        return getattr(request, "person", None)


def problem(status: int, code: str, title: str, **more: Any) -> HttpResponse:
    """An RFC 9457 answer."""
    body = {"type": f"urn:hunar:problem:{code}", "title": title, "status": status, "code": code}
    return JsonResponse({**body, **more}, status=status, content_type=PROBLEM)


def _violation(request: HttpRequest, raised: Any) -> HttpResponse:
    error = cast(RuleViolation, raised)
    return problem(error.status, error.code, str(error), detail=str(error.remedy))


def _invalid(request: HttpRequest, raised: Any) -> HttpResponse:
    error = cast(ValidationError, raised)
    errors = [
        {"where": [str(part) for part in entry["loc"]], "what": entry["msg"], "code": entry["type"]}
        for entry in error.errors
    ]
    return problem(422, "malformed", _("The input cannot be read."), errors=errors)


def _not_found(request: HttpRequest, raised: Any) -> HttpResponse:
    return problem(404, NotFound.code, str(NotFound.message))


def make_api() -> NinjaAPI:
    """The root with every room's router that exists."""
    from django.http import Http404
    from ninja.errors import AuthenticationError

    api = NinjaAPI(
        title="Hünär",
        version="1",
        urls_namespace="api",
        auth=SignedIn(csrf=True),
        docs_url=None,
        description="The same acts as the pages, by the same rules.",
    )
    api.add_exception_handler(RuleViolation, _violation)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(
        AuthenticationError,
        lambda request, error: problem(401, "not-signed-in", _("Sign in first.")),
    )
    for room in ROOMS:
        if find_spec(f"hunar.{room}.api"):
            router = importlib.import_module(f"hunar.{room}.api").router
            api.add_router(f"/{room}/", router)
    return api
