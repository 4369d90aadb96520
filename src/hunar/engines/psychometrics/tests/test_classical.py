from __future__ import annotations

import csv
import json
import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.engines import psychometrics as p
from hunar.engines.psychometrics import ItemScore

REFDATA = Path(__file__).parents[5].parent / "shared" / "refdata" / "ctt"
needs_refdata = pytest.mark.skipif(not REFDATA.exists(), reason=f"needs {REFDATA}")

# Five persons, four items, each item solved by one person fewer (a Guttman scale).
STAIRS = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]

tables = st.integers(2, 6).flatmap(
    lambda items: st.lists(
        st.lists(st.integers(0, 4), min_size=items, max_size=items), min_size=2, max_size=20
    )
)


def test_the_stairs_by_hand() -> None:
    """pq sums to .16 + .24 + .24 + .16 = .8, the sum scores 4 3 2 1 0 have variance 2 (n) or 2.5
    (n - 1): KR-20 = 4/3 (1 - .8/2) = .8 and SEM = sqrt(2.5 x .2). Item 1 against the rest scores
    3 2 1 0 0: 1.2 / sqrt(.8 x 6.8), squared 9/34."""
    form = p.analyse(STAIRS)
    assert [item.difficulty for item in form.items] == pytest.approx([0.8, 0.6, 0.4, 0.2])
    assert (form.persons, form.mean) == (5, 2)
    assert form.deviation == pytest.approx(math.sqrt(2.5), rel=1e-15)
    assert form.alpha == pytest.approx(0.8, rel=1e-15)
    assert form.error == pytest.approx(math.sqrt(0.5), rel=1e-15)
    assert form.items[0].discrimination == pytest.approx(math.sqrt(9 / 34), rel=1e-15)
    # Items 2 to 4: pq .24 + .24 + .16, rest scores 3 2 1 0 0 with variance 1.36.
    assert form.items[0].alpha_without == pytest.approx(1.5 * (1 - 0.64 / 1.36), rel=1e-14)
    assert p.kr20(STAIRS) == form.alpha


@needs_refdata
def test_the_icar_16_items_as_r_psych_analyses_them() -> None:
    """R psych, ability data, complete cases."""
    known = json.loads((REFDATA / "ability_icar16_reliability.json").read_text())
    with (REFDATA / "ability_icar16_complete.csv").open() as file:
        rows = list(csv.reader(file))[1:]
    form = p.analyse([[float(cell) for cell in row] for row in rows])
    near = 1e-12
    assert form.persons == known["n"]
    assert form.alpha == pytest.approx(known["alpha_raw"], abs=near)
    assert form.error == pytest.approx(known["SEM"], abs=near)
    assert form.mean == pytest.approx(known["mean_total"], abs=near)
    assert form.deviation == pytest.approx(known["sd_total"], abs=near)
    for item, expected, without in zip(
        form.items, known["item_stats"], known["alpha_drop"], strict=True
    ):
        assert item.difficulty == pytest.approx(expected["mean"], abs=near)
        assert item.discrimination == pytest.approx(expected["r.drop"], abs=near)
        assert item.alpha_without == pytest.approx(without, abs=near)


@given(tables)
def test_the_statistics_agree_with_their_definitions(table: list[list[int]]) -> None:
    form = p.analyse(table, [4] * len(table[0]))
    scores = np.array(table, dtype=float)
    sums = scores.sum(axis=1)
    assert form.deviation == pytest.approx(float(sums.std(ddof=1)))
    if form.alpha is None:
        assert len(set(sums)) == 1
    else:
        covariance = np.cov(scores.T)
        items = len(table[0])
        mean_covariance = (covariance.sum() - np.trace(covariance)) / (items * (items - 1))
        assert form.alpha == pytest.approx(items**2 * mean_covariance / covariance.sum())
    for n, item in enumerate(form.items):
        rest = sums - scores[:, n]
        assert item.difficulty == pytest.approx(scores[:, n].mean() / 4)
        if len(set(scores[:, n])) == 1 or len(set(rest)) == 1:
            assert item.discrimination is None
        else:
            assert item.discrimination == pytest.approx(
                float(np.corrcoef(scores[:, n], rest)[0, 1]), abs=1e-12
            )
        others = np.delete(scores, n, axis=1)
        if others.shape[1] > 1:
            assert item.alpha_without == pytest.approx(
                p.analyse(others.tolist(), [4] * others.shape[1]).alpha
            )


