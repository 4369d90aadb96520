from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.cpd.rules import (
    Activity,
    Standing,
    Terms,
    audit_sample,
    balance,
    cycle_of,
    evidence_kind,
    explanation,
)

TERMS = Terms(
    code="p",
    starts=date(2024, 1, 1),
    cycle_years=3,
    total=3600,
    annual=600,
    least={"cyber": 600},
    most={"self-study": 500},
    carry_over=300,
)


def activity(minutes: int, category: str = "cyber", day: date = date(2025, 6, 1)) -> Activity:
    return Activity("CPD", category, minutes, day)


def test_cycles_follow_each_other_without_gap():
    assert cycle_of(TERMS, date(2026, 12, 31)) == (date(2024, 1, 1), date(2026, 12, 31))
    assert cycle_of(TERMS, date(2027, 1, 1))[0] == date(2027, 1, 1)


def test_a_cap_limits_what_counts_and_keeps_what_is_recorded():
    found = balance(TERMS, [activity(900, "self-study")], on=date(2025, 12, 31))
    line = next(line for line in found.lines if line.category == "self-study")
    assert (line.recorded, line.counted) == (900, 500)


def test_a_category_that_is_asked_for_is_missing_even_when_the_total_is_reached():
    found = balance(TERMS, [activity(4000, "digital")], on=date(2025, 12, 31))
    assert found.missing == 600
    assert found.standing is not Standing.FULFILLED


def test_excess_is_carried_over_up_to_the_limit():
    found = balance(TERMS, [activity(4500, day=date(2026, 5, 1))], on=date(2027, 2, 1))
    assert found.carried == 300
    assert found.total == 300


def test_nothing_is_carried_into_the_first_cycle():
    found = balance(TERMS, [activity(4500, day=date(2023, 5, 1))], on=date(2024, 2, 1))
    assert found.carried == 0


@pytest.mark.parametrize(
    ("minutes", "day", "standing"),
    [
        (3600, date(2024, 6, 1), Standing.FULFILLED),
        (1800, date(2025, 6, 30), Standing.ON_TRACK),
        (1000, date(2025, 6, 30), Standing.BEHIND),
        (3599, date(2026, 12, 31), Standing.MISSED),
    ],
)
def test_standing(minutes: int, day: date, standing: Standing):
    found = balance(TERMS, [activity(minutes, day=date(2024, 3, 1))], on=day)
    assert found.standing is standing


def test_activities_after_the_day_do_not_count():
    assert balance(TERMS, [activity(60, day=date(2025, 6, 2))], on=date(2025, 6, 1)).counted == 0


activities = st.lists(
    st.builds(
        Activity,
        st.just("CPD"),
        st.sampled_from(["cyber", "digital", "self-study"]),
        st.integers(0, 2000),
        st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    ),
    max_size=12,
)


@given(activities, st.integers(0, 2000))
def test_more_learning_never_lowers_the_account(done: list[Activity], more: int):
    on = date(2026, 12, 31)
    before = balance(TERMS, done, on=on)
    after = balance(TERMS, [*done, activity(more)], on=on)
    assert after.total >= before.total
    assert after.missing <= before.missing


@given(activities)
def test_what_counts_never_exceeds_what_is_recorded(done: list[Activity]):
    found = balance(TERMS, done, on=date(2026, 12, 31))
    assert found.counted <= sum(activity.minutes for activity in done)


def test_evidence_is_told_by_its_first_bytes():
    assert evidence_kind(b"%PDF-1.7 ...") == "pdf"
    assert evidence_kind(b"MZ\x90") is None


def test_the_explanation_adds_up_to_the_balance():
    done = [activity(900, "self-study"), activity(300)]
    found = balance(TERMS, done, on=date(2025, 12, 31))
    lines = {(line.code, line.category): line.minutes for line in explanation(found)}
    assert lines[("recorded", "")] - lines[("capped", "self-study")] == lines[("counts", "")]
    assert lines[("category-missing", "cyber")] == 300
    assert lines[("missing", "")] == found.missing
    assert ("carried", "") not in lines


@given(st.sets(st.text("ABC123", min_size=3, max_size=6)), st.integers(0, 100))
def test_a_draw_is_the_same_for_everybody_and_of_the_right_size(refs: set[str], percent: int):
    drawn = audit_sample(refs, seed="20251205", percent=percent)
    assert drawn == audit_sample(sorted(refs, reverse=True), seed="20251205", percent=percent)
    assert set(drawn) <= refs
    assert len(drawn) == -(-len(refs) * percent // 100)


def test_another_seed_draws_others():
    refs = [f"CPD-{number}" for number in range(200)]
    first = audit_sample(refs, seed="first-seed", percent=10)
    assert first != audit_sample(refs, seed="second-seed", percent=10)
