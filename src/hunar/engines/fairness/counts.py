"""The counts that every calculation here starts from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95
"""The confidence of an interval unless stated otherwise."""


class InvalidCounts(ValueError):
    """Numbers that cannot be what they are said to be."""

    code = "invalid-counts"


class Interval(NamedTuple):
    """A two-sided confidence interval."""

    lower: float
    upper: float

    def __contains__(self, value: object) -> bool:
        return isinstance(value, (int, float)) and self.lower <= value <= self.upper


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a group were selected (admitted, certified, promoted).

    :raises InvalidCounts: if the group is empty or fewer than none or more than all were selected.
    """

    selected: int
    total: int

    def __post_init__(self) -> None:
        if self.total < 1 or not 0 <= self.selected <= self.total:
            raise InvalidCounts(f"{self.selected} of {self.total} is not a share of a group.")

    @property
    def rate(self) -> Fraction:
        """The exact selection rate."""
        return Fraction(self.selected, self.total)

    @property
    def refused(self) -> int:
        return self.total - self.selected


def quantile(confidence: float) -> float:
    """Return the normal quantile of a two-sided interval: 1.959964 for 0.95.

    :raises InvalidCounts: if the confidence does not lie between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise InvalidCounts("A confidence lies between 0 and 1.")
    return NormalDist().inv_cdf((1 + confidence) / 2)
