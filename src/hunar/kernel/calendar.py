"""The working calendar: which days count for a deadline.

The rules are plain functions over a set of special days; the days themselves are
editable rows (``models.CalendarDay``), because each year's decree sets them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ASHGABAT = ZoneInfo("Asia/Ashgabat")
"""UTC+05:00 all year."""


class WorkWeek(StrEnum):
    """The regime of an institution."""

    FIVE_DAYS = "five-days"
    SIX_DAYS = "six-days"


@dataclass(frozen=True)
class WorkingCalendar:
    """Days off and, rarer, days declared working, on top of the weekly rhythm."""

    days_off: frozenset[date] = frozenset()
    working_days: frozenset[date] = frozenset()
    week: WorkWeek = field(default=WorkWeek.FIVE_DAYS)

    def is_working(self, day: date) -> bool:
        if day in self.working_days:
            return True
        rest_from = 5 if self.week is WorkWeek.FIVE_DAYS else 6
        return day.weekday() < rest_from and day not in self.days_off

    def after(self, day: date, working_days: int) -> date:
        """The day on which a term of ``working_days`` ends; ``day`` itself is not counted.

        :raises ValueError: if ``working_days`` is negative.
        """
        if working_days < 0:
            raise ValueError("a term cannot be negative")
        while working_days:
            day += timedelta(days=1)
            working_days -= self.is_working(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Working days after ``first``, up to and with ``last``."""
        return sum(
            self.is_working(first + timedelta(days=offset))
            for offset in range(1, (last - first).days + 1)
        )


def end_of_day(day: date) -> datetime:
    """The last instant of ``day`` in Ashgabat: a deadline on a day lasts until midnight."""
    return datetime.combine(day, time(23, 59, 59, 999999), ASHGABAT)
