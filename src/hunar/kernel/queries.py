from __future__ import annotations

from datetime import date
from typing import Any

from hunar.kernel.calendar import WorkingCalendar, WorkWeek
from hunar.kernel.models import CalendarDay, Setting


def working_calendar(
    *, from_date: date | None = None, week: WorkWeek = WorkWeek.FIVE_DAYS
) -> WorkingCalendar:
    """The calendar with the special days from ``from_date`` on (default: all that are known)."""
    days = CalendarDay.objects.all()
    if from_date:
        days = days.filter(date__gte=from_date)
    rows = list(days.values_list("date", "kind"))
    working = CalendarDay.Kind.WORKING
    return WorkingCalendar(
        days_off=frozenset(day for day, kind in rows if kind != working),
        working_days=frozenset(day for day, kind in rows if kind == working),
        week=week,
    )


def setting(key: str, default: Any = None) -> Any:
    """The academy's choice for ``key``, such as ``academy.name``."""
    return Setting.objects.filter(key=key).values_list("value", flat=True).first() or default
