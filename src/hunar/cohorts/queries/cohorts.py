from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from hunar.catalogue.models import CourseVersion
from hunar.cohorts import rules
from hunar.cohorts.models import (
    Cohort,
    CohortTrainer,
    Enrolment,
    Intake,
    OfficialDocument,
    Room,
)
from hunar.cohorts.queries.attendance import shares_in
from hunar.cohorts.queries.reach import ON_THE_LIST, sees_all
from hunar.kernel.collation import search_key
from hunar.people import queries as people
from hunar.people.enums import Permission, Role
from hunar.people.models import Person


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
    return (
        Intake.objects.select_related("programme")
        .annotate(cohort_count=Count("cohorts"))
        .order_by("-starts_date", "-pk")
    )


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


SORTS = {
    "code": ("code",),
    "dates": ("starts_date", "code"),
    "course": ("version__course__code", "-starts_date"),
    "taken": ("taken", "code"),
    "state": ("state", "-starts_date"),
}


def sorted_cohorts(cohorts: QuerySet[Cohort], wish: str) -> QuerySet[Cohort]:
    """By ``code``, ``dates``, ``course``, ``taken`` (needs ``with_counts``) or ``state``;
    ``-`` in front turns it round; the latest first without a wish."""
    fields = SORTS.get(wish.lstrip("-"))
    if fields is None:
        return cohorts.order_by("-starts_date", "code")
    if wish.startswith("-"):
        return cohorts.order_by(F(fields[0]).desc(), *fields[1:])
    return cohorts.order_by(*fields)


def cohort_states() -> list[tuple[str, str]]:
    """The states as choices of a filter."""
    return [(value, str(label)) for value, label in Cohort.State.choices]


def trainers_with_load(cohort: Cohort) -> QuerySet[CohortTrainer]:
    """The trainers with ``load``: how many sessions of the cohort carry their name."""
    return trainers_of(cohort).annotate(
        load=Count(
            "person__sessions", filter=Q(person__sessions__cohort_id=cohort.pk), distinct=True
        )
    )


def usual_trainers(*, without: Cohort) -> QuerySet[Person]:
    """Who holds the role of a trainer and does not teach ``without``, in Turkmen order."""
    there = CohortTrainer.objects.filter(cohort=without)
    return people.people_holding(Role.TRAINER).exclude(pk__in=there.values("person_id"))


def cohorts_taught_by(person: Person) -> set[int]:
    """Primary keys of the cohorts that ``person`` teaches."""
    return set(CohortTrainer.objects.filter(person=person).values_list("cohort_id", flat=True))


def cohorts_by_feed(token: str) -> QuerySet[Cohort]:
    """The cohort whose calendar has this secret address."""
    return Cohort.objects.filter(feed_token=token)


def people_by_feed(token: str) -> QuerySet[Person]:
    """The person whose calendar has this secret address."""
    return Person.objects.filter(calendar_feed__token=token)


@dataclass(frozen=True)
class Overview:
    """How a cohort stands at a moment."""

    taken: int
    completed: int
    excluded: int
    withdrawn: int
    session_count: int
    minutes: int
    last_ends_at: datetime | None
    missing_sheets: int
    enough: int
    below: int
    trainers: list[CohortTrainer]
    documents: list[OfficialDocument]
    is_over: bool

    @property
    def can_close(self) -> bool:
        return self.is_over and not self.missing_sheets


def overview(cohort: Cohort, *, on: datetime) -> Overview:
    """Seats, timetable, attendance and papers of ``cohort`` in a fixed number of queries."""
    state = Enrolment.State
    states = dict(Enrolment.objects.filter(cohort=cohort).order_by().values_list("pk", "state"))
    counts = Counter(states.values())
    sessions = list(cohort.sessions.annotate(known=Count("attendances")))
    counted = [row for row in sessions if row.is_counted]
    on_list = [pk for pk, name in states.items() if name != state.WITHDRAWN]
    shares = shares_in(counted, on_list, until=on)
    enough = sum(share >= rules.ATTENDANCE_NEEDED for share in shares.values())
    last = max((row.ends_at for row in sessions), default=None)
    return Overview(
        taken=len(on_list),
        completed=counts[state.COMPLETED],
        excluded=counts[state.EXCLUDED],
        withdrawn=counts[state.WITHDRAWN],
        session_count=len(sessions),
        minutes=sum(row.minutes for row in counted),
        last_ends_at=last,
        missing_sheets=sum(not row.known and row.ends_at <= on for row in counted),
        enough=enough,
        below=len(shares) - enough,
        trainers=list(trainers_of(cohort)),
        documents=list(
            OfficialDocument.objects.filter(cohort=cohort).defer("content").order_by("-pk")[:4]
        ),
        is_over=bool(counted) and last is not None and last <= on,
    )
