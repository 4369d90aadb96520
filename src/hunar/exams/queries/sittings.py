from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from hunar.cohorts.models import Cohort, CohortTrainer, Enrolment
from hunar.exams import permissions, rules
from hunar.exams.models import Answer, Attempt, Sitting
from hunar.exams.queries.attempts import TAKING, key_of_form
from hunar.exams.rules import KeyLine, Score
from hunar.kernel.types import Words
from hunar.people.enums import Permission
from hunar.people.models import Person
from hunar.people.queries import organisations_where
from hunar.ui import charts


def sittings_visible_to(person: Person) -> QuerySet[Sitting]:
    """All for whoever manages exams; the own rooms for invigilators, the own cohorts for trainers.

    Each comes with ``enrolled``, ``started`` and ``submitted`` counts.
    """
    sittings = _counted(
        Sitting.objects.select_related(
            "form__exam__version__course", "cohort", "room__organisation"
        ).order_by("-opens_at", "-id")
    )
    if permissions.can_manage_exams(person):
        return sittings
    rooms = organisations_where(person, Permission.INVIGILATE)
    taught = CohortTrainer.objects.filter(person=person)
    return sittings.filter(
        Q(room__organisation__in=rooms.values("pk")) | Q(cohort__in=taught.values("cohort_id"))
    )


