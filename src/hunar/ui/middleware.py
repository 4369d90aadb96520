"""Rule violations become pages: what stands in the way, what to do, the code."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from hunar.kernel.errors import RuleViolation


class RuleViolationPages:
    """Answer a ``RuleViolation`` that a view raised, with the violation's status.

    A request of htmx gets the notice alone and puts it among the page's messages;
    what stood on the page stays there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, RuleViolation):
            return None
        return violation_page(request, exception)


def violation_page(request: HttpRequest, violation: RuleViolation) -> HttpResponse:
    """The page, or for htmx the notice, that explains ``violation``."""
    in_place = bool(getattr(request, "htmx", False)) and not getattr(
        request.htmx,  # type: ignore[attr-defined]
        "boosted",
        False,
    )
    template = "ui/violation.html#notice" if in_place else "ui/violation.html"
    remedy = str(violation.remedy)
    context = {
        "violation": violation,
        "message": str(violation),
        "remedy": remedy % violation.details if violation.details and remedy else remedy,
        "may_sign_in": violation.status == 403 and getattr(request, "person", None) is None,
    }
    response = render(request, template, context, status=violation.status)
    if in_place:
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML show:window:top"
        response["HX-Push-Url"] = "false"
    return response
