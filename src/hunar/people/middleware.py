from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hunar.people import services
from hunar.people.models import Person


class SignedInPerson:
    """Sets ``request.person``: the person behind the account, or None.

    Who came in with a printed one-time code chooses a password before anything else.
    The language goes with the person: her preference is applied when she signs in, and
    a change of language on any page becomes her preference.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = person_of(request)  # type: ignore[attr-defined]
        if _must_choose_password(request):
            return HttpResponseRedirect(reverse("people:choose_password"))
        response = self.get_response(request)
        _keep_language(request, response)
        return response


def person_of(request: HttpRequest) -> Person | None:
    user = request.user
    return user.person if user.is_authenticated else None


def _must_choose_password(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated or not user.has_one_time_code:
        return False
    open_doors = (
        reverse("people:choose_password"),
        reverse("account_logout"),
        reverse("ui:language"),
        reverse("ui:theme"),
    )
    return request.path not in open_doors


def _keep_language(request: HttpRequest, response: HttpResponse) -> None:
    signed_in_now: Person | None = getattr(request, "signed_in_now", None)
    if signed_in_now:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            signed_in_now.language,
            max_age=60 * 60 * 24 * 365,
            samesite="Lax",
        )
        return
    person: Person | None = request.person  # type: ignore[attr-defined]
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if person and chosen and chosen.value in dict(settings.LANGUAGES):
        services.prefer_language(person, language=chosen.value)
