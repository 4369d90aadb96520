"""Indicators and suppression: no database."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunar.evaluation.disclosure import protect, small_differences
from hunar.evaluation.facts import Duty, Facts, Place, age_band
from hunar.evaluation.indicators import BY_CODE, INDICATORS, Method, Record, rounded, value_of
from hunar.evaluation.queries.figures import trend

DAY = date(2025, 12, 5)


def place(pk: int, person: int, *, completed: bool = True, credential: int = 0, day: date = DAY):
    traits = {"sex": "F" if person % 2 else "M", "age": "30-44", "region": "TM-A"}
    traits |= {"institution": "ministry", "role": "middle"}
    return Place(pk, person, "C", "DG", 1, day, completed, 720, credential, traits)


def figure(code: str, facts: Facts) -> Decimal:
    return value_of(BY_CODE[code].records(facts), BY_CODE[code].method)


def test_attendances_and_people_are_counted_apart():
    facts = Facts(places=(place(1, 7), place(2, 7), place(3, 8), place(4, 9, completed=False)))
    assert figure("attendances", facts) == 4
    assert figure("trained-attendances", facts) == 3
    assert figure("trained-persons", facts) == 2
    assert figure("person-days", facts) == Decimal("8.0")
    assert figure("women-completed", facts) == Decimal("50.0")


def test_a_certificate_counts_for_trained_people_once():
    facts = Facts(
        places=(
            place(1, 7, credential=11),
            place(2, 7, credential=12),
            place(3, 8, completed=False, credential=13),
        )
    )
    assert figure("certified-persons", facts) == 1


def test_duties_are_kept_apart_by_kind():
    facts = Facts(
        duties=(
            Duty("OBL", 1, DAY, True),
            Duty("OBL", 2, DAY, False),
            Duty("ADV", 1, DAY, True),
        )
    )
    assert figure("obligations-fulfilled", facts) == Decimal("50.0")
    assert figure("advice-in-time", facts) == Decimal("100.0")


def test_every_indicator_has_a_code_of_its_own_and_words():
    assert len(BY_CODE) == len(INDICATORS)
    assert all(str(each.definition).endswith(".") for each in INDICATORS)


def test_values_are_rounded_once_half_up():
    assert rounded(Fraction("2.25")) == Decimal("2.3")
    records = [Record("ATT", n, DAY, amount=Fraction(200, 3)) for n in range(3)]
    assert value_of(records, Method.MEAN) == Decimal("66.7")
    assert value_of([], Method.SHARE) == 0


@pytest.mark.parametrize(
    ("age", "band"),
    [(None, "unknown"), (29, "under-30"), (30, "30-44"), (44, "30-44"), (45, "45-plus")],
)
def test_age_bands_have_their_edges(age: int | None, band: str):
    assert age_band(age) == band


def test_a_small_count_takes_its_partner_with_it():
    (level,) = protect([("a", [20, 3, 9, 30])], threshold=5)
    assert level.total == 62
    assert level.values.count(None) == 2
    assert level.values[1] is None


def test_a_total_below_the_threshold_is_hidden_with_its_parts():
    (level,) = protect([("a", [2, 2])], threshold=5)
    assert (level.values, level.total) == ((None, None), None)


def test_a_part_is_shown_only_where_the_rest_is_not_small():
    whole, part = protect([("a", [50, 65]), ("b", [44, 56])], threshold=5)
    assert (whole.values, part.values) == ((50, 65), (44, 56))
    whole, part = protect([("a", [50, 65]), ("b", [48, 56])], threshold=5)
    assert (whole.values, part.values) == ((50, 65), (None, None))
    assert part.total == 104


def test_a_level_that_is_no_part_is_refused():
    with pytest.raises(ValueError, match="part of"):
        protect([("a", [5]), ("b", [6])], threshold=5)


chains = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=5
)


@settings(max_examples=60, deadline=None)
@given(chains, st.sampled_from([5, 10]))
def test_nothing_small_is_shown_and_nothing_small_follows(rows, threshold):
    """Attack by hand: counts, differences of levels, and what totals leave over."""
    first = [a + b + c for a, b, c in rows]
    second = [b + c for _, b, c in rows]
    third = [c for _, _, c in rows]
    levels = protect([("a", first), ("b", second), ("c", third)], threshold=threshold)
    for level, true in zip(levels, (first, second, third), strict=True):
        shown = [value for value in level.values if value is not None]
        assert all(value >= threshold for value in shown)
        assert all(v is None or v == t for v, t in zip(level.values, true, strict=True))
        if level.total is not None and 0 < len(shown) < len(true):
            assert len(true) - len(shown) > 1
            assert level.total - sum(shown) >= threshold
    for upper, lower in ((0, 1), (1, 2), (0, 2)):
        pairs = zip(levels[upper].values, levels[lower].values, strict=True)
        for whole, part in pairs:
            assert whole is None or part is None or whole - part >= threshold


def test_small_differences_between_releases_are_named():
    before = {"a": 40, "b": 12, "c": None, "d": 9}
    now = {"a": 43, "b": 12, "c": 11, "d": 30}
    found = small_differences(before, now, threshold=10)
    assert [(each.what, each.earlier, each.now) for each in found] == [("a", 40, 43)]


def test_a_trend_joins_months_with_few_new_people():
    indicator = BY_CODE["trained-persons"]
    months = [(9, 6), (10, 2), (11, 5), (12, 3)]
    records = [
        Record("ENR", month * 100 + n, date(2025, month, 1), person=month * 100 + n)
        for month, people in months
        for n in range(people)
    ]
    points = trend(indicator, records, threshold=5)
    assert [(each.label, each.value) for each in points] == [("09/25", 6), ("12/25", 16)]
    assert trend(BY_CODE["women-completed"], records, threshold=5) == []
