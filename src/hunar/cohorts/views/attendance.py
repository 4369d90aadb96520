from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hunar.cohorts import attendance_codes, exports, permissions, queries, services
from hunar.cohorts.forms import SheetForm
from hunar.cohorts.views.pages import (
    cohort_context,
    cohort_of_staff,
    download,
    session_of_staff,
)
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def register(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of_staff(request, pk)
    now = clock.now()
    sessions = list(queries.sessions_with_counts(cohort))
    context = cohort_context(request, cohort, current="cohorts:attendance") | {
        "register": queries.register_of(cohort, until=now),
        "sessions": sessions,
        "open_codes": {row.pk for row in sessions if attendance_codes.is_open(row, now)},
        "can_record": permissions.can_record(request.person, cohort) and not cohort.is_closed,
        "now": now,
    }
    return render(request, "cohorts/attendance.html", context)


@signed_in
def export(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of_staff(request, pk)
    register = queries.register_of(cohort, until=clock.now())
    return download(exports.register_xlsx(register), name=f"{cohort.code}-attendance.xlsx")


@signed_in
def code(request: PersonRequest, pk: int) -> HttpResponse:
    session = session_of_staff(request, pk)
    shown = attendance_codes.screen_code(session, at=clock.now())
    context = {
        "session": session,
        "code": shown,
        "address": settings.BASE_URL + reverse("cohorts:scan", args=[shown.token]),
        "typing": settings.BASE_URL + reverse("cohorts:type_code"),
        "wait": min(shown.seconds_left + 1, 10),
        "room": queries.room_view(session),
    }
    return render(request, "cohorts/code.html" + ("#screen" if request.htmx else ""), context)  # type: ignore[attr-defined]


@signed_in
def here(request: PersonRequest, pk: int) -> HttpResponse:
    session = session_of_staff(request, pk)
    now, is_closed = clock.now(), session.cohort.is_closed
    context = {
        "session": session,
        "room": queries.room_view(session),
        "can_show_code": not is_closed and attendance_codes.is_open(session, now),
        "can_enter": not is_closed and session.starts_at <= now,
    }
    return render(request, "cohorts/here.html" + ("#room" if request.htmx else ""), context)  # type: ignore[attr-defined]


@signed_in
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    session = session_of_staff(request, pk)
    form = SheetForm(
        request.POST or None,
        session=session,
        enrolments=queries.enrolments_of(session.cohort).filter(state="enrolled"),
        known=queries.attendance_in(session),
    )
    if form.is_valid():
        count = services.record_sheet(
            session,
            marks=form.marks,
            seen=form.seen,
            reason=form.cleaned_data.get("reason", ""),
            by=request.person,
            at=clock.now(),
        )
        messages.success(request, _("Records written: %(count)s.") % {"count": count})
        return redirect("cohorts:here", pk)
    return render(request, "cohorts/sheet.html", {"session": session, "form": form})
