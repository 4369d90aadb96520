from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.kernel.calendar import WorkingCalendar, WorkWeek, end_of_day

# Worked examples: holidays of 11 to 13 December 2025 and New Year's Day, five-day week.
CALENDAR = WorkingCalendar(
    days_off=frozenset(
        {date(2025, 12, 11), date(2025, 12, 12), date(2025, 12, 13), date(2026, 1, 1)}
    )
)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 12, 8), date(2025, 12, 17)),
        (date(2025, 12, 5), date(2025, 12, 16)),
        (date(2025, 12, 29), date(2026, 1, 6)),
    ],
)
def test_five_working_days_end_on(start: date, end: date):
    assert CALENDAR.after(start, 5) == end


def test_a_six_day_week_works_on_saturday():
    six = WorkingCalendar(week=WorkWeek.SIX_DAYS)
    assert six.is_working(date(2025, 12, 6))
    assert not WorkingCalendar().is_working(date(2025, 12, 6))
    assert not six.is_working(date(2025, 12, 7))


def test_a_declared_working_day_beats_the_weekend():
    calendar = WorkingCalendar(working_days=frozenset({date(2025, 12, 7)}))
    assert calendar.is_working(date(2025, 12, 7))


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 60))
def test_after_and_between_are_inverse(day: date, term: int):
    end = CALENDAR.after(day, term)
    assert CALENDAR.working_days_between(day, end) == term


def test_a_negative_term_is_refused():
    with pytest.raises(ValueError):
        CALENDAR.after(date(2025, 1, 1), -1)


def test_a_day_lasts_until_midnight_in_ashgabat():
    assert end_of_day(date(2025, 12, 5)).isoformat() == "2025-12-05T23:59:59.999999+05:00"
