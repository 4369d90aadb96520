"""How often one connection may try codes, names and reports on the public pages."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from hunar.credentials.errors import TooManyTries

PERIOD = 15 * 60
LIMITS = {"miss": 20, "number": 60, "name": 12, "file": 30, "report": 3}
"""Tries of each kind in a quarter of an hour."""


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; behind a proxy that is trusted, what the proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        if last := str(forwarded).rpartition(",")[2].strip():
            return last[:60]
    return str(request.META.get("REMOTE_ADDR", ""))


def check(request: HttpRequest, kind: str) -> None:
    """:raises TooManyTries: if the connection has used up its tries of ``kind``."""
    if cache.get(_key(request, kind), 0) >= LIMITS[kind]:
        raise TooManyTries


def count(request: HttpRequest, kind: str) -> None:
    """Remember one try of ``kind``."""
    key = _key(request, kind)
    cache.add(key, 0, PERIOD)
    try:
        cache.incr(key)
    except ValueError:
        # The period ended between the two calls.
        cache.add(key, 1, PERIOD)


def spend(request: HttpRequest, kind: str) -> None:
    """Use one try of ``kind``.

    :raises TooManyTries: if none is left.
    """
    check(request, kind)
    count(request, kind)


def _key(request: HttpRequest, kind: str) -> str:
    return f"credentials.tries.{kind}.{address_of(request)}"
