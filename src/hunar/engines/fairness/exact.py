"""Fisher's exact test of two groups, and the odds ratio that belongs to it.

Probabilities are sums of whole numbers, so that ties between equally likely tables are exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from .counts import CONFIDENCE, Count, Interval, InvalidCounts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TIE = 10**7
"""Tables up to 1 + 1e-7 times as likely as the observed one count as equally likely, as in R."""


@dataclass(frozen=True, slots=True)
class FisherTest:
    """The probabilities of the observed table or a more extreme one, both margins given."""

    two_sided: float
    less: float
    """One-sided: the focal group fares as badly or worse."""
    greater: float
    mid_p: float
    """Two-sided, with half the weight on tables as likely as the observed one (Lancaster 1961)."""
    least_attainable: float
    """The smallest two-sided value that these margins allow: above the level, no outcome could
    have been significant."""


def fisher(focal: Count, reference: Count) -> FisherTest:
    """Return Fisher's exact test of equal odds."""
    lowest, weights = _weights(focal, reference)
    total = sum(weights)
    at = focal.selected - lowest
    observed = weights[at]
    as_likely, tied = _as_likely(weights, observed)
    least_likely, _ = _as_likely(weights, min(weights))
    return FisherTest(
        two_sided=float(Fraction(as_likely, total)),
        less=float(Fraction(sum(weights[: at + 1]), total)),
        greater=float(Fraction(sum(weights[at:]), total)),
        mid_p=float(Fraction(2 * as_likely - tied, 2 * total)),
        least_attainable=float(Fraction(least_likely, total)),
    )


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """The odds of the focal group over those of the reference group."""

    estimate: float
    """The conditional maximum likelihood estimate; 0 or infinite at the edge of the margins."""
    interval: Interval
    """Exact (Clopper-Pearson like), given both margins."""


def odds_ratio(focal: Count, reference: Count, confidence: float = CONFIDENCE) -> OddsRatio | None:
    """Return the conditional odds ratio with its exact interval (as R ``fisher.test``).

    Nothing if the margins allow one table only.

    :raises InvalidCounts: if the confidence does not lie between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise InvalidCounts("A confidence lies between 0 and 1.")
    lowest, weights = _weights(focal, reference)
    if len(weights) == 1:
        return None
    import numpy as np

    steps = np.arange(len(weights), dtype=float)
    logs = np.array([math.log(weight) for weight in weights])
    at, last = focal.selected - lowest, len(weights) - 1
    tail = (1 - confidence) / 2

    def tilted(psi: float) -> NDArray[np.float64]:
        """Return the probabilities of the tables if the log odds ratio is ``psi``."""
        values = logs + steps * psi
        values = np.exp(values - values.max())
        shares: NDArray[np.float64] = values / values.sum()
        return shares

    def mean(psi: float) -> float:
        return float(steps @ tilted(psi)) - at

    def lower_tail(psi: float) -> float:
        return tail - float(tilted(psi)[: at + 1].sum())

    def upper_tail(psi: float) -> float:
        return float(tilted(psi)[at:].sum()) - tail

    estimate = 0.0 if at == 0 else math.inf if at == last else math.exp(_root(mean))
    return OddsRatio(
        estimate,
        Interval(
            0.0 if at == 0 else math.exp(_root(upper_tail)),
            math.inf if at == last else math.exp(_root(lower_tail)),
        ),
    )


def _weights(focal: Count, reference: Count) -> tuple[int, list[int]]:
    """Return the least possible number selected in the focal group, and the number of ways to
    reach each possible one, upwards."""
    selected = focal.selected + reference.selected
    lowest = max(0, selected - reference.total)
    highest = min(focal.total, selected)
    weight = math.comb(focal.total, lowest) * math.comb(reference.total, selected - lowest)
    weights = [weight]
    for n in range(lowest, highest):
        weight = weight * (focal.total - n) * (selected - n)
        weight //= (n + 1) * (reference.total - selected + n + 1)
        weights.append(weight)
    return lowest, weights


def _as_likely(weights: Sequence[int], observed: int) -> tuple[int, int]:
    """Return the weight of the tables at most as likely as the observed one, and the part of it
    that belongs to tables just as likely."""
    most, least = observed * (_TIE + 1), observed * _TIE
    as_likely = [weight for weight in weights if weight * _TIE <= most]
    return sum(as_likely), sum(weight for weight in as_likely if weight * (_TIE + 1) >= least)


def _root(rising: Callable[[float], float]) -> float:
    """Return where a rising function of the log odds ratio crosses zero, by bisection."""
    low, high = -1.0, 1.0
    while rising(low) > 0:
        low *= 2
    while rising(high) < 0:
        high *= 2
    while True:
        middle = (low + high) / 2
        if not low < middle < high:
            return middle
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
