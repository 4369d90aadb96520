from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from hunar.audit import services as audit
from hunar.cohorts import attendance_codes, errors, events, permissions, queries, rules
from hunar.cohorts.enums import CorrectionReason
from hunar.cohorts.models import Attendance, Enrolment, Session
from hunar.cohorts.services.planning import check_open
from hunar.kernel.signing import digest
from hunar.people.models import Person
from hunar.records import services as records
from hunar.records.enums import Verb
from hunar.records.rules import duration

State = Attendance.State
Method = Attendance.Method


@dataclass(frozen=True)
class Mark:
    """What a sheet says of one person; without minutes the state decides them."""

    state: str
    minutes: int | None = None


@transaction.atomic
def record_attendance(
    session: Session,
    *,
    enrolment: Enrolment,
    state: str,
    minutes: int | None = None,
    method: str = Method.SHEET,
    by: Person,
    at: datetime,
) -> Attendance:
    """Write down whether one person was there. Present counts the whole session unless
    ``minutes`` says less, excused and absent count none.

    A record that exists stays: change it with ``correct_attendance``.

    :raises NotYourCohort: if ``by`` neither manages cohorts nor teaches this one.
    :raises CohortClosed, EnrolmentEnded, AttendanceEarly, MinutesOutOfRange: as named.
    """
    permissions.check_can_record(by, session.cohort)
    _check_recordable(session, at)
    if enrolment.cohort_id != session.cohort_id or not enrolment.is_enrolled:
        raise errors.EnrolmentEnded
    return _record(
        session,
        enrolment,
        state=state,
        minutes=_minutes(session, Mark(state, minutes)),
        method=method,
        by=by,
        at=at,
    )


@transaction.atomic
def arrive(session: Session, *, person: Person, at: datetime) -> Attendance:
    """A learner who scanned or typed the code is there: present, or late with the minutes
    that remain. A second scan changes nothing.

    The code itself is checked by ``attendance_codes`` before.

    :raises NotEnrolled: if the person has no seat in the cohort.
    :raises AttendanceNotOpen: on another day, or after the session.
    """
    enrolment = check_can_arrive(session, person=person, at=at)
    arrival = rules.arrival(at, starts_at=session.starts_at, ends_at=session.ends_at)
    return _record(
        session,
        enrolment,
        state=arrival.state,
        minutes=arrival.minutes,
        method=Method.QR,
        by=person,
        at=at,
    )


def check_can_arrive(session: Session, *, person: Person, at: datetime) -> Enrolment:
    """The seat of ``person`` in the cohort of a session whose code is being given.

    :raises NotEnrolled: if the person has no seat in the cohort.
    :raises AttendanceNotOpen: on another day, or after the session.
    """
    if not attendance_codes.is_open(session, at):
        raise errors.AttendanceNotOpen
    check_open(session.cohort)
    enrolment = queries.enrolment_of(person, session.cohort)
    if enrolment is None or not enrolment.is_enrolled:
        raise errors.NotEnrolled
    return enrolment


def _record(
    session: Session,
    enrolment: Enrolment,
    *,
    state: str,
    minutes: int,
    method: str,
    by: Person,
    at: datetime,
) -> Attendance:
    try:
        with transaction.atomic():
            row = Attendance.objects.create(
                session=session,
                enrolment=enrolment,
                state=state,
                minutes=minutes,
                method=method,
                recorded_by=by,
                recorded_at=at,
            )
    except IntegrityError:
        return Attendance.objects.get(session=session, enrolment=enrolment)
    audit.record(
        "cohorts.attendance.recorded",
        subject=enrolment,
        by=by,
        at=at,
        details={"session": session.ref, "state": state, "minutes": minutes, "method": method},
    )
    _announce(session, [row], at)
    return row


