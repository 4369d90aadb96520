"""Two groups compared within strata (calls, stages, score bands) and taken together.

A pooled comparison can point the wrong way when groups apply to different strata (Simpson's
paradox); these comparisons are made inside each stratum first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from .counts import CONFIDENCE, Count, Interval, InvalidCounts, quantile

_DELTA = 2.35


class Stratum(NamedTuple):
    """Two groups under the same conditions."""

    focal: Count
    reference: Count

    @property
    def total(self) -> int:
        return self.focal.total + self.reference.total


@dataclass(frozen=True, slots=True)
class MantelHaenszel:
    """The common odds of the focal over those of the reference group (Mantel and Haenszel 1959)."""

    odds_ratio: float
    """0 or infinite if the strata differ as much as they can, all to one side."""
    variance: float | None
    """Of the log odds ratio (Robins, Breslow and Greenland 1986); nothing at 0 and infinity."""
    interval: Interval | None
    chi_square: float
    chi_square_corrected: float
    """With the continuity correction of 1/2."""
    p: float
    p_corrected: float

    @property
    def delta(self) -> float:
        """The odds ratio on the ETS delta scale, 2.35 times its logarithm; negative if the focal
        group fares worse."""
        if not 0 < self.odds_ratio < math.inf:
            return -math.inf if self.odds_ratio == 0 else math.inf
        return _DELTA * math.log(self.odds_ratio)

    @property
    def delta_error(self) -> float | None:
        return None if self.variance is None else _DELTA * math.sqrt(self.variance)

    @property
    def ets_class(self) -> str:
        """Negligible ``A``, moderate ``B`` or large ``C``, with the sign of the favoured side.

        ``A`` below 1 in size or not significant at 5 %; ``C`` from 1.5 on if significantly above
        1 (one-sided 5 %); ``-`` if the focal group fares worse (Zieky 1993).
        """
        size, error = abs(self.delta), self.delta_error
        if size < 1 or self.p_corrected > 0.05:
            return "A"
        is_large = size >= 1.5 and (error is None or (size - 1) / error > 1.645)
        return ("C" if is_large else "B") + ("+" if self.delta > 0 else "-")


def mantel_haenszel(
    strata: Sequence[Stratum], confidence: float = CONFIDENCE
) -> MantelHaenszel | None:
    """Return the common odds ratio and its test; as R ``mantelhaen.test``.

    Nothing if no stratum lets the groups differ, because all or none of it were selected.
    """
    up = down = cross = 0.0
    up_weighted = down_weighted = 0.0
    deviation = spread = 0.0
    for focal, reference in strata:
        total = focal.total + reference.total
        good = focal.selected * reference.refused / total
        bad = focal.refused * reference.selected / total
        agree = (focal.selected + reference.refused) / total
        up, down = up + good, down + bad
        up_weighted += agree * good
        cross += agree * bad + (1 - agree) * good
        down_weighted += (1 - agree) * bad
        chosen = focal.selected + reference.selected
        deviation += focal.selected - focal.total * chosen / total
        if total > 1:
            spread += (focal.total * reference.total * chosen * (total - chosen)) / (
                total * total * (total - 1)
            )
    if not spread:
        return None
    variance = interval = None
    ratio = up / down if down else math.inf
    if up and down:
        variance = (up_weighted / up**2 + cross / (up * down) + down_weighted / down**2) / 2
        half = quantile(confidence) * math.sqrt(variance)
        interval = Interval(ratio * math.exp(-half), ratio * math.exp(half))
    size = abs(deviation)
    plain = size**2 / spread
    corrected = (size - min(0.5, size)) ** 2 / spread
    return MantelHaenszel(
        odds_ratio=ratio,
        variance=variance,
        interval=interval,
        chi_square=plain,
        chi_square_corrected=corrected,
        p=math.erfc(math.sqrt(plain / 2)),
        p_corrected=math.erfc(math.sqrt(corrected / 2)),
    )


@dataclass(frozen=True, slots=True)
class CommonRatio:
    """The common ratio of the focal over the reference rate."""

    ratio: float
    interval: Interval


def common_ratio(strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> CommonRatio | None:
    """Return the Mantel-Haenszel ratio of rates (Greenland and Robins 1985).

    With one stratum it is the impact ratio with the Katz interval. Nothing if nobody of a group
    was selected.
    """
    one = two = spread = 0.0
    for focal, reference in strata:
        total = focal.total + reference.total
        one += focal.selected * reference.total / total
        two += reference.selected * focal.total / total
        chosen = focal.selected + reference.selected
        spread += (
            focal.total * reference.total * chosen - focal.selected * reference.selected * total
        ) / total**2
    if not one or not two:
        return None
    half = quantile(confidence) * math.sqrt(spread / (one * two))
    ratio = one / two
    return CommonRatio(ratio, Interval(ratio * math.exp(-half), ratio * math.exp(half)))


def would_flip_within(strata: Sequence[Stratum]) -> bool:
    """Whether one selection moved from the favoured to the other group, within some stratum,
    reverses the difference over all strata; with one stratum the flip-one rule of UGESP."""
    before = _tendency(strata)
    sign = 1 if before > 0 else -1
    for number, (focal, reference) in enumerate(strata):
        moved = focal.selected - sign, reference.selected + sign
        if 0 <= moved[0] <= focal.total and 0 <= moved[1] <= reference.total:
            other = Stratum(Count(moved[0], focal.total), Count(moved[1], reference.total))
            after = _tendency([*strata[:number], other, *strata[number + 1 :]])
            if before * after < 0:
                return True
    return False


def _tendency(strata: Sequence[Stratum]) -> Fraction:
    """Return the selected focal members beyond those expected under equal chances."""
    return sum(
        (
            Fraction(focal.total * reference.total, focal.total + reference.total)
            * (focal.rate - reference.rate)
            for focal, reference in strata
        ),
        Fraction(0),
    )


def standardised_difference(strata: Sequence[Stratum]) -> float:
    """Return the mean of ``focal rate - reference rate``, weighted by the focal group.

    Over score bands of an item this is STD P-DIF (Dorans and Kulick 1986), flagged from 0.05 or
    0.10 in size.

    :raises InvalidCounts: if there are no strata.
    """
    weight = sum(each.focal.total for each in strata)
    if not weight:
        raise InvalidCounts("A standardised difference needs at least one stratum.")
    return float(
        sum(each.focal.total * (each.focal.rate - each.reference.rate) for each in strata) / weight
    )