@given(tables, st.integers(2, 9))
def test_the_unit_of_the_points_does_not_matter(table: list[list[int]], unit: int) -> None:
    form = p.analyse(table, [4] * len(table[0]))
    finer = p.analyse(
        [[score / unit for score in row] for row in table], [4 / unit] * len(table[0])
    )
    assert finer.alpha == pytest.approx(form.alpha)
    for one, two in zip(form.items, finer.items, strict=True):
        assert two.difficulty == pytest.approx(one.difficulty)
        assert two.discrimination == pytest.approx(one.discrimination)


def test_what_does_not_vary_has_no_discrimination_and_no_reliability() -> None:
    form = p.analyse([[1, 0], [1, 1], [1, 0]])
    assert [item.discrimination for item in form.items] == [None, None]
    assert p.kr20([[1, 0], [1, 0]]) is None
    assert p.kr20([[1], [0]]) is None
    assert p.analyse([[1, 0], [0, 1]]).error is None


def test_items_that_repeat_each_other_are_perfectly_reliable() -> None:
    form = p.analyse([[score] * 7 for score in (0.1, 0.3, 0.7, 0.9)])
    assert form.alpha == pytest.approx(1)
    assert form.error == pytest.approx(0, abs=1e-7)


def test_an_item_that_contradicts_the_others_makes_alpha_negative() -> None:
    form = p.analyse([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 1, 1]])
    assert form.alpha is not None
    assert form.alpha < 0
    assert form.items[2].discrimination is not None
    assert form.items[2].discrimination < 0


@pytest.mark.parametrize(
    ("code", "scores", "maxima"),
    [
        ("shape", [], []),
        ("shape", [[1, 0]], []),
        ("shape", [[], []], []),
        ("shape", [[1, 0], [1]], []),
        ("shape", [1, 0], []),
        ("missing", [[1, math.nan], [1, 0]], []),
        ("missing", [[1, None], [1, 0]], []),
        ("missing", [[1, math.inf], [1, 0]], []),
        ("maxima", [[1, 0], [1, 0]], [1]),
        ("maxima", [[1, 0], [1, 0]], [1, 0]),
        ("range", [[1, 2], [1, 0]], []),
        ("range", [[1, -1], [1, 0]], []),
    ],
)
def test_scores_that_cannot_be_analysed_are_refused(code: str, scores: Any, maxima: Any) -> None:
    with pytest.raises(p.InvalidScores) as refused:
        p.analyse(scores, maxima)
    assert refused.value.code == code


def test_kr20_refuses_partial_credit() -> None:
    with pytest.raises(p.InvalidScores) as refused:
        p.kr20([[0.5, 1], [0, 1]])
    assert refused.value.code == "not-binary"


def test_percentages_by_objective_are_exact() -> None:
    scores = [
        ItemScore("risk", 1, 1),
        ItemScore("law", Decimal("0.1"), Decimal("0.3")),
        ItemScore("risk", 0, 2),
        ItemScore("law", Decimal("0.2"), Decimal("0.6")),
    ]
    risk, law = p.objective_scores(scores)
    assert (risk.objective, risk.percentage, risk.items) == ("risk", Fraction(100, 3), 2)
    assert (law.earned, law.possible) == (Fraction(3, 10), Fraction(9, 10))
    assert p.rounded(law.percentage) == Decimal("33.33")
    assert p.objective_scores([]) == ()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.integers(5, 9))))
def test_objectives_add_up_to_the_whole(rows: list[tuple[str, int, int]]) -> None:
    parts = p.objective_scores(ItemScore(*row) for row in rows)
    assert sum(part.earned for part in parts) == sum(row[1] for row in rows)
    assert sum(part.possible for part in parts) == sum(row[2] for row in rows)
    assert sum(part.items for part in parts) == len(rows)
    assert all(0 <= part.percentage <= 100 for part in parts)


@given(st.decimals(-1000, 1000, places=5), st.integers(0, 4))
def test_rounding_is_half_up(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert p.rounded(Fraction(value), places) == expected
    assert p.rounded(Fraction(value), places).as_tuple().exponent == -places


def test_rounding_happens_in_decimal() -> None:
    assert p.rounded(Fraction("2.675")) == Decimal("2.68")
    assert str(p.rounded(Fraction(2, 3) * 100)) == "66.67"
    assert str(p.rounded(Fraction(0))) == "0.00"


@pytest.mark.parametrize("points", [(2, 1), (-1, 1), (0, 0), (Decimal("NaN"), 1)])
def test_points_outside_their_range_are_refused(points: tuple[Any, Any]) -> None:
    with pytest.raises(p.InvalidScores) as refused:
        ItemScore("risk", *points)
    assert refused.value.code == "range"
