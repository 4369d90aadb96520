from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.cohorts import rules

SECRET = b"only for tests"
NINE = datetime(2025, 12, 2, 4, tzinfo=UTC)
HALF_PAST_TEN = NINE + timedelta(minutes=90)
DAYS = [date(2025, 12, day) for day in (2, 3, 4, 5)]


def test_exactly_eighty_per_cent_completes():
    assert rules.outcome(rules.share(1080, 1350)) == "completed"
    assert rules.outcome(rules.share(1079, 1350)) == "excluded"


def test_nothing_planned_is_nothing_attended():
    assert rules.share(0, 0) == Fraction(0)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_the_outcome_compares_without_rounding(attended: int, planned: int):
    completed = rules.outcome(rules.share(attended, planned)) == "completed"
    assert completed == (attended * 5 >= planned * 4)


@pytest.mark.parametrize(
    ("minutes_after", "state", "counted"),
    [(-30, "present", 90), (0, "present", 90), (15, "present", 90), (16, "late", 74),
     (89, "late", 1), (120, "late", 0)],
)  # fmt: skip
def test_a_quarter_of_an_hour_is_forgiven(minutes_after: int, state: str, counted: int):
    came = NINE + timedelta(minutes=minutes_after)
    assert rules.arrival(came, starts_at=NINE, ends_at=HALF_PAST_TEN) == rules.Arrival(
        state, counted
    )


def test_a_cohort_never_goes_back():
    assert rules.is_step_allowed("planned", "running")
    assert not rules.is_step_allowed("closed", "running")
    assert not rules.is_step_allowed("running", "planned")


def test_a_token_is_read_back_and_a_forged_one_is_not():
    token = rules.token("SES-AAA-BBBB", 123, secret=SECRET)
    assert rules.read_token(token, secret=SECRET) == ("SES-AAA-BBBB", 123)
    assert rules.read_token(token, secret=b"another") is None
    assert rules.read_token(token.replace("123", "124"), secret=SECRET) is None


@given(st.text())
def test_no_text_at_all_breaks_the_reader(text: str):
    assert rules.read_token(text, secret=SECRET) is None


@given(st.integers(0, 10**9))
def test_a_code_holds_in_its_own_minute_and_the_next(step: int):
    assert [rules.is_fresh(step, now=step + age) for age in (-1, 0, 1, 2)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_digits_are_six_and_differ_by_session_and_minute():
    shown = {
        rules.digits(session, step, secret=SECRET) for session in ("A", "B") for step in range(50)
    }
    assert all(len(code) == 6 and code.isdigit() for code in shown)
    assert len(shown) > 95


def test_seconds_left_end_with_the_minute():
    assert rules.seconds_left(NINE) == 60
    assert rules.seconds_left(NINE + timedelta(seconds=59)) == 1


def _modules(*days: int) -> list[rules.PlannedModule]:
    return [rules.PlannedModule(place, day, 60) for place, day in enumerate(days, start=1)]


def test_a_plan_fills_four_days_with_thirty_two_academic_hours():
    plan = rules.plan(_modules(1, 1, 2, 2, 3, 4), DAYS)
    assert len(plan) == 16
    minutes = sum(
        (slot.ends.hour - slot.starts.hour) * 60 + slot.ends.minute - slot.starts.minute
        for slot in plan
    )
    assert minutes == 24 * 60
    assert {slot.day for slot in plan} == set(DAYS)
    assert (plan[-1].kind, plan[-1].module) == ("exam", None)
    assert not any(slot.starts < time(13) and slot.ends > time(12) for slot in plan)


def test_every_module_gets_time_and_the_heavier_one_more():
    modules = [rules.PlannedModule(1, 1, 30), rules.PlannedModule(2, 1, 90)]
    plan = rules.plan(modules, DAYS[:1])
    assert [slot.module for slot in plan] == [1, 2, 2, None]
    assert [slot.kind for slot in plan] == ["lesson", "lesson", "lab", "exam"]


def test_too_few_days_are_refused():
    with pytest.raises(ValueError):
        rules.plan(_modules(1, 2), DAYS[:1])
