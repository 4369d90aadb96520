"""Classical test theory: how hard and how telling items are, how reliable a test is.

Scores are complete: an omitted answer is worth 0, and that is for the caller to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NOTHING = 1e-12
"""A sum of squares this small beside its parts is rounding error."""


class InvalidScores(ValueError):
    """Scores that cannot be analysed; ``code`` says why and never changes."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item among the others of its form."""

    difficulty: float
    """Mean score over largest possible score: the share of right answers of a 0/1 item."""
    discrimination: float | None
    """Correlation of the item with the sum of the *other* items (corrected point-biserial for 0/1
    items); nothing if one of the two does not vary."""
    alpha_without: float | None
    """Alpha of the other items; nothing below two of them."""


@dataclass(frozen=True, slots=True)
class TestStatistics:
    """A form as a whole."""

    __test__ = False

    persons: int
    items: tuple[ItemStatistics, ...]
    mean: float
    deviation: float
    """Standard deviation of the sum scores, with divisor n - 1."""
    alpha: float | None
    """Cronbach's alpha; of 0/1 items it is KR-20. Nothing if the sum scores do not vary."""
    error: float | None
    """Standard error of measurement, in points."""


def analyse(scores: Sequence[Sequence[float]], maxima: Sequence[float] = ()) -> TestStatistics:
    """Return the statistics of a form.

    Sources: Lord and Novick 1968; Cronbach 1951; Henrysson 1963 for the correction.

    :param scores: persons by items; an array serves too.
    :param maxima: the largest possible score of each item; 1 unless stated.
    :raises InvalidScores: ``shape`` if it is not a table of at least 2 persons and 1 item,
        ``missing`` if a score is missing or infinite, ``maxima`` if they are not one positive
        number for each item, ``range`` if a score is negative or above its maximum.
    """
    import numpy as np

    table, largest = _checked(scores, maxima)
    persons, items = table.shape
    sums = table.sum(axis=1)
    # Sums of squares times n: exact for whole points.
    own = _spread(persons, table.sum(axis=0), (table**2).sum(axis=0))
    total = float(_spread(persons, sums.sum(), (sums**2).sum()))
    with_total = persons * (table.T @ sums) - table.sum(axis=0) * sums.sum()
    rest = total + own - 2 * with_total
    rest = np.where(rest > _NOTHING * np.maximum(total, own), rest, 0.0)
    alpha = _alpha(items, float(own.sum()), total)
    deviation = math.sqrt(total / persons / (persons - 1))
    return TestStatistics(
        persons=persons,
        items=tuple(
            ItemStatistics(
                difficulty=float(table[:, n].mean() / largest[n]),
                discrimination=_correlation(
                    float(with_total[n] - own[n]), float(own[n]), float(rest[n])
                ),
                alpha_without=_alpha(items - 1, float(own.sum() - own[n]), float(rest[n])),
            )
            for n in range(items)
        ),
        mean=float(sums.mean()),
        deviation=deviation,
        alpha=alpha,
        error=None if alpha is None else deviation * math.sqrt(max(0.0, 1 - alpha)),
    )


def kr20(answers: Sequence[Sequence[float]]) -> float | None:
    """Return Kuder and Richardson's formula 20 (1937) of right (1) and wrong (0) answers.

    Nothing if there are fewer than two items or the sum scores do not vary.

    :raises InvalidScores: ``not-binary`` if a score is neither 0 nor 1, and as :func:`analyse`.
    """
    import numpy as np

    table, _ = _checked(answers, ())
    if not np.isin(table, (0.0, 1.0)).all():
        raise InvalidScores("KR-20 is for right and wrong answers only.", code="not-binary")
    return analyse(answers).alpha


@dataclass(frozen=True, slots=True)
class ItemScore:
    """What one person earned on one item, in exact points."""

    objective: str
    earned: int | Decimal | Fraction
    possible: int | Decimal | Fraction

    def __post_init__(self) -> None:
        possible = _exact(self.possible)
        if possible <= 0 or not 0 <= _exact(self.earned) <= possible:
            raise InvalidScores(
                f"{self.earned} of {self.possible} points is not a score.", code="range"
            )


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """Points earned of those possible on one objective."""

    objective: str
    earned: Fraction
    possible: Fraction
    items: int

    @property
    def percentage(self) -> Fraction:
        """From 0 to 100, not rounded; see :func:`rounded`."""
        return 100 * self.earned / self.possible


def objective_scores(scores: Iterable[ItemScore]) -> tuple[ObjectiveScore, ...]:
    """Return the score on each objective, in the order in which the objectives first occur.

    Items count by their points. Scores of one person or of many may be put in.
    """
    order: dict[str, list[ItemScore]] = {}
    for score in scores:
        order.setdefault(score.objective, []).append(score)
    return tuple(
        ObjectiveScore(
            objective,
            sum((_exact(score.earned) for score in each), Fraction(0)),
            sum((_exact(score.possible) for score in each), Fraction(0)),
            len(each),
        )
        for objective, each in order.items()
    )


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """Round once, half away from zero: 2.675 becomes 2.68 (a binary float would give 2.67)."""
    shifted = abs(value) * 10**places + Fraction(1, 2)
    whole = shifted.numerator // shifted.denominator
    sign = 1 if value < 0 and whole else 0
    return Decimal((sign, Decimal(whole).as_tuple().digits, -places))


def _checked(
    scores: Sequence[Sequence[float]], maxima: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    try:
        table = np.asarray(scores, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidScores("Every person has a score on every item.", code="shape") from None
    if table.ndim != 2 or table.shape[0] < 2 or table.shape[1] < 1:
        raise InvalidScores("A form needs two persons and one item.", code="shape")
    if not np.isfinite(table).all():
        raise InvalidScores("A score is missing. Score omitted answers first.", code="missing")
    largest = np.asarray(maxima if len(maxima) else np.ones(table.shape[1]), dtype=np.float64)
    if largest.shape != table.shape[1:] or not (np.isfinite(largest) & (largest > 0)).all():
        raise InvalidScores("Each item has a positive maximum.", code="maxima")
    if (table < 0).any() or (table > largest).any():
        raise InvalidScores("A score lies outside its item's range.", code="range")
    return table, largest


def _spread(
    persons: int, total: NDArray[np.float64], squares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return ``n`` times the sum of squared deviations, 0 where only rounding is left."""
    import numpy as np

    spread = persons * squares - total**2
    return np.where(spread > _NOTHING * persons * squares, spread, 0.0)


def _correlation(cross: float, one: float, two: float) -> float | None:
    if not one or not two:
        return None
    return max(-1.0, min(1.0, cross / math.sqrt(one) / math.sqrt(two)))


def _alpha(items: int, own: float, total: float) -> float | None:
    if items < 2 or not total:
        return None
    return items / (items - 1) * (1 - own / total)


def _exact(points: int | Decimal | Fraction) -> Fraction:
    if isinstance(points, Decimal) and not points.is_finite():
        raise InvalidScores("Points are a finite number.", code="range")
    return Fraction(points)
