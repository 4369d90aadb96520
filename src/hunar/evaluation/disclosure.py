"""Which counts may be shown to whom, so that no small group can be worked out.

Plain Python over ``engines.fairness.suppression``. A *chain* is a row of counts by category in
which each level is a part of the one before (certified people are a part of trained people).
What is published of a level also tells how many of the level above are not in it; so the
chain is suppressed as one table whose columns are those differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hunar.engines.fairness import suppression
from hunar.engines.fairness.suppression import Cell

THRESHOLDS: Mapping[str, int] = {
    "internal": suppression.INTERNAL,
    "public": suppression.PUBLIC,
}
"""Counts of people below it are not shown to this audience."""


@dataclass(frozen=True)
class Level:
    """One level of a chain as it may be shown; None stands for a hidden count."""

    code: str
    values: tuple[int | None, ...]
    total: int | None


def may_show(count: int, *, threshold: int) -> bool:
    """Whether a figure over so many people may be shown at all."""
    return suppression.is_publishable(count, threshold)


def protect(chain: Sequence[tuple[str, Sequence[int]]], *, threshold: int) -> list[Level]:
    """The levels of ``chain``, with as much hidden as is needed.

    Totals of a whole programme are shown from the threshold on. A level whose breakdown
    would give away small groups together with the totals is shown without breakdown.

    :raises ValueError: if a level is not a part of the one before it.
    """
    for (_, upper), (_, lower) in pairwise(chain):
        if any(part > whole for whole, part in zip(upper, lower, strict=True)):
            raise ValueError("a level of a chain is a part of the one before it")
    for length in range(len(chain), 0, -1):
        shown = _shown(chain[:length], threshold)
        if shown is not None:
            return [
                Level(
                    code,
                    shown[place] if place < length else (None,) * len(counts),
                    _total(counts, threshold),
                )
                for place, (code, counts) in enumerate(chain)
            ]
    return [Level(code, (None,) * len(counts), _total(counts, threshold)) for code, counts in chain]


def _total(counts: Sequence[int], threshold: int) -> int | None:
    total = sum(counts)
    return total if may_show(total, threshold=threshold) else None


def _shown(
    chain: Sequence[tuple[str, Sequence[int]]], threshold: int
) -> list[tuple[int | None, ...]] | None:
    """Values per level, or None if totals would have to be hidden for this chain."""
    levels = [list(counts) for _, counts in chain]
    if not levels[0] or sum(levels[0]) < threshold:
        return None
    if len(levels) == 1:
        row = suppression.suppress_row(levels[0], threshold=threshold)
        if Cell(0, None) in row.hidden:
            return None
        return [tuple(row.value(0, place) for place in range(len(levels[0])))]
    parts = [
        [upper - lower for upper, lower in zip(levels[k], levels[k + 1], strict=True)]
        for k in range(len(levels) - 1)
    ] + [levels[-1]]
    table = [[column[place] for column in parts] for place in range(len(levels[0]))]
    publication = suppression.suppress(table, threshold=threshold)
    if any(cell.row is None for cell in publication.hidden):
        return None
    return [
        tuple(_known(publication, place, k, len(levels)) for place in range(len(table)))
        for k in range(len(levels))
    ]


def _known(publication: suppression.Publication, row: int, level: int, levels: int) -> int | None:
    """The count of a level in a category, if the published cells give it."""
    below = [publication.value(row, column) for column in range(level, levels)]
    if all(value is not None for value in below):
        return sum(value for value in below if value is not None)
    above = [publication.value(row, None), *(publication.value(row, k) for k in range(level))]
    if all(value is not None for value in above):
        first, *rest = [value for value in above if value is not None]
        return first - sum(rest)
    return None


@dataclass(frozen=True)
class Closeness:
    """A count that differs from an earlier release by so few that people could be found."""

    what: str
    earlier: int
    now: int


def small_differences(
    earlier: Mapping[str, int | None], now: Mapping[str, int | None], *, threshold: int
) -> list[Closeness]:
    """Counts by name that are shown in both releases and differ by fewer than the threshold."""
    return [
        Closeness(name, before, after)
        for name, after in now.items()
        if after is not None
        and (before := earlier.get(name)) is not None
        and 0 < abs(after - before) < threshold
    ]
