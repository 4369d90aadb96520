from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hunar.people.models import Person


class SignedInPerson:
    """Sets ``request.person``: the person behind the account, or None."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = person_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def person_of(request: HttpRequest) -> Person | None:
    user = request.user
    return user.person if user.is_authenticated else None