def _counted(sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    places = Enrolment.objects.filter(cohort=OuterRef("cohort"), state__in=TAKING).order_by()
    attempts = Attempt.objects.filter(sitting=OuterRef("pk")).order_by()
    return sittings.annotate(
        enrolled=_count(places, "cohort"),
        started=_count(attempts, "sitting"),
        submitted=_count(attempts.filter(submitted_at__isnull=False), "sitting"),
    )


def _count(rows: QuerySet[Attempt] | QuerySet[Enrolment], by: str) -> Subquery:
    return Subquery(rows.values(by).annotate(count=Count("pk")).values("count"))


SITTING_STATES: list[tuple[str, Words]] = [
    ("upcoming", _("not open yet")),
    ("open", _("open")),
    ("ended", _("ended, results not released")),
    ("released", _("results released")),
]


def matching_sittings(
    sittings: QuerySet[Sitting], *, wish: str = "", state: str = "", at: datetime
) -> QuerySet[Sitting]:
    """``sittings`` of cohorts or courses with these words, in one of ``SITTING_STATES`` now."""
    for word in wish.split():
        sittings = sittings.filter(
            Q(cohort__code__icontains=word) | Q(form__exam__version__course__code__icontains=word)
        )
    planned = sittings.filter(state=Sitting.State.PLANNED)
    if state == "upcoming":
        return planned.filter(opens_at__gt=at)
    if state == "open":
        return planned.filter(opens_at__lte=at, closes_at__gt=at)
    if state == "ended":
        return planned.filter(closes_at__lte=at)
    if state == "released":
        return sittings.filter(state=Sitting.State.RELEASED)
    return sittings


def cohort_of_tab(cohort_id: int) -> Cohort | None:
    """The cohort whose sittings are listed."""
    return Cohort.objects.filter(pk=cohort_id).select_related("version").first()


def cohorts_to_examine(*, on: date) -> QuerySet[Cohort]:
    """Cohorts of a course that has a form, not ended more than a year ago, newest first."""
    return (
        Cohort.objects.filter(version__exams__forms__isnull=False, ends_date__year__gte=on.year - 1)
        .distinct()
        .order_by("-starts_date", "code")
    )


@dataclass(frozen=True)
class RollEntry:
    """One candidate in the room: whether she has come, writes, or has handed in."""

    enrolment: Enrolment
    attempt: Attempt | None
    answered: int
    at: datetime

    @property
    def is_writing(self) -> bool:
        return self.attempt is not None and self.attempt.submitted_at is None

    @property
    def is_submitted(self) -> bool:
        return self.attempt is not None and self.attempt.submitted_at is not None


def roll_of(sitting: Sitting, *, at: datetime) -> list[RollEntry]:
    """Every enrolled candidate by name, with how far she is."""
    attempts = {
        attempt.enrolment_id: attempt for attempt in Attempt.objects.filter(sitting=sitting)
    }
    answered = dict(
        Answer.objects.filter(attempt__sitting=sitting)
        .exclude(response="")
        .values_list("attempt_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    enrolments = (
        Enrolment.objects.filter(cohort=sitting.cohort_id)
        .filter(Q(state__in=TAKING) | Q(pk__in=list(attempts)))
        .select_related("person", "organisation")
        .order_by("person__sort_key", "person_id")
    )
    roll = []
    for enrolment in enrolments:
        attempt = attempts.get(enrolment.pk)
        count = answered.get(attempt.pk, 0) if attempt else 0
        roll.append(RollEntry(enrolment, attempt, count, at))
    return roll


@dataclass(frozen=True)
class ResultRow:
    """One candidate's marks; before the release they are a preview for the examiner."""

    attempt: Attempt
    score: Score

    @property
    def person(self) -> Person:
        return self.attempt.enrolment.person


def results_of(sitting: Sitting) -> list[ResultRow]:
    """Every submitted attempt marked by the form's key, by name of the candidate.

    Marking again what was released gives the released marks: both are the same function
    of the same saved answers.
    """
    lines = key_of_form(sitting.form)
    return [
        ResultRow(attempt, rules.score(lines, answers, cut_score=sitting.form.exam.cut_score))
        for attempt, answers in _submitted(sitting)
    ]


def sorted_results(rows: list[ResultRow], wish: str) -> list[ResultRow]:
    """By name (as they come) or by ``marks``; a minus turns the order round."""
    if wish.lstrip("-") == "marks":
        rows = sorted(rows, key=lambda row: row.score.marks)
    return rows[::-1] if wish.startswith("-") else rows


def distribution(rows: Sequence[ResultRow]) -> charts.Chart:
    """How many candidates reached which tenth of the marks."""
    counts = Counter(min(int(row.score.percent // 10), 9) for row in rows)
    bars = [
        charts.Bar(f"{low * 10}–{low * 10 + (10 if low == 9 else 9)} %", counts[low])
        for low in range(min(counts), 10)
    ]
    return charts.horizontal_bars(bars, title=_("Candidates by share of the marks"))


def difficulty_chart(statistics: SittingStatistics) -> charts.Chart:
    """The share of right answers of every item, easiest first."""
    items = sorted(statistics.items, key=lambda item: (-item.difficulty, item.line.position))
    bars = [
        charts.Bar(f"{item.line.position}. {item.line.item}", item.difficulty) for item in items
    ]
    return charts.horizontal_bars(
        bars, title=_("Share of right answers by item"), format=charts.per_cent
    )


def _submitted(sitting: Sitting) -> list[tuple[Attempt, dict[int, str]]]:
    attempts = (
        Attempt.objects.filter(sitting=sitting, submitted_at__isnull=False)
        .select_related("enrolment__person", "enrolment__organisation")
        .order_by("enrolment__person__sort_key", "id")
    )
    responses = responses_of(sitting)
    return [(attempt, responses.get(attempt.pk, {})) for attempt in attempts]


def responses_of(sitting: Sitting) -> dict[int, dict[int, str]]:
    """The given answers of a sitting: attempt, position, response."""
    responses: dict[int, dict[int, str]] = {}
    rows = Answer.objects.filter(attempt__sitting=sitting).exclude(response="")
    for attempt, position, response in rows.values_list("attempt_id", "position", "response"):
        responses.setdefault(attempt, {})[position] = response
    return responses


@dataclass(frozen=True)
class ItemStatistics:
    """How one item did in a sitting."""

    line: KeyLine
    difficulty: float
    discrimination: float | None
    responses: list[tuple[str, int]]

    @property
    def code(self) -> str:
        """The item's code without its version."""
        return self.line.item.rpartition("/")[0]

    @property
    def key_words(self) -> str:
        """The key as the table shows it."""
        if self.line.kind == "numeric":
            return f"{self.line.key['value']} ± {self.line.key['tolerance']}"
        return str(self.line.key)

    @property
    def is_pilot(self) -> bool:
        return self.line.use == "pilot"

    @property
    def is_weak(self) -> bool:
        """Outside p 0.30 to 0.90, or separating less than 0.20: to be looked at again."""
        separates = self.discrimination is not None and self.discrimination >= 0.2
        return not (0.3 <= self.difficulty <= 0.9 and separates)


@dataclass(frozen=True)
class SittingStatistics:
    """Classical statistics of a sitting. Pilot items stand apart: they do not count."""

    candidates: int
    mean: float
    deviation: float
    marks_max: int
    reliability: float | None
    sem: float | None
    items: list[ItemStatistics]


def statistics_of(sitting: Sitting) -> SittingStatistics | None:
    """Difficulty and discrimination per item, reliability of the whole; None below two attempts."""
    lines = key_of_form(sitting.form)
    answers = [given for _, given in _submitted(sitting)]
    if len(answers) < 2:
        return None
    return _analysed(lines, answers)


def _analysed(lines: Sequence[KeyLine], answers: Sequence[dict[int, str]]) -> SittingStatistics:
    # NumPy is loaded only where statistics are looked at.
    from hunar.engines.psychometrics import classical

    def column(line: KeyLine) -> list[int]:
        return [rules.mark(line.kind, line.key, given.get(line.position, "")) for given in answers]

    scored = [line for line in lines if line.use == "scored"]
    columns = [column(line) for line in scored]
    whole = classical.analyse(list(zip(*columns, strict=True)))
    found = {line.position: item for line, item in zip(scored, whole.items, strict=True)}
    for line in lines:
        if line.position not in found:
            # A pilot item beside the scored ones: it is measured by them, they not by it.
            with_pilot = classical.analyse(list(zip(*columns, column(line), strict=True)))
            found[line.position] = with_pilot.items[-1]
    return SittingStatistics(
        candidates=len(answers),
        mean=whole.mean,
        deviation=whole.deviation,
        marks_max=len(scored),
        reliability=whole.alpha,
        sem=whole.error,
        items=[
            ItemStatistics(
                line=line,
                difficulty=found[line.position].difficulty,
                discrimination=found[line.position].discrimination,
                responses=_responses_to(line, answers),
            )
            for line in lines
        ],
    )


def _responses_to(line: KeyLine, answers: Sequence[dict[int, str]]) -> list[tuple[str, int]]:
    counts = Counter(given.get(line.position, "") for given in answers)
    if line.kind == "numeric":
        right = sum(n for text, n in counts.items() if rules.mark(line.kind, line.key, text))
        empty = counts[""]
        return [("✓", right), ("✗", len(answers) - right - empty), ("–", empty)]
    letters = sorted(letter for letter in counts if letter)
    return [*((letter, counts[letter]) for letter in letters), ("–", counts[""])]
