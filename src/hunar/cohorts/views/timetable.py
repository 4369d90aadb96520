from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hunar.cohorts import permissions, queries, services
from hunar.cohorts.forms import SessionForm
from hunar.cohorts.views.pages import cohort_context, cohort_of_staff
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def timetable(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of_staff(request, pk)
    sessions = list(queries.sessions_of(cohort))
    context = cohort_context(request, cohort, current="cohorts:timetable") | {
        "days": queries.days_of(sessions),
        "minutes": sum(row.minutes for row in sessions if row.is_counted),
        "feed": settings.BASE_URL + reverse("cohorts:cohort_feed", args=[cohort.feed_token]),
        "now": clock.now(),
    }
    return render(request, "cohorts/timetable.html", context)


@require_POST
@signed_in
def generate(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_visible_to(request.person), pk=pk)
    services.generate_timetable(cohort, by=request.person, at=clock.now())
    return redirect("cohorts:timetable", pk)


@signed_in
def new_session(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    cohort = cohort_of_staff(request, pk)
    form = SessionForm(request.POST or None, cohort=cohort)
    if form.is_valid():
        services.plan_session(cohort, **form.facts, by=request.person, at=clock.now())
        return redirect("cohorts:timetable", pk)
    return render(request, "cohorts/session_form.html", {"form": form, "cohort": cohort})


@signed_in
def edit_session(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    session = get_object_or_404(queries.sessions_visible_to(request.person), pk=pk)
    form = SessionForm(request.POST or None, cohort=session.cohort, session=session)
    if form.is_valid():
        services.change_session(session, **form.facts, by=request.person, at=clock.now())
        return redirect("cohorts:timetable", session.cohort_id)
    context = {"form": form, "session": session, "cohort": session.cohort}
    return render(request, "cohorts/session_form.html", context)


@require_POST
@signed_in
def remove_session(request: PersonRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(queries.sessions_visible_to(request.person), pk=pk)
    services.remove_session(session, by=request.person, at=clock.now())
    return redirect("cohorts:timetable", session.cohort_id)
