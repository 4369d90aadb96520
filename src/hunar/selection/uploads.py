"""Refusing a large upload by its announced length, before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from hunar.kernel.tables import TableTooLarge

FORM_ALLOWANCE = 64 * 1024
"""What the other fields of the form may add to the file."""


def size_limited(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let only requests of acceptable length reach ``view``.

    The check of the CSRF token reads the body, so it runs inside, after the length.

    :raises TableTooLarge: if the announced length is beyond ``UPLOAD_MAX_BYTES``.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > settings.UPLOAD_MAX_BYTES + FORM_ALLOWANCE:
            raise TableTooLarge
        return protected(request, *args, **kwargs)

    return limited
