from datetime import date

import pytest

from hunar.agreements import rules
from hunar.kernel.calendar import WorkingCalendar

CALENDAR = WorkingCalendar(days_off=frozenset({date(2025, 12, 12)}))
DUE = date(2025, 12, 15)


def clock(on: date, answered: date | None = None) -> rules.AnswerClock:
    return rules.answer_clock(DUE, answered=answered, on=on, calendar=CALENDAR)


def test_the_clock_counts_working_days():
    # Thursday 11 December: Friday is a holiday, then the weekend.
    running = clock(date(2025, 12, 11))
    assert (running.days_left, running.is_close, running.is_late) == (1, True, False)
    assert clock(date(2025, 12, 1)).is_close is False


def test_the_clock_runs_late_and_stops_with_the_answer():
    late = clock(date(2025, 12, 17))
    assert (late.days_late, late.is_running) == (2, True)
    stopped = clock(date(2026, 3, 1), answered=date(2025, 12, 16))
    assert (stopped.days_late, stopped.is_running, stopped.days_left) == (1, False, 0)
    assert not clock(date(2026, 3, 1), answered=DUE).is_late


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("open", "under-way", True),
        ("open", "fulfilled", True),
        ("under-way", "open", False),
        ("fulfilled", "under-way", True),
        ("fulfilled", "waived", False),
        ("waived", "open", True),
        ("open", "open", False),
        ("lost", "open", False),
    ],
)
def test_obligations_move_along_their_states(before: str, after: str, allowed: bool):
    assert rules.may_move(before, after) is allowed


def test_what_is_done_or_has_no_day_is_never_overdue():
    day = date(2025, 12, 2)
    assert rules.is_overdue(date(2025, 12, 1), is_done=False, on=day)
    assert not rules.is_overdue(date(2025, 12, 1), is_done=True, on=day)
    assert not rules.is_overdue(date(2025, 12, 2), is_done=False, on=day)
    assert not rules.is_overdue(None, is_done=False, on=day)
