from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hunar.cohorts import calendars, queries, services
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in

KIND = "text/calendar; charset=utf-8"


def cohort_feed(request: HttpRequest, token: str) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_by_feed(token))
    language = cohort.languages[0] if cohort.languages else "tk"
    return _feed(
        queries.sessions_of(cohort).select_related("cohort__version"), cohort.code, language
    )


def person_feed(request: HttpRequest, token: str) -> HttpResponse:
    person = get_object_or_404(queries.people_by_feed(token))
    return _feed(queries.own_sessions(person).order_by("starts_at"), "Hünär", person.language)


def _feed(sessions: Iterable[Any], name: str, language: str) -> HttpResponse:
    content = calendars.calendar(sessions, name=name, at=clock.now(), language=language)
    response = HttpResponse(content, content_type=KIND)
    response["Cache-Control"] = "private, max-age=900"
    return response


@require_POST
@signed_in
def renew_cohort_feed(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_visible_to(request.person), pk=pk)
    services.renew_cohort_feed(cohort, by=request.person, at=clock.now())
    return redirect("cohorts:timetable", pk)
