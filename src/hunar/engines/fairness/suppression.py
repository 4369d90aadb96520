"""Hiding small cells so that nobody can work them out from what is published.

A count below the threshold is hidden (*primary* suppression), margins included. What is still
published would often give it away by subtraction, so further cells are hidden (*complementary*
suppression) until the attacker's interval for every small count is wide. The attacker knows every
published number, that all counts are whole and not negative, and that rows and columns add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .counts import InvalidCounts
from .flows import Arc, Network

INTERNAL = 5
"""The threshold for tables inside the academy."""
PUBLIC = 10
"""The threshold for published tables."""

_CELL, _MARGIN, _TOTAL = 10**9, 10**12, 10**15
"""What hiding costs: first the grand total, then margins, then the number of cells, then counts."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """The place of a count; ``None`` stands for the total over rows or over columns."""

    row: int | None
    column: int | None

    @property
    def is_margin(self) -> bool:
        return self.row is None or self.column is None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the attacker knows of a hidden count: at least this, at most that."""

    lower: int
    upper: int | None
    """Nothing if there is no limit."""

    def is_at_least(self, width: int) -> bool:
        """Whether the interval is at least so wide."""
        return self.upper is None or self.upper - self.lower >= width


@dataclass(frozen=True, slots=True)
class Publication:
    """A table with its margins, some of it hidden."""

    published: Mapping[Cell, int]
    primary: frozenset[Cell]
    """Hidden because they are small."""
    complementary: frozenset[Cell]
    """Hidden to protect the others."""
    bounds: Mapping[Cell, Bounds] = field(repr=False)
    """The attacker's interval for each hidden cell; for the eyes of the publisher only."""

    @property
    def hidden(self) -> frozenset[Cell]:
        return self.primary | self.complementary

    def value(self, row: int | None, column: int | None) -> int | None:
        """Return the published count of a cell, or nothing if it is hidden.

        :raises KeyError: if there is no such cell.
        """
        cell = Cell(row, column)
        return None if cell in self.hidden else self.published[cell]


def is_publishable(size: int, threshold: int = PUBLIC) -> bool:
    """Whether a mean, a percentage or a deviation over so many people may be published."""
    return size >= threshold


def suppress(
    table: Sequence[Sequence[int]],
    *,
    threshold: int = PUBLIC,
    width: int | None = None,
    with_zeros: bool = True,
) -> Publication:
    """Hide small counts of a two-way table that is published with all its totals.

    :param table: counts of people, one sequence for each row.
    :param threshold: counts below it are small.
    :param width: how wide the attacker's interval for a small count is at least; the threshold
        unless stated. If everybody together is fewer, the whole table is hidden.
    :param with_zeros: whether 0 is small; it tells that nobody did, which is about everybody.
    :raises InvalidCounts: if the rows are empty or unequal, or a count is negative.
    """
    columns = len(table[0]) if table else 0
    if not columns or any(len(row) != columns for row in table):
        raise InvalidCounts("A table has rows of equal length, none of them empty.")
    values = {Cell(i, j): count for i, row in enumerate(table) for j, count in enumerate(row)}
    for i, row in enumerate(table):
        values[Cell(i, None)] = sum(row)
    for j in range(columns):
        values[Cell(None, j)] = sum(row[j] for row in table)
    values[Cell(None, None)] = sum(map(sum, table))
    arcs = [_two_way_arc(cell, count, len(table), columns) for cell, count in values.items()]
    return _suppress(values, arcs, threshold, width, with_zeros)


def suppress_row(
    counts: Sequence[int],
    *,
    threshold: int = PUBLIC,
    width: int | None = None,
    with_zeros: bool = True,
) -> Publication:
    """Hide small counts of a one-way table that is published with its total.

    The cells are ``Cell(0, column)`` and the total is ``Cell(0, None)``. Parameters as for
    :func:`suppress`.

    :raises InvalidCounts: if there are no counts or one is negative.
    """
    if not counts:
        raise InvalidCounts("A table has at least one count.")
    values = {Cell(0, j): count for j, count in enumerate(counts)}
    values[Cell(0, None)] = sum(counts)
    arcs = [
        Arc(1, 0, count, _TOTAL + count) if cell.is_margin else Arc(0, 1, count, _CELL + count)
        for cell, count in values.items()
    ]
    return _suppress(values, arcs, threshold, width, with_zeros)


def small_differences(
    before: Publication, after: Publication, threshold: int = PUBLIC
) -> frozenset[Cell]:
    """Return the cells whose change between two releases is small but not zero.

    Each release may be safe and their difference still show a single person. Compare a release
    with every earlier one before publishing it.
    """
    return frozenset(
        cell
        for cell in before.published.keys() & after.published.keys()
        if 0 < abs(after.published[cell] - before.published[cell]) < threshold
    )


def _two_way_arc(cell: Cell, count: int, rows: int, columns: int) -> Arc:
    """Write a table as a circulation, in which what enters a line leaves it again.

    Rows are the nodes 0 to ``rows``, the last of them the totals; columns follow in the same way.
    """
    row = rows if cell.row is None else cell.row
    column = rows + 1 + (columns if cell.column is None else cell.column)
    if cell.row is None and cell.column is None:
        return Arc(row, column, count, _TOTAL + count)
    if cell.is_margin:
        return Arc(column, row, count, _MARGIN + count)
    return Arc(row, column, count, _CELL + count)


def _suppress(
    values: Mapping[Cell, int],
    arcs: Sequence[Arc],
    threshold: int,
    width: int | None,
    with_zeros: bool,
) -> Publication:
    if any(count < 0 for count in values.values()):
        raise InvalidCounts("A table counts people, who are not negative.")
    cells = list(values)
    network = Network(arcs)
    primary = {
        number
        for number, cell in enumerate(cells)
        if values[cell] < threshold and (with_zeros or values[cell])
    }
    hidden = network.protect(primary, threshold if width is None else width)
    return Publication(
        published={cell: values[cell] for n, cell in enumerate(cells) if n not in hidden},
        primary=_named(cells, primary),
        complementary=_named(cells, hidden - primary),
        bounds={cells[n]: Bounds(*network.bounds(n, hidden)) for n in sorted(hidden)},
    )


def _named(cells: Sequence[Cell], numbers: Iterable[int]) -> frozenset[Cell]:
    return frozenset(cells[number] for number in numbers)
