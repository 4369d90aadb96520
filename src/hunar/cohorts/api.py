from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from hunar.cohorts import queries, services
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.people.requests import PersonRequest

router = Router(tags=["cohorts"])


class CohortOut(Schema):
    ref: str
    code: str
    course: str
    title: dict[str, str]
    starts_date: date
    ends_date: date
    seats: int
    taken: int
    state: str


class SessionOut(Schema):
    ref: str
    kind: str
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    minutes: int
    room: str
    trainer: str
    revision: int


class EnrolmentOut(Schema):
    ref: str
    cohort: str
    title: dict[str, str]
    state: str
    enrolled_at: datetime
    attendance: float


class MarkIn(Schema):
    """What is known of one learner; minutes only for somebody who was late."""

    enrolment: str
    state: str
    minutes: int | None = None


class SheetIn(Schema):
    """A whole sheet. ``reason`` is needed if an earlier record would change."""

    marks: list[MarkIn]
    reason: str = ""


class SheetOut(Schema):
    written: int


@router.get("", response=list[CohortOut], summary="Cohorts that I may see")
def cohorts(
    request: PersonRequest, q: str = "", state: str = "", limit: int = 100, offset: int = 0
) -> list[dict[str, Any]]:
    found = queries.cohorts_matching(
        queries.cohorts_visible_to(request.person), wish=q, state=state
    )
    rows = queries.sorted_cohorts(queries.with_counts(found), "")
    first = max(offset, 0)
    return [_cohort(row) for row in rows[first : first + min(max(limit, 1), 200)]]


@router.get("enrolments", response=list[EnrolmentOut], summary="My own courses")
def my_enrolments(request: PersonRequest) -> list[dict[str, Any]]:
    now = clock.now()
    return [
        {
            "ref": row.ref,
            "cohort": row.cohort.code,
            "title": row.cohort.version.title,
            "state": row.state,
            "enrolled_at": row.enrolled_at,
            "attendance": float(queries.attendance_share(row, until=now)),
        }
        for row in queries.own_enrolments(request.person)
    ]


@router.get("{ref}", response=CohortOut, summary="One cohort")
def cohort(request: PersonRequest, ref: str) -> dict[str, Any]:
    visible = queries.with_counts(queries.cohorts_visible_to(request.person))
    return _cohort(get_object_or_404(visible, pk=_number(ref, "COH")))


@router.get("{ref}/timetable", response=list[SessionOut], summary="Its sessions")
def timetable(request: PersonRequest, ref: str) -> list[dict[str, Any]]:
    visible = queries.cohorts_visible_to(request.person)
    found = get_object_or_404(visible, pk=_number(ref, "COH"))
    return [
        {
            "ref": row.ref,
            "kind": row.kind,
            "title": row.title,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
            "minutes": row.minutes,
            "room": row.room.code if row.room else "",
            "trainer": row.trainer.name.full if row.trainer else "",
            "revision": row.revision,
        }
        for row in queries.sessions_of(found)
    ]


@router.post("sessions/{ref}/attendance", response=SheetOut, summary="Record a sheet")
def record_sheet(request: PersonRequest, ref: str, sheet: SheetIn) -> dict[str, int]:
    visible = queries.sessions_visible_to(request.person)
    session = get_object_or_404(visible, pk=_number(ref, "SES"))
    marks = {
        _number(mark.enrolment, "ENR"): services.Mark(mark.state, mark.minutes)
        for mark in sheet.marks
    }
    written = services.record_sheet(
        session, marks=marks, reason=sheet.reason, by=request.person, at=clock.now()
    )
    return {"written": written}


def _cohort(row: Any) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "code": row.code,
        "course": row.version.course.code,
        "title": row.version.title,
        "starts_date": row.starts_date,
        "ends_date": row.ends_date,
        "seats": row.seats,
        "taken": row.taken,
        "state": row.state,
    }


def _number(ref: str, prefix: str) -> int:
    try:
        read = read_paper_id(ref)
    except UnreadablePaperId:
        raise NotFound from None
    if read.prefix != prefix:
        raise NotFound
    return read.number
