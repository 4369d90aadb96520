"""Shares of a group and differences between two groups."""

from __future__ import annotations

import math

from .counts import CONFIDENCE, Count, Interval, quantile


def wilson(count: Count, confidence: float = CONFIDENCE) -> Interval:
    """Return the score interval of a proportion (Wilson 1927; Newcombe 1998a, method 3)."""
    z = quantile(confidence)
    p, n = float(count.rate), count.total
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(
        0.0 if count.selected == 0 else max(0.0, middle - half),
        1.0 if count.refused == 0 else min(1.0, middle + half),
    )


def newcombe(focal: Count, reference: Count, confidence: float = CONFIDENCE) -> Interval:
    """Return the hybrid score interval of ``focal rate - reference rate``.

    Source: Newcombe 1998b, method 10, without continuity correction.
    """
    one, two = float(focal.rate), float(reference.rate)
    low_one, high_one = wilson(focal, confidence)
    low_two, high_two = wilson(reference, confidence)
    difference = float(focal.rate - reference.rate)
    return Interval(
        difference - math.hypot(one - low_one, high_two - two),
        difference + math.hypot(high_one - one, two - low_two),
    )


def cohen_h(focal: Count, reference: Count) -> float:
    """Return Cohen's effect size ``2 asin sqrt(focal) - 2 asin sqrt(reference)``; 0.2 is small,
    0.5 medium, 0.8 large (Cohen 1988, chapter 6)."""
    return 2 * math.asin(math.sqrt(focal.rate)) - 2 * math.asin(math.sqrt(reference.rate))


def pooled_z(focal: Count, reference: Count) -> float:
    """Return the two-sample statistic with the pooled rate; 0 if everybody or nobody was selected.

    A check on large groups only; the verdict uses the exact test.
    """
    selected = focal.selected + reference.selected
    pooled = selected / (focal.total + reference.total)
    error = math.sqrt(pooled * (1 - pooled) * (1 / focal.total + 1 / reference.total))
    return float(focal.rate - reference.rate) / error if error else 0.0
