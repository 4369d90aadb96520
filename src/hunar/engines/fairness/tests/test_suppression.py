"""Suppression against an attacker of another kind: linear programming on the published table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hunar.engines import fairness as f
from hunar.engines.fairness import Bounds, Cell, Publication

# Women and men by velaýat, from the project's notes on small cells.
VELAYATS = [[18, 22], [4, 6], [2, 5], [5, 4], [3, 5], [1, 5]]

tables = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 25), min_size=columns, max_size=columns), min_size=1, max_size=5
    )
)


def lines_of(rows: int, columns: int, *, one_way: bool) -> list[tuple[list[Cell], Cell]]:
    """Every published sum: parts and total."""
    if one_way:
        return [([Cell(0, j) for j in range(columns)], Cell(0, None))]
    both = [*range(rows), None], [*range(columns), None]
    lines = [([Cell(i, j) for j in range(columns)], Cell(i, None)) for i in both[0]]
    return lines + [([Cell(i, j) for i in range(rows)], Cell(None, j)) for j in both[1]]


def attack(
    published: dict[Cell, int], target: Cell, lines: Sequence[tuple[list[Cell], Cell]]
) -> Bounds:
    """Least and largest value of a hidden count, from what is published alone."""
    hidden = sorted(
        {cell for parts, total in lines for cell in [*parts, total]} - published.keys(), key=repr
    )
    place = {cell: n for n, cell in enumerate(hidden)}
    matrix = np.zeros((len(lines), len(hidden)))
    right = np.zeros(len(lines))
    for n, (parts, total) in enumerate(lines):
        for cell, sign in [*((part, 1) for part in parts), (total, -1)]:
            if cell in place:
                matrix[n, place[cell]] += sign
            else:
                right[n] -= sign * published[cell]
    goal = np.zeros(len(hidden))
    goal[place[target]] = 1
    low = linprog(goal, A_eq=matrix, b_eq=right, bounds=(0, None), method="highs").fun
    high = linprog(-goal, A_eq=matrix, b_eq=right, bounds=(0, None), method="highs")
    assert low is not None
    return Bounds(round(low), None if high.fun is None else round(-high.fun))


def attacked(publication: Publication, rows: int, columns: int, *, one_way: bool = False) -> None:
    lines = lines_of(rows, columns, one_way=one_way)
    published = dict(publication.published)
    assert published.keys() == (
        {cell for parts, total in lines for cell in [*parts, total]} - publication.hidden
    )
    for cell in publication.hidden:
        assert attack(published, cell, lines) == publication.bounds[cell]


def test_the_velayats_hide_five_small_cells_and_their_five_partners() -> None:
    publication = f.suppress(VELAYATS, threshold=f.INTERNAL)
    assert publication.primary == {Cell(1, 0), Cell(2, 0), Cell(3, 1), Cell(4, 0), Cell(5, 0)}
    assert publication.complementary == {
        Cell(1, 1),
        Cell(2, 1),
        Cell(3, 0),
        Cell(4, 1),
        Cell(5, 1),
    }
    women = [publication.bounds[Cell(row, 0)] for row in range(1, 6)]
    assert [(each.lower, each.upper) for each in women] == [
        (0, 10),
        (0, 7),
        (0, 9),
        (0, 8),
        (0, 6),
    ]
    attacked(publication, 6, 2)


def test_at_the_public_threshold_small_row_totals_are_hidden_too() -> None:
    publication = f.suppress(VELAYATS)
    assert publication.value(0, 0) == 18
    assert publication.value(None, None) == 80
    assert publication.value(2, None) is None
    assert publication.value(1, None) == 10


@settings(max_examples=150, deadline=None)
@given(tables, st.integers(1, 10), st.booleans())
def test_every_small_count_is_hidden_and_its_interval_is_wide(
    table: list[list[int]], threshold: int, with_zeros: bool
) -> None:
    publication = f.suppress(table, threshold=threshold, with_zeros=with_zeros)
    small = {count for count in publication.published.values() if count < threshold}
    assert small <= (set() if with_zeros else {0})
    grand = sum(map(sum, table))
    for cell in publication.primary:
        if grand >= threshold:
            assert publication.bounds[cell].is_at_least(threshold)
    attacked(publication, len(table), len(table[0]))


@settings(max_examples=60, deadline=None)
@given(tables, st.integers(2, 8))
def test_no_complementary_cell_could_be_shown(table: list[list[int]], threshold: int) -> None:
    publication = f.suppress(table, threshold=threshold)
    lines = lines_of(len(table), len(table[0]), one_way=False)
    values = {Cell(i, j): count for i, row in enumerate(table) for j, count in enumerate(row)}
    sums = {Cell(i, None): sum(row) for i, row in enumerate(table)}
    sums |= {Cell(None, j): sum(column) for j, column in enumerate(zip(*table, strict=True))}
    values |= sums | {Cell(None, None): sum(map(sum, table))}
    for shown in publication.complementary:
        published = {**publication.published, shown: values[shown]}
        assert any(
            not attack(published, cell, lines).is_at_least(threshold)
            for cell in publication.primary
        )


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=7), st.integers(1, 10))
def test_a_row_with_its_total_is_safe(counts: list[int], threshold: int) -> None:
    publication = f.suppress_row(counts, threshold=threshold)
    if sum(counts) >= threshold:
        for cell in publication.primary:
            assert publication.bounds[cell].is_at_least(threshold)
    attacked(publication, 1, len(counts), one_way=True)


def test_a_single_small_count_of_a_row_takes_the_smallest_partner_with_it() -> None:
    publication = f.suppress_row([40, 3, 12, 25])
    assert publication.primary == {Cell(0, 1)}
    assert publication.complementary == {Cell(0, 2)}
    assert publication.bounds[Cell(0, 1)] == Bounds(0, 15)


def test_a_table_without_small_counts_is_published_whole() -> None:
    publication = f.suppress([[10, 20], [30, 40]])
    assert not publication.hidden
    assert publication.value(None, 1) == 60


def test_a_group_smaller_than_the_threshold_is_hidden_altogether() -> None:
    publication = f.suppress([[1, 2], [0, 4]])
    assert not publication.published


def test_a_lone_small_count_would_be_the_difference_of_the_others() -> None:
    """Only primary suppression is not enough."""
    table = [[20, 30], [3, 40]]
    publication = f.suppress(table)
    naive = {**publication.published, Cell(0, 0): 20, Cell(0, 1): 30, Cell(1, 1): 40}
    lines = lines_of(2, 2, one_way=False)
    assert attack(naive, Cell(1, 0), lines) == Bounds(3, 3)
    assert publication.bounds[Cell(1, 0)].is_at_least(10)


def test_two_safe_releases_can_differ_by_one_person() -> None:
    before = f.suppress([[20, 30], [40, 50]])
    after = f.suppress([[21, 30], [40, 65]])
    assert f.small_differences(before, after) == {Cell(0, 0), Cell(0, None), Cell(None, 0)}
    assert f.small_differences(before, before) == frozenset()


def test_means_need_as_many_people_as_counts() -> None:
    assert f.is_publishable(10)
    assert not f.is_publishable(9)
    assert f.is_publishable(5, f.INTERNAL)


@pytest.mark.parametrize("table", [[], [[]], [[1, 2], [3]], [[5, -1], [4, 4]]])
def test_what_is_no_table_of_counts_is_refused(table: list[list[int]]) -> None:
    with pytest.raises(f.InvalidCounts):
        f.suppress(table)
