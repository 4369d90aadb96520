"""Points: the sum of weight times value through maximum, rounded once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hunar.selection.rules.call_rules import MONTHS_IN_POST, CallRules, Criterion, Source
from hunar.selection.rules.eligibility import Facts

CENT = Decimal("0.01")
Marks = Mapping[str, Sequence[Decimal]]
"""Per marked criterion the marks of its markers."""


def rounded(value: Fraction) -> Decimal:
    """To two places, half up, from the exact value.

    >>> rounded(Fraction("2.675"))
    Decimal('2.68')
    """
    hundredths = value * 100
    down = hundredths.numerator // hundredths.denominator
    up = hundredths - down >= Fraction(1, 2)
    return (Decimal(down + up) / 100).quantize(CENT, ROUND_HALF_UP)


def mean_mark(marks: Sequence[Decimal]) -> Fraction:
    """The exact mean of the markers' marks; zero where nobody marked."""
    return (
        sum((Fraction(mark) for mark in marks), Fraction(0)) / len(marks) if marks else Fraction(0)
    )


def computed_value(criterion: Criterion, facts: Facts, cohort: str) -> Fraction:
    """What the facts are worth by ``criterion``, before the maximum is applied.

    :raises ValueError: if the criterion is marked, not computed.
    """
    match criterion.source:
        case Source.COMPETENCY_GAP:
            return Fraction(facts.gap.get(cohort, 0))
        case Source.ROLE_RELEVANCE:
            return Fraction(criterion.scale.get(facts.role_group, Decimal(0)))
        case Source.GRADE:
            return Fraction(facts.grade)
        case Source.MONTHS_IN_SERVICE:
            return Fraction(facts.months_in_service)
        case Source.MARKED:
            raise ValueError(criterion.code)


@dataclass(frozen=True)
class CriterionPoints:
    """What one criterion gave: its value (at most the maximum) and its share of the points."""

    code: str
    value: Fraction
    points: Fraction


@dataclass(frozen=True)
class Score:
    """The points of one nomination in one cohort, with what they are made of."""

    criteria: tuple[CriterionPoints, ...]
    tie_breaks: tuple[Decimal, ...]

    @property
    def points(self) -> Decimal:
        return rounded(sum((each.points for each in self.criteria), Fraction(0)))


def score(rules: CallRules, facts: Facts, marks: Marks, *, cohort: str) -> Score:
    """The points for ``cohort``: exact within, rounded once (domain rule 12)."""
    criteria = []
    for criterion in rules.criteria:
        value = (
            mean_mark(marks.get(criterion.code, ()))
            if criterion.is_marked
            else computed_value(criterion, facts, cohort)
        )
        value = min(value, Fraction(criterion.maximum))
        points = Fraction(criterion.weight) * value / Fraction(criterion.maximum)
        criteria.append(CriterionPoints(criterion.code, value, points))
    values = {each.code: each.value for each in criteria}
    values[MONTHS_IN_POST] = Fraction(facts.months_in_post)
    return Score(
        criteria=tuple(criteria),
        tie_breaks=tuple(_as_decimal(values[code]) for code in rules.tie_breaks),
    )


def _as_decimal(value: Fraction) -> Decimal:
    # Six places tell all means of up to a thousand marks apart.
    return (Decimal(round(value * 10**6)) / 10**6).normalize()


def competition_ranks(points: Iterable[Decimal]) -> list[int]:
    """Standard competition ranking, 1-2-2-4, of points that already descend."""
    ranks: list[int] = []
    last: Decimal | None = None
    for position, value in enumerate(points, start=1):
        ranks.append(ranks[-1] if ranks and value == last else position)
        last = value
    return ranks
