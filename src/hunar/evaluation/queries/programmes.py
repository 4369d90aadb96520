"""Programmes and their framework as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet

from hunar.catalogue.models import Programme
from hunar.cohorts.models import Cohort
from hunar.evaluation.indicators import Indicator
from hunar.evaluation.models import Report, Target
from hunar.evaluation.queries.figures import Figure, Framework, framework
from hunar.evaluation.queries.loading import Scope, load
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.text import in_language


def programmes() -> QuerySet[Programme]:
    """All programmes with how many finished cohorts and public reports they have."""
    return Programme.objects.annotate(
        finished=Count(
            "intakes__cohorts",
            filter=Q(intakes__cohorts__state=Cohort.State.CLOSED),
            distinct=True,
        ),
        published=Count(
            "reports", filter=Q(reports__audience=Report.Audience.PUBLIC), distinct=True
        ),
        first_call=Min("intakes__calls__opens_at"),
    ).order_by("-starts_date")


def public_programmes() -> QuerySet[Programme]:
    """Programmes of which figures were published."""
    released = Report.objects.filter(audience=Report.Audience.PUBLIC)
    return Programme.objects.filter(pk__in=released.values("programme_id"))


@dataclass(frozen=True)
class Line:
    """An indicator in the framework: promised, and reached."""

    indicator: Indicator
    figure: Figure
    target: Target | None

    @property
    def share(self) -> int | None:
        """Per cent of the target, at most 100; None without target or figure."""
        if self.target is None or self.figure.value is None or self.target.value <= 0:
            return None
        return min(int(100 * self.figure.value / self.target.value), 100)

    @property
    def is_reached(self) -> bool:
        return (
            self.target is not None
            and self.figure.value is not None
            and self.figure.value >= self.target.value
        )


@dataclass(frozen=True)
class ProgrammeView:
    """The results framework of a programme in a scope."""

    scope: Scope
    outputs: list[Line]
    outcomes: list[Line]
    framework: Framework
    rounds: list[tuple[int, str]]
    courses: list[tuple[str, str]]

    @property
    def lines(self) -> list[Line]:
        return [*self.outputs, *self.outcomes]


def programme_view(scope: Scope) -> ProgrammeView:
    """Every figure of the programme, for the eyes of the academy."""
    shown = framework(load(scope), audience="internal")
    targets = {row.indicator: row for row in Target.objects.filter(programme=scope.programme)}
    lines = [Line(each.indicator, each, targets.get(each.indicator.code)) for each in shown.figures]
    rounds, courses = _choices(scope.programme)
    return ProgrammeView(
        scope=scope,
        outputs=[line for line in lines if line.indicator.level == "output"],
        outcomes=[line for line in lines if line.indicator.level == "outcome"],
        framework=shown,
        rounds=rounds,
        courses=courses,
    )


def _choices(programme: Programme) -> tuple[list[tuple[int, str]], list[tuple[str, str]]]:
    """The rounds and courses of the programme that have cohorts, in one query."""
    rows = (
        Cohort.objects.filter(intake__programme=programme)
        .order_by("intake__starts_date", "version__course__code")
        .values_list("intake_id", "intake__title", "version__course__code", "version__title")
    )
    rounds: dict[int, str] = {}
    courses: dict[str, str] = {}
    for intake, title, code, course in rows:
        rounds.setdefault(intake, in_language(title))
        courses.setdefault(code, in_language(course))
    return list(rounds.items()), sorted(courses.items())


def whole_period(programme: Programme, *, on: date) -> tuple[date, date]:
    """From the start of the programme, or its first call, to its end or to today.

    :param programme: as ``programmes`` gives it.
    """
    called: datetime | None = getattr(programme, "first_call", None)
    first = programme.starts_date
    if called:
        first = min(first, called.astimezone(ASHGABAT).date())
    return first, max(min(programme.ends_date or on, on), first)
