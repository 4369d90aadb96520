"""Templates written in a test, with Cotton's tags compiled as the loader does it."""

from __future__ import annotations

from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler


def get_request(path: str = "/", **data: Any) -> HttpRequest:
    request = RequestFactory().get(path, data)
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def rendered(source: str, request: HttpRequest | None = None, **context: Any) -> str:
    template = engines["django"].from_string(CottonCompiler().process(source))
    return template.render(context, request or get_request())
