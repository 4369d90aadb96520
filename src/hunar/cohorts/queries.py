from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hunar.catalogue.models import CourseVersion, Module
from hunar.cohorts import rules
from hunar.cohorts.models import (
    Attendance,
    Cohort,
    CohortTrainer,
    Enrolment,
    Intake,
    OfficialDocument,
    Room,
    Session,
)
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.collation import search_key
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person

SEES_ALL = (Permission.MANAGE_COHORTS, Permission.SEE_EVIDENCE, Permission.MANAGE_EXAMS)
"""Who runs the academy's programme, its exams or its reports sees every cohort."""

ON_THE_LIST = ~Q(state=Enrolment.State.WITHDRAWN)


def sees_all(person: Person) -> bool:
    """Whether every cohort is open to ``person``."""
    return any(people.may(person, permission) for permission in SEES_ALL)


def is_trainer_of(person: Person, cohort: Cohort) -> bool:
    """Whether ``person`` teaches ``cohort``."""
    return CohortTrainer.objects.filter(cohort=cohort, person=person).exists()


def sees_everybody_in(person: Person, cohort: Cohort) -> bool:
    """Whether ``person`` may see the whole list of ``cohort`` with its attendance."""
    return sees_all(person) or is_trainer_of(person, cohort)


# Cohorts ---------------------------------------------------------------------


def cohorts_visible_to(person: Person) -> QuerySet[Cohort]:
    """All cohorts for the academy's staff; those she teaches or takes part in for others;
    for a nominating officer also those with people of her institution."""
    cohorts = Cohort.objects.select_related("intake", "version", "version__course", "room")
    if sees_all(person):
        return cohorts
    mine = Enrolment.objects.filter(ON_THE_LIST, person=person)
    visible = Q(pk__in=mine.values("cohort_id")) | Q(
        pk__in=CohortTrainer.objects.filter(person=person).values("cohort_id")
    )
    if people.may(person, Permission.SEE_STAFF):
        staff = Enrolment.objects.filter(
            ON_THE_LIST,
            organisation__in=people.organisations_where(person, Permission.SEE_STAFF).values("pk"),
        )
        visible |= Q(pk__in=staff.values("cohort_id"))
    return cohorts.filter(visible)


