"""Standardised differences of means (Borenstein, Hedges, Higgins and Rothstein 2009, chapter 4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from .counts import InvalidCounts


@dataclass(frozen=True, slots=True)
class Sample:
    """A mean, the standard deviation (divisor n - 1) and the size of a group."""

    mean: float
    deviation: float
    size: int


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """A difference in units of the standard deviation within groups."""

    deviation: float
    d: float
    """Cohen's d."""
    variance: float
    correction: float
    """J: what makes d unbiased in small samples."""

    @property
    def g(self) -> float:
        """Hedges' g."""
        return self.correction * self.d

    @property
    def variance_of_g(self) -> float:
        return self.correction**2 * self.variance


def mean_difference(one: Sample, two: Sample) -> MeanDifference:
    """Return the difference ``one - two`` of independent groups.

    :raises InvalidCounts: if a group has fewer than 2 members or nothing varies.
    """
    if one.size < 2 or two.size < 2:
        raise InvalidCounts("Each group needs at least two members.")
    freedom = one.size + two.size - 2
    pooled = math.sqrt(
        ((one.size - 1) * one.deviation**2 + (two.size - 1) * two.deviation**2) / freedom
    )
    d = _divided(one.mean - two.mean, pooled)
    both = one.size + two.size
    variance = both / (one.size * two.size) + d**2 / (2 * both)
    return MeanDifference(pooled, d, variance, _correction(freedom))


def paired_difference(
    difference: float, deviation: float, correlation: float, pairs: int
) -> MeanDifference:
    """Return the difference of two measurements of the same people.

    :param difference: the mean of the differences.
    :param deviation: the standard deviation of the differences.
    :param correlation: between the two measurements, below 1.
    :raises InvalidCounts: if there are fewer than 2 pairs, the correlation is 1 or more, or nothing
        varies.
    """
    if pairs < 2 or not -1 <= correlation < 1:
        raise InvalidCounts("A paired difference needs two pairs and a correlation below 1.")
    within = deviation / math.sqrt(2 * (1 - correlation))
    d = _divided(difference, within)
    variance = (1 / pairs + d**2 / (2 * pairs)) * 2 * (1 - correlation)
    return MeanDifference(within, d, variance, _correction(pairs - 1))


def _divided(difference: float, deviation: float) -> float:
    if not deviation > 0:
        raise InvalidCounts("A standardised difference needs scores that vary.")
    return difference / deviation


def _correction(freedom: int) -> float:
    return 1 - 3 / (4 * freedom - 1)
