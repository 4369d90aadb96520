"""The impact ratio and the four-fifths rule.

Source: Uniform Guidelines on Employee Selection Procedures (UGESP) 1978, section 4D, and the
Questions and Answers of 1979. Rates are compared as fractions: 0.80 is not below 0.80.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .counts import CONFIDENCE, Count, Interval, InvalidCounts, quantile

FOUR_FIFTHS = Fraction(4, 5)
MINIMUM_SHARE = Fraction(1, 50)
"""Groups below 2 % of the pool are not judged (UGESP Q&A)."""


@dataclass(frozen=True, slots=True)
class ImpactRatio:
    """A group beside the group with the highest rate."""

    group: str
    count: Count
    highest: str
    ratio: Fraction | None
    """Rate over highest rate; nothing if nobody was selected anywhere."""
    is_judged: bool
    """Whether the group is large enough to be judged."""

    @property
    def is_below_four_fifths(self) -> bool:
        """Whether the group is judged and its ratio is below 4/5."""
        return self.is_judged and self.ratio is not None and self.ratio < FOUR_FIFTHS


def impact_ratios(
    groups: Mapping[str, Count], minimum_share: Fraction = MINIMUM_SHARE
) -> tuple[ImpactRatio, ...]:
    """Return each group beside the one with the highest rate, in the order given.

    The highest rate is sought among the groups with at least ``minimum_share`` of the pool.

    :raises InvalidCounts: if there are no groups.
    """
    pool = sum(count.total for count in groups.values())
    judged = {name: count for name, count in groups.items() if count.total >= minimum_share * pool}
    if not judged:
        raise InvalidCounts("An impact ratio compares at least one group.")
    highest = max(judged, key=lambda name: judged[name].rate)
    top = judged[highest].rate
    return tuple(
        ImpactRatio(name, count, highest, count.rate / top if top else None, name in judged)
        for name, count in groups.items()
    )


def katz(focal: Count, reference: Count, confidence: float = CONFIDENCE) -> Interval | None:
    """Return the log interval of ``focal rate / reference rate`` (Katz et al. 1978).

    Nothing if nobody of a group was selected: the logarithm has no variance then.
    """
    if not focal.selected or not reference.selected:
        return None
    error = math.sqrt((1 - focal.rate) / focal.selected + (1 - reference.rate) / reference.selected)
    middle = math.log(focal.rate / reference.rate)
    half = quantile(confidence) * error
    return Interval(math.exp(middle - half), math.exp(middle + half))


def would_flip(focal: Count, reference: Count) -> bool:
    """Whether one selection moved from the favoured to the other group reverses the difference.

    Such numbers are too small to judge by (UGESP Q&A 20 and 21).
    """
    if focal.rate > reference.rate:
        focal, reference = reference, focal
    if focal.rate == reference.rate or focal.refused == 0:
        return False
    return Fraction(focal.selected + 1, focal.total) > Fraction(
        reference.selected - 1, reference.total
    )
