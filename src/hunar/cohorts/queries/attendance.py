from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db.models import QuerySet, Sum

from hunar.cohorts import rules
from hunar.cohorts.models import Attendance, Cohort, Enrolment, Session
from hunar.cohorts.queries.reach import ON_THE_LIST


def attendance_shares(cohort: Cohort, *, until: datetime | None = None) -> dict[int, Fraction]:
    """Per enrolment (by primary key) the attended share of the counted minutes.

    Lessons and labs count, exams and other events do not; excused minutes are not attended
    ones. Withdrawn enrolments are left out.

    :param until: only sessions that ended by then; default: the whole timetable.
    """
    ids = Enrolment.objects.filter(ON_THE_LIST, cohort=cohort).order_by()
    return shares_in(_counted(cohort), ids.values_list("pk", flat=True), until=until)


def shares_in(
    sessions: Iterable[Session], enrolments: Iterable[int], *, until: datetime | None = None
) -> dict[int, Fraction]:
    """As ``attendance_shares``, for sessions and enrolments that are at hand: one query."""
    counted = [row for row in sessions if row.is_counted and (not until or row.ends_at <= until)]
    planned = sum(session.minutes for session in counted)
    attended = dict(
        Attendance.objects.filter(session__in=[session.pk for session in counted], state__in=_HERE)
        .values_list("enrolment_id")
        .annotate(total=Sum("minutes"))
    )
    return {pk: rules.share(attended.get(pk, 0), planned) for pk in enrolments}


def attendance_share(enrolment: Enrolment, *, until: datetime | None = None) -> Fraction:
    """The attended share of the counted minutes of one person's course."""
    counted = [
        session
        for session in _counted(enrolment.cohort)
        if until is None or session.ends_at <= until
    ]
    attended = Attendance.objects.filter(
        enrolment=enrolment, session__in=[session.pk for session in counted], state__in=_HERE
    ).aggregate(total=Sum("minutes"))["total"]
    return rules.share(attended or 0, sum(session.minutes for session in counted))


_HERE = (Attendance.State.PRESENT, Attendance.State.LATE)


def _counted(cohort: Cohort) -> list[Session]:
    return list(Session.objects.filter(cohort=cohort, kind__in=rules.COUNTED_KINDS))


def attendance_in(session: Session) -> dict[int, Attendance]:
    """What is known of ``session``, by enrolment."""
    rows = Attendance.objects.filter(session=session).select_related("recorded_by")
    return {row.enrolment_id: row for row in rows}


def sessions_without_attendance(cohort: Cohort) -> QuerySet[Session]:
    """Counted sessions for which nothing at all has been entered."""
    return Session.objects.filter(
        cohort=cohort, kind__in=rules.COUNTED_KINDS, attendances__isnull=True
    )


@dataclass(frozen=True)
class Register:
    """The attendance of a cohort: sessions across, people down."""

    sessions: list[Session]
    rows: list[RegisterRow]


@dataclass(frozen=True)
class RegisterRow:
    enrolment: Enrolment
    cells: list[Attendance | None]
    share: Fraction

    @property
    def is_enough(self) -> bool:
        return self.share >= rules.ATTENDANCE_NEEDED


def register_of(cohort: Cohort, *, until: datetime | None = None) -> Register:
    """Who was in which counted session, with the share of the minutes held by ``until``."""
    sessions = _counted(cohort)
    enrolments = list(
        Enrolment.objects.filter(ON_THE_LIST, cohort=cohort).select_related(
            "person", "organisation"
        )
    )
    known = {
        (row.enrolment_id, row.session_id): row
        for row in Attendance.objects.filter(session__cohort=cohort)
    }
    shares = shares_in(sessions, [row.pk for row in enrolments], until=until)
    rows = [
        RegisterRow(
            enrolment,
            [known.get((enrolment.pk, session.pk)) for session in sessions],
            shares.get(enrolment.pk, Fraction(0)),
        )
        for enrolment in enrolments
    ]
    return Register(sessions, rows)


def attendances_of(enrolment: Enrolment) -> QuerySet[Attendance]:
    """What is known of one person's attendance, in order of time."""
    return (
        Attendance.objects.filter(enrolment=enrolment)
        .select_related("session")
        .order_by("session__starts_at")
    )


@dataclass(frozen=True)
class RoomView:
    """Who of a cohort is in the room, as the trainer sees it live."""

    rows: list[tuple[Enrolment, Attendance | None]]

    @property
    def here(self) -> int:
        return sum(bool(known and known.is_here) for _, known in self.rows)

    @property
    def expected(self) -> int:
        return len(self.rows)

    @property
    def waiting(self) -> int:
        """How many are not accounted for."""
        return sum(known is None for _, known in self.rows)


def room_view(session: Session) -> RoomView:
    """Everybody who should be in ``session``; those not yet seen first, in Turkmen order."""
    known = attendance_in(session)
    enrolments = (
        Enrolment.objects.filter(ON_THE_LIST, cohort=session.cohort_id)
        .select_related("person", "organisation")
        .order_by("person__sort_key", "person_id")
    )
    rows = [(row, known.get(row.pk)) for row in enrolments]
    return RoomView(sorted(rows, key=lambda row: row[1] is not None))
