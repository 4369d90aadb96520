from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from hunar.people.models import Account


def remember_who_signed_in(sender: Any, request: HttpRequest, user: Account, **rest: Any) -> None:
    """The middleware gives the response the language of this person."""
    request.signed_in_now = user.person  # type: ignore[attr-defined]


def connect() -> None:
    user_logged_in.connect(remember_who_signed_in, dispatch_uid="people.remember_who_signed_in")
