from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from hunar.catalogue.models import Module
from hunar.cohorts import rules
from hunar.cohorts.models import Attendance, Cohort, CohortTrainer, Enrolment, Session
from hunar.cohorts.queries.cohorts import cohorts_visible_to
from hunar.cohorts.queries.reach import ON_THE_LIST
from hunar.kernel.calendar import ASHGABAT
from hunar.people.models import Person


def sessions_of(cohort: Cohort) -> QuerySet[Session]:
    """The timetable of ``cohort`` in order of time."""
    return Session.objects.filter(cohort=cohort).select_related("module", "room", "trainer")


def sessions_visible_to(person: Person) -> QuerySet[Session]:
    """The sessions of the cohorts that ``person`` may see."""
    return Session.objects.filter(
        cohort__in=cohorts_visible_to(person).values("pk")
    ).select_related("cohort", "cohort__version", "module", "room", "trainer")


def own_sessions(person: Person) -> QuerySet[Session]:
    """What stands in the calendar of ``person``: she teaches it or takes part."""
    mine = Enrolment.objects.filter(ON_THE_LIST, person=person)
    led = CohortTrainer.objects.filter(person=person, part=CohortTrainer.Part.LEAD)
    return Session.objects.filter(
        Q(cohort__in=mine.values("cohort_id"))
        | Q(trainer=person)
        | Q(trainer__isnull=True, cohort__in=led.values("cohort_id"))
    ).select_related("cohort", "cohort__version", "module", "room", "trainer")


def sessions_between(sessions: QuerySet[Session], first: date, last: date) -> QuerySet[Session]:
    """Those that begin from the morning of ``first`` to the night of ``last``."""
    return sessions.filter(
        starts_at__gte=_morning(first), starts_at__lt=_morning(last + timedelta(days=1))
    )


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ASHGABAT)


@dataclass(frozen=True)
class Day:
    """One day of a timetable."""

    date: date
    sessions: list[Session]


def days_of(sessions: Iterable[Session]) -> list[Day]:
    """Sessions by the day on which they begin, in order."""
    days: dict[date, list[Session]] = {}
    for session in sessions:
        days.setdefault(session.day, []).append(session)
    return [Day(day, rows) for day, rows in sorted(days.items())]


def modules_of(cohort: Cohort) -> list[rules.PlannedModule]:
    """The modules of the cohort's course version, weighted by the minutes of their lessons."""
    rows = (
        Module.objects.filter(version_id=cohort.version_id)
        .annotate(weight=Coalesce(Sum("lessons__minutes"), 0))
        .order_by("order")
    )
    return [rules.PlannedModule(row.pk, row.day, row.weight) for row in rows]


def all_sessions() -> QuerySet[Session]:
    """Every session, for who holds a code of one."""
    return Session.objects.select_related("cohort", "cohort__version", "module", "room")


def sessions_for_code(person: Person, *, on: date) -> QuerySet[Session]:
    """The sessions of a day to which a typed code may belong, the person's own first."""
    mine = Enrolment.objects.filter(ON_THE_LIST, person=person).values("cohort_id")
    return sessions_between(all_sessions(), on, on).order_by(
        Case(When(cohort__in=mine, then=Value(0)), default=Value(1), output_field=IntegerField()),
        "starts_at",
    )


def sessions_with_counts(cohort: Cohort) -> QuerySet[Session]:
    """The timetable with ``known`` records and how many were ``here``."""
    return sessions_of(cohort).annotate(
        known=Count("attendances"),
        here=Count("attendances", filter=Q(attendances__state__in=HERE)),
    )


HERE = (Attendance.State.PRESENT, Attendance.State.LATE)


def sessions_with_presence(enrolment: Enrolment) -> list[Session]:
    """The timetable of one learner; each session has her attendance, or None, as
    ``presence``."""
    known = {row.session_id: row for row in Attendance.objects.filter(enrolment=enrolment)}
    sessions = list(sessions_of(enrolment.cohort))
    for session in sessions:
        session.presence = known.get(session.pk)  # type: ignore[attr-defined]
    return sessions
