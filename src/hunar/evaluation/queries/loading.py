"""Reads the records that indicators need: one query per source, for any number of rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from django.db.models import (
    Case,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from hunar.agreements.models import AdvisoryRequest, Obligation
from hunar.catalogue.models import CourseVersion, Lesson, Programme
from hunar.cohorts.models import Attendance, Cohort, CohortTrainer, Enrolment
from hunar.cohorts.rules import COUNTED_KINDS
from hunar.credentials.models import Credential
from hunar.evaluation.facts import (
    UNKNOWN,
    Duty,
    Facts,
    Nominated,
    Place,
    Result,
    Taught,
    Text,
    age_band,
)
from hunar.exams.models import Attempt, Sitting
from hunar.kernel.calendar import ASHGABAT, end_of_day
from hunar.kernel.ids import paper_id
from hunar.selection.models import Call, Nomination

SOURCES = frozenset(row.name for row in fields(Facts)) - {"regions"}


@dataclass(frozen=True)
class Scope:
    """What a question is about: a programme, a period, and maybe one round or course."""

    programme: Programme
    since: date
    until: date
    intake: int = 0
    course: str = ""

    @property
    def period(self) -> tuple[datetime, datetime]:
        return datetime.combine(self.since, time.min, ASHGABAT), end_of_day(self.until)

    def of_cohorts(self, prefix: str = "") -> Q:
        """Finished cohorts that ended in the period, as a condition."""
        wish = {
            f"{prefix}intake__programme": self.programme,
            f"{prefix}state": Cohort.State.CLOSED,
            f"{prefix}ends_date__gte": self.since,
            f"{prefix}ends_date__lte": self.until,
        }
        if self.intake:
            wish[f"{prefix}intake"] = self.intake
        if self.course:
            wish[f"{prefix}version__course__code"] = self.course
        return Q(**wish)


def load(scope: Scope, *, sources: Collection[str] = SOURCES) -> Facts:
    """The records in ``scope``; only the named sources are read, one query each."""
    facts = _places(scope) if "places" in sources else Facts()
    more: dict[str, Any] = {
        name: tuple(read(scope)) for name, read in _READERS.items() if name in sources
    }
    if {"duties", "teaching"} & set(sources):
        more |= _work(scope)
    return replace(facts, **more)


def _places(scope: Scope) -> Facts:
    minutes = (
        Attendance.objects.filter(enrolment=OuterRef("pk"), session__kind__in=COUNTED_KINDS)
        .order_by()
        .values("enrolment")
        .annotate(total=Sum("minutes"))
        .values("total")
    )
    live = Credential.objects.filter(
        enrolment=OuterRef("pk"), kind=Credential.Kind.ACHIEVEMENT, revoked_at__isnull=True
    ).order_by("-pk")
    rows = (
        Enrolment.objects.filter(scope.of_cohorts("cohort__"))
        .exclude(state=Enrolment.State.WITHDRAWN)
        .annotate(
            attended=Coalesce(Subquery(minutes, output_field=IntegerField()), 0),
            credential=Coalesce(Subquery(live.values("pk")[:1]), 0),
        )
        .order_by("pk")
        .values_list(
            "pk", "person_id", "cohort__code", "cohort__version__course__code",
            "cohort__intake_id", "cohort__ends_date", "state", "attended", "credential",
            "sex", "age", "region__code", "region__title", "institution_kind", "role_group",
        )
    )  # fmt: skip
    regions: dict[str, dict[str, str]] = {}
    places = []
    for row in rows:
        region = row[11] or UNKNOWN
        regions.setdefault(region, row[12] or {})
        places.append(_place(row, region))
    return Facts(places=tuple(places), regions=regions)


def _place(row: tuple[Any, ...], region: str) -> Place:
    return Place(
        pk=row[0],
        person=row[1],
        cohort=row[2],
        course=row[3],
        intake=row[4],
        ended=row[5],
        is_completed=row[6] == Enrolment.State.COMPLETED,
        minutes=row[7],
        credential=row[8],
        traits={
            "sex": row[9],
            "age": age_band(row[10]),
            "region": region,
            "institution": row[13],
            "role": row[14],
        },
    )


def _results(scope: Scope) -> list[Result]:
    rows = (
        Attempt.objects.filter(
            scope.of_cohorts("enrolment__cohort__"),
            sitting__state=Sitting.State.RELEASED,
            marks__isnull=False,
            marks_max__gt=0,
        )
        .exclude(enrolment__state=Enrolment.State.WITHDRAWN)
        .order_by("pk")
        .values_list(
            "pk", "enrolment_id", "enrolment__person_id", "enrolment__cohort__code",
            "sitting__released_at", "marks", "marks_max", "is_passed",
        )
    )  # fmt: skip
    best: dict[int, Result] = {}
    for pk, enrolment, person, cohort, released, marks, most, passed in rows:
        result = Result(
            pk,
            person,
            cohort,
            _day(released),
            Fraction(marks or 0, most or 1),
            bool(passed),
        )
        known = best.get(enrolment)
        if known is None or (result.is_passed, result.share) > (known.is_passed, known.share):
            best[enrolment] = result
    return list(best.values())


_STAGES = {
    Nomination.State.ELIGIBLE.value: 1,
    Nomination.State.WAITING.value: 1,
    Nomination.State.NOT_CHOSEN.value: 1,
    Nomination.State.CHOSEN.value: 2,
}


def _nominations(scope: Scope) -> list[Nominated]:
    first, last = scope.period
    rows = Nomination.objects.filter(
        call__intake__programme=scope.programme,
        call__closes_at__gte=first,
        call__closes_at__lte=last,
    ).exclude(state=Nomination.State.WITHDRAWN)
    if scope.intake:
        rows = rows.filter(call__intake=scope.intake)
    if scope.course:
        cohorts = Cohort.objects.filter(
            intake=OuterRef("call__intake"), version__course__code=scope.course
        )
        rows = rows.filter(call__call_cohorts__cohort__in=cohorts.values("pk")).distinct()
    found = rows.order_by("pk").values_list(
        "pk", "person_id", "facts__sex", "person__sex", "call_id", "call__closes_at", "state"
    )
    return [
        Nominated(
            pk=pk,
            person=person,
            sex=recorded or sex,
            call=paper_id(Call.PREFIX, call),
            closed=closed.astimezone(ASHGABAT).date(),
            stage=_STAGES.get(state, 0),
        )
        for pk, person, recorded, sex, call, closed, state in found
    ]


def _work(scope: Scope) -> dict[str, tuple[Any, ...]]:
    """Obligations, advisory requests and national trainers in one query (a union of three)."""
    rows = sorted(_obligations(scope).union(_requests(scope), _trainers(scope), all=True))
    return {
        "duties": tuple(
            Duty(kind, pk, day, bool(met)) for kind, pk, day, met, _ in rows if kind != "PER"
        ),
        "teaching": tuple(
            Taught(person, cohort, day) for kind, person, day, _, cohort in rows if kind == "PER"
        ),
    }


_COLUMNS = ("kind", "number", "day", "met", "about")


def _obligations(scope: Scope) -> QuerySet[Obligation, Any]:
    _, last = scope.period
    return (
        Obligation.objects.filter(agreement__programmes=scope.programme)
        .filter(Q(due_date__lte=scope.until) | Q(state=Obligation.State.FULFILLED))
        .exclude(state=Obligation.State.WAIVED)
        .annotate(
            kind=Value("OBL"),
            number=F("pk"),
            day=Coalesce("due_date", Value(scope.until)),
            met=_one_if(state=Obligation.State.FULFILLED, changed_at__lte=last),
            about=Value(""),
        )
        .order_by()
        .values_list(*_COLUMNS)
    )


def _requests(scope: Scope) -> QuerySet[AdvisoryRequest, Any]:
    first, last = scope.period
    return (
        AdvisoryRequest.objects.filter(
            agreement__programmes=scope.programme, sent_at__gte=first, sent_at__lte=last
        )
        .filter(Q(answered_at__isnull=False) | Q(due_date__lt=scope.until))
        .annotate(
            kind=Value("ADV"),
            number=F("pk"),
            day=F("due_date"),
            answered_date=TruncDate("answered_at", tzinfo=ASHGABAT),
            about=Value(""),
        )
        .annotate(met=_one_if(answered_date__lte=F("due_date")))
        .order_by()
        .values_list(*_COLUMNS)
    )


def _trainers(scope: Scope) -> QuerySet[CohortTrainer, Any]:
    return (
        CohortTrainer.objects.filter(scope.of_cohorts("cohort__"))
        .exclude(part=CohortTrainer.Part.EXPERT)
        .annotate(
            kind=Value("PER"),
            number=F("person_id"),
            day=F("cohort__ends_date"),
            met=Value(1),
            about=F("cohort__code"),
        )
        .order_by()
        .values_list(*_COLUMNS)
    )


def _one_if(**condition: Any) -> Case:
    return Case(When(**condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _texts(scope: Scope) -> list[Text]:
    _, last = scope.period
    rows = Lesson.objects.filter(
        module__version__course__programme=scope.programme,
        module__version__state=CourseVersion.State.PUBLISHED,
        module__version__published_at__lte=last,
    )
    if scope.course:
        rows = rows.filter(module__version__course__code=scope.course)
    found = (
        rows.annotate(
            is_turkmen=Case(
                When(Q(body__has_key="tk") & ~Q(body__tk=""), then=Value(True)),
                default=Value(False),
            )
        )
        .order_by("pk")
        .values_list(
            "pk", "module__version__course__code", "module__version__published_at", "is_turkmen"
        )
    )
    return [
        Text(pk, course, _day(published), bool(turkmen)) for pk, course, published, turkmen in found
    ]


def _day(at: datetime | None) -> date:
    """The date in Ashgabat of a moment that the filter made sure of."""
    assert at is not None
    return at.astimezone(ASHGABAT).date()


_READERS: dict[str, Callable[[Scope], Sequence[Any]]] = {
    "results": _results,
    "nominations": _nominations,
    "texts": _texts,
}
