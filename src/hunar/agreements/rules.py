"""States of obligations and advisory requests, and the clock of an answer. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hunar.kernel.calendar import WorkingCalendar

ANSWER_TERM = 10
"""Working days in which an advisory request is to be answered."""

OBLIGATION_MOVES: dict[str, frozenset[str]] = {
    "open": frozenset({"under-way", "fulfilled", "waived"}),
    "under-way": frozenset({"fulfilled", "waived"}),
    "fulfilled": frozenset({"under-way"}),
    "waived": frozenset({"open"}),
}
NEED_EVIDENCE = frozenset({"fulfilled", "waived"})


def may_move(before: str, after: str) -> bool:
    """Whether an obligation may go from one state to another."""
    return after in OBLIGATION_MOVES.get(before, frozenset())


def is_overdue(due: date | None, *, is_done: bool, on: date) -> bool:
    """Whether something is still to be done after its day."""
    return due is not None and not is_done and due < on


@dataclass(frozen=True)
class AnswerClock:
    """How a request stands against its term, in working days."""

    due: date
    days_left: int
    days_late: int
    is_running: bool

    @property
    def is_late(self) -> bool:
        return self.days_late > 0

    @property
    def is_close(self) -> bool:
        """Two working days or fewer are left."""
        return self.is_running and not self.is_late and self.days_left <= 2


def answer_clock(
    due: date, *, answered: date | None, on: date, calendar: WorkingCalendar
) -> AnswerClock:
    """The clock of a request on a day; it stops with the answer."""
    seen = answered or on
    return AnswerClock(
        due=due,
        days_left=0 if answered else calendar.working_days_between(on, due),
        days_late=calendar.working_days_between(due, seen) if seen > due else 0,
        is_running=answered is None,
    )