def with_counts(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Adds ``taken``: the enrolments that were not withdrawn."""
    return cohorts.annotate(
        taken=Count("enrolments", filter=~Q(enrolments__state=Enrolment.State.WITHDRAWN))
    )


def cohorts_matching(
    cohorts: QuerySet[Cohort], *, wish: str = "", state: str = "", intake: str = ""
) -> QuerySet[Cohort]:
    """``cohorts`` narrowed by words of the code or the course, by state and by round."""
    for word in search_key(wish).split():
        cohorts = cohorts.filter(Q(code__icontains=word) | Q(version__search_key__contains=word))
    if state in Cohort.State.values:
        cohorts = cohorts.filter(state=state)
    if intake.isdigit():
        cohorts = cohorts.filter(intake_id=int(intake))
    return cohorts


def intakes() -> QuerySet[Intake]:
    """The rounds, latest first."""
    return Intake.objects.select_related("programme").annotate(cohort_count=Count("cohorts"))


def rooms() -> QuerySet[Room]:
    return Room.objects.select_related("organisation")


def published_versions() -> QuerySet[CourseVersion]:
    """What a new cohort can be taught."""
    return CourseVersion.objects.filter(state=CourseVersion.State.PUBLISHED).select_related(
        "course"
    )


def seats_free(cohort: Cohort) -> int:
    """Seats that nobody holds; never negative."""
    taken = Enrolment.objects.filter(ON_THE_LIST, cohort=cohort).count()
    return max(cohort.seats - taken, 0)


def trainers_of(cohort: Cohort) -> QuerySet[CohortTrainer]:
    return CohortTrainer.objects.filter(cohort=cohort).select_related("person")


# Timetable -------------------------------------------------------------------


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


# Enrolments ------------------------------------------------------------------


def enrolments_of(cohort: Cohort) -> QuerySet[Enrolment]:
    """Everybody who has or had a seat, in Turkmen order of names."""
    return Enrolment.objects.filter(cohort=cohort).select_related(
        "person", "organisation", "region", "post"
    )


def enrolments_visible_to(person: Person) -> QuerySet[Enrolment]:
    """Her own; those of cohorts that she teaches; those of her institution's people; all for
    the academy's staff."""
    rows = Enrolment.objects.select_related(
        "person", "organisation", "region", "post", "cohort", "cohort__version"
    )
    if sees_all(person):
        return rows
    visible = Q(person=person) | Q(
        cohort__in=CohortTrainer.objects.filter(person=person).values("cohort_id")
    )
    if people.may(person, Permission.SEE_STAFF):
        visible |= Q(
            organisation__in=people.organisations_where(person, Permission.SEE_STAFF).values("pk")
        )
    return rows.filter(visible)


def enrolments_matching(
    enrolments: QuerySet[Enrolment], *, wish: str = "", state: str = "", organisation: str = ""
) -> QuerySet[Enrolment]:
    """``enrolments`` narrowed by name or number, by state and by institution."""
    for word in search_key(wish).split():
        enrolments = enrolments.filter(person__search_key__contains=word)
    if state in Enrolment.State.values:
        enrolments = enrolments.filter(state=state)
    if organisation.isdigit():
        enrolments = enrolments.filter(organisation_id=int(organisation))
    return enrolments


SORTS = {
    "name": ("person__sort_key", "person_id"),
    "organisation": ("organisation__sort_key", "person__sort_key"),
    "state": ("state", "person__sort_key"),
    "enrolled": ("enrolled_at", "person__sort_key"),
}


def sorted_enrolments(enrolments: QuerySet[Enrolment], wish: str) -> QuerySet[Enrolment]:
    """By ``name``, ``organisation``, ``state`` or ``enrolled``; ``-`` in front turns it round."""
    fields = SORTS.get(wish.lstrip("-"), SORTS["name"])
    if not wish.startswith("-"):
        return enrolments.order_by(*fields)
    return enrolments.order_by(F(fields[0]).desc(), *fields[1:])


def organisations_in(enrolments: QuerySet[Enrolment]) -> list[tuple[int, Any]]:
    """The institutions of ``enrolments`` as choices of a filter, in Turkmen order."""
    rows = enrolments.order_by("organisation__sort_key").values_list(
        "organisation_id", "organisation__title"
    )
    return list(dict(rows).items())


def enrolment_of(person: Person, cohort: Cohort) -> Enrolment | None:
    """The seat that ``person`` holds in ``cohort``."""
    return Enrolment.objects.filter(ON_THE_LIST, person=person, cohort=cohort).first()


def own_enrolments(person: Person) -> QuerySet[Enrolment]:
    """The courses of ``person``, latest first, with their cohorts."""
    return (
        Enrolment.objects.filter(ON_THE_LIST, person=person)
        .select_related("cohort", "cohort__version", "cohort__intake", "cohort__room")
        .order_by("-cohort__starts_date", "pk")
    )


def people_on_the_list(cohort: Cohort) -> QuerySet[Person]:
    """Who takes part in ``cohort``: for fellow learners, who see names only."""
    rows = Enrolment.objects.filter(ON_THE_LIST, cohort=cohort)
    return Person.objects.filter(pk__in=rows.values("person_id"))


def people_matching(wish: str, *, limit: int = 10) -> list[Person]:
    """People for an officer who enrols by hand, by name (either alphabet) or number."""
    if len(wish.strip()) < 2:
        return []
    return list(people.matching(Person.objects.all(), wish)[:limit])


# Attendance ------------------------------------------------------------------


def attendance_shares(cohort: Cohort, *, until: datetime | None = None) -> dict[int, Fraction]:
    """Per enrolment (by primary key) the attended share of the counted minutes.

    Lessons and labs count, exams and ceremonies do not; excused minutes are not attended
    ones. Withdrawn enrolments are left out.

    :param until: only sessions that ended by then; default: the whole timetable.
    """
    counted = [session for session in _counted(cohort) if until is None or session.ends_at <= until]
    planned = sum(session.minutes for session in counted)
    attended = dict(
        Attendance.objects.filter(session__in=[session.pk for session in counted], state__in=_HERE)
        .values_list("enrolment_id")
        .annotate(total=Sum("minutes"))
    )
    ids = Enrolment.objects.filter(ON_THE_LIST, cohort=cohort).values_list("pk", flat=True)
    return {pk: rules.share(attended.get(pk, 0), planned) for pk in ids}


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
    sessions = [row for row in sessions_of(cohort) if row.is_counted]
    enrolments = enrolments_of(cohort).filter(ON_THE_LIST)
    known = {
        (row.enrolment_id, row.session_id): row
        for row in Attendance.objects.filter(session__cohort=cohort)
    }
    shares = attendance_shares(cohort, until=until)
    rows = [
        RegisterRow(
            enrolment,
            [known.get((enrolment.pk, session.pk)) for session in sessions],
            shares.get(enrolment.pk, Fraction(0)),
        )
        for enrolment in enrolments
    ]
    return Register(sessions, rows)


# Documents -------------------------------------------------------------------


def documents_of(cohort: Cohort) -> QuerySet[OfficialDocument]:
    """The registered papers of ``cohort``, latest first."""
    return OfficialDocument.objects.filter(cohort=cohort).select_related("registered_by")


def documents_visible_to(person: Person) -> QuerySet[OfficialDocument]:
    """Papers name everybody, so only those who see everybody in the cohort see them."""
    rows = OfficialDocument.objects.select_related("cohort", "cohort__version", "registered_by")
    if sees_all(person):
        return rows
    teaches = CohortTrainer.objects.filter(person=person)
    return rows.filter(cohort__in=teaches.values("cohort_id"))


def attendances_of(enrolment: Enrolment) -> QuerySet[Attendance]:
    """What is known of one person's attendance, in order of time."""
    return (
        Attendance.objects.filter(enrolment=enrolment)
        .select_related("session")
        .order_by("session__starts_at")
    )


def cohorts_with_trainers(cohorts: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """``cohorts`` with their trainers at hand."""
    return cohorts.prefetch_related(
        Prefetch("trainers", queryset=CohortTrainer.objects.select_related("person"))
    )
