"""A learner says "I am here": by the code on the screen, scanned or typed."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from hunar.cohorts import attendance_codes, queries, services
from hunar.cohorts.errors import CodeUnknown, TooManyCodes
from hunar.cohorts.forms import CodeForm
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in

MOST_WRONG_CODES = 10
WAIT_SECONDS = 600


@signed_in
def scan(request: PersonRequest, token: str) -> HttpResponse:
    now = clock.now()
    if request.method == "POST":
        return _confirm(request)
    pk = attendance_codes.session_of_token(token, at=now)
    session = get_object_or_404(queries.all_sessions(), pk=pk)
    services.check_can_arrive(session, person=request.person, at=now)
    return _ask(request, session)


@signed_in
def type_code(request: PersonRequest) -> HttpResponse:
    if "pass" in request.POST:
        return _confirm(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        session = _session_of(request, form.cleaned_data["code"])
        services.check_can_arrive(session, person=request.person, at=clock.now())
        return _ask(request, session)
    return render(request, "cohorts/type_code.html", {"form": form})


def _session_of(request: PersonRequest, digits: str) -> Any:
    key = f"cohorts.wrong-codes.{request.person.pk}"
    if cache.get(key, 0) >= MOST_WRONG_CODES:
        raise TooManyCodes
    try:
        return attendance_codes.session_of_digits(
            digits,
            sessions=queries.sessions_for_code(request.person, on=clock.today()),
            at=clock.now(),
        )
    except CodeUnknown:
        cache.set(key, cache.get(key, 0) + 1, WAIT_SECONDS)
        raise


def _ask(request: PersonRequest, session: Any) -> HttpResponse:
    stamp = attendance_codes.give_pass(session, person=request.person, at=clock.now())
    return render(request, "cohorts/confirm_arrival.html", {"session": session, "stamp": stamp})


def _confirm(request: PersonRequest) -> HttpResponse:
    pk, arrived = attendance_codes.read_pass(
        request.POST.get("pass", ""), person=request.person, at=clock.now()
    )
    session = get_object_or_404(queries.all_sessions(), pk=pk)
    attendance = services.arrive(session, person=request.person, at=arrived)
    return render(request, "cohorts/arrived.html", {"session": session, "attendance": attendance})