@transaction.atomic
def record_sheet(
    session: Session,
    *,
    marks: Mapping[int, Mark],
    by: Person,
    at: datetime,
    reason: str = "",
    seen: Mapping[int, str] | None = None,
) -> int:
    """Write down a whole sheet at once: all of it, or nothing. Returns how many records
    are new or changed.

    Records that differ from the sheet are corrected, for which ``reason`` is needed.

    :param marks: by the primary key of the enrolment; people without a mark stay unknown.
    :param seen: the state of each enrolment that the form showed; if it has changed since,
        nothing is written.
    :raises NotYourCohort, CohortClosed, AttendanceEarly, MinutesOutOfRange: as named.
    :raises EnrolmentEnded: if a mark belongs to nobody who is enrolled in the cohort.
    :raises ReasonNeeded: if a record would change without a reason.
    :raises AttendanceStale: if somebody changed a record that the form showed otherwise.
    """
    permissions.check_can_record(by, session.cohort)
    _check_recordable(session, at)
    enrolled = {
        row.pk: row
        for row in Enrolment.objects.filter(
            cohort=session.cohort_id, pk__in=marks, state=Enrolment.State.ENROLLED
        ).select_related("person")
    }
    known = queries.attendance_in(session)
    if seen is not None and any(
        pk in known and known[pk].state != seen.get(pk, "") for pk in marks
    ):
        raise errors.AttendanceStale
    if len(enrolled) < len(marks):
        raise errors.EnrolmentEnded
    fresh = []
    changed = 0
    for pk, enrolment in enrolled.items():
        mark = marks[pk]
        if pk not in known:
            fresh.append(_row(session, enrolment, mark, by, at))
        elif _differs(session, known[pk], mark):
            _correct(known[pk], mark, session, reason=reason, by=by, at=at)
            changed += 1
    _record_all(session, fresh, by=by, at=at)
    return len(fresh) + changed


@transaction.atomic
def correct_attendance(
    attendance: Attendance, *, mark: Mark, reason: str, by: Person, at: datetime
) -> Attendance:
    """Replace a wrong record. What stood there before stays in the audit record.

    :raises NotYourCohort, CohortClosed, MinutesOutOfRange: as named.
    :raises ReasonNeeded: without a reason of ``CorrectionReason``.
    """
    session = attendance.session
    permissions.check_can_record(by, session.cohort)
    check_open(session.cohort)
    return _correct(attendance, mark, session, reason=reason, by=by, at=at)


def _correct(
    attendance: Attendance, mark: Mark, session: Session, *, reason: str, by: Person, at: datetime
) -> Attendance:
    if reason not in CorrectionReason.values:
        raise errors.ReasonNeeded
    was = {"state": attendance.state, "minutes": attendance.minutes, "method": attendance.method}
    attendance.state = mark.state
    attendance.minutes = _minutes(session, mark)
    attendance.method = Method.SHEET
    attendance.recorded_by, attendance.recorded_at = by, at
    attendance.save()
    now = {"state": attendance.state, "minutes": attendance.minutes, "method": attendance.method}
    audit.record(
        "cohorts.attendance.corrected",
        subject=attendance.enrolment,
        by=by,
        at=at,
        details={"session": session.ref, "was": was, "now": now, "reason": reason},
    )
    events.attendance_recorded.send(
        sender=None, session=session, enrolment=attendance.enrolment, at=at
    )
    return attendance


def _record_all(session: Session, rows: list[Attendance], *, by: Person, at: datetime) -> None:
    if not rows:
        return
    Attendance.objects.bulk_create(rows)
    counts = {state: sum(row.state == state for row in rows) for state in State.values}
    sheet = sorted([row.enrolment.ref, row.state, row.minutes] for row in rows)
    audit.record(
        "cohorts.attendance.sheet-recorded",
        subject=session,
        by=by,
        at=at,
        details={**counts, "sheet_sha256": digest(sheet)},
    )
    _announce(session, rows, at)


def _announce(session: Session, rows: list[Attendance], at: datetime) -> None:
    records.record_many(
        records.Fact(
            person=row.enrolment.person,
            verb=Verb.ATTENDED,
            object_id=f"cohorts/sessions/{session.ref}",
            object_name=session.title or {"en": session.shown_title},
            at=at,
            result={"duration": duration(row.minutes * 60)},
        )
        for row in rows
        if row.is_here
    )
    for row in rows:
        events.attendance_recorded.send(
            sender=None, session=session, enrolment=row.enrolment, at=at
        )


def _row(
    session: Session, enrolment: Enrolment, mark: Mark, by: Person, at: datetime
) -> Attendance:
    return Attendance(
        session=session,
        enrolment=enrolment,
        state=mark.state,
        minutes=_minutes(session, mark),
        method=Method.SHEET,
        recorded_by=by,
        recorded_at=at,
    )


def _differs(session: Session, known: Attendance, mark: Mark) -> bool:
    if known.state != mark.state:
        return True
    return mark.minutes is not None and known.minutes != _minutes(session, mark)


def _minutes(session: Session, mark: Mark) -> int:
    if mark.state not in State.values:
        raise errors.StateUnknown(state=mark.state)
    if mark.state not in (State.PRESENT, State.LATE):
        return 0
    if mark.minutes is None:
        return session.minutes
    if not 0 <= mark.minutes <= session.minutes:
        raise errors.MinutesOutOfRange(minutes=session.minutes)
    return mark.minutes


def _check_recordable(session: Session, at: datetime) -> None:
    check_open(session.cohort)
    if at < session.starts_at:
        raise errors.AttendanceEarly
