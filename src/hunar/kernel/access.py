"""How rooms below ``people`` ask who is there and what they may: ``people`` gives the answers.

Rooms above ask ``people.requests`` and ``people.permissions`` themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from hunar.kernel.errors import NotPermitted

Judge = Callable[[Any, str, Any], bool]
"""``judge(person, permission, organisation)``; an organisation of None means anywhere."""


def _nobody(person: Any, permission: str, organisation: Any) -> bool:
    return False


_judge: list[Judge] = [_nobody]


def answer_with(judge: Judge) -> None:
    """Let ``judge`` decide from now on; without one, nobody may anything."""
    _judge[0] = judge


def may(person: Any, permission: str, organisation: Any = None) -> bool:
    """Whether ``person`` holds ``permission``, for ``organisation`` if one is given."""
    return person is not None and _judge[0](person, permission, organisation)


def check(person: Any, permission: str, organisation: Any = None) -> None:
    """:raises NotPermitted: unless ``person`` holds ``permission``."""
    if not may(person, permission, organisation):
        raise NotPermitted(permission=permission)


def person_asking(request: HttpRequest) -> Any:
    """Whoever is signed in, or None."""
    return getattr(request, "person", None)


def signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only people who have signed in reach ``view``; others are asked to sign in first.

    :raises NotPermitted: if the account belongs to no person.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if person_asking(request) is None:
            if request.user.is_authenticated:
                raise NotPermitted
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded
