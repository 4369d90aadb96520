from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hunar.cohorts import attendance_codes, exports, permissions, queries, services
from hunar.cohorts.tabs import cards_for
from hunar.cohorts.views.pages import download, page_of
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def courses(request: PersonRequest) -> HttpResponse:
    rows = queries.own_enrolments(request.person)
    return render(request, "cohorts/courses.html", {"enrolments": rows})


@signed_in
def course(request: PersonRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(queries.own_enrolments(request.person), pk=pk)
    cohort, now = enrolment.cohort, clock.now()
    context = {
        "enrolment": enrolment,
        "cohort": cohort,
        "days": queries.days_of(queries.sessions_with_presence(enrolment)),
        "cards": cards_for(request.person, enrolment),
        "share": queries.attendance_share(enrolment, until=now),
        "people": queries.people_on_the_list(cohort),
        "trainers": queries.trainers_of(cohort),
        "documents": queries.documents_of(cohort),
        "now": now,
    }
    return render(request, "cohorts/course.html", context)


@signed_in
def week(request: PersonRequest) -> HttpResponse:
    first = _monday(request.GET.get("day", ""))
    sessions = queries.sessions_between(
        queries.own_sessions(request.person), first, first + timedelta(days=6)
    ).order_by("starts_at")
    now = clock.now()
    feed = services.own_feed(request.person)
    context = {
        "first": first,
        "last": first + timedelta(days=6),
        "before": first - timedelta(days=7),
        "after": first + timedelta(days=7),
        "days": queries.days_of(sessions),
        "taught": queries.cohorts_taught_by(request.person),
        "feed": settings.BASE_URL + reverse("cohorts:person_feed", args=[feed.token]),
        "open_codes": {row.pk for row in sessions if attendance_codes.is_open(row, now)},
        "today": clock.today(),
        "now": now,
    }
    return render(request, "cohorts/week.html", context)


def _monday(wish: str) -> date:
    try:
        day = date.fromisoformat(wish)
    except ValueError:
        day = clock.today()
    day = min(max(day, date(2000, 1, 10)), date(2100, 1, 1))
    return day - timedelta(days=day.weekday())


@require_POST
@signed_in
def renew_feed(request: PersonRequest) -> HttpResponse:
    services.renew_own_feed(request.person, at=clock.now())
    return redirect("cohorts:week")


@signed_in
def staff(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see_staff(request.person)
    everybody = queries.staff_enrolments(request.person)
    found = queries.enrolments_matching(
        everybody, wish=request.GET.get("q", ""), state=request.GET.get("state", "")
    )
    found = queries.sorted_enrolments(found, request.GET.get("sort", "-enrolled"))
    if "export" in request.GET:
        return download(exports.enrolments_xlsx(found, {}), name="staff-in-courses.xlsx")
    context = {"page_obj": page_of(request, found), "states": queries.enrolment_states()}
    return render(request, "cohorts/staff.html" + ("#rows" if request.htmx else ""), context)  # type: ignore[attr-defined]
