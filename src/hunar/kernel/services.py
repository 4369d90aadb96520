from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import holidays
from django.db import transaction

from hunar.kernel.models import CalendarDay, Setting

_LANGUAGES = {"tk": "tk", "ru": "ru", "en": "en_US"}


@transaction.atomic
def propose_holidays(*, years: Iterable[int]) -> int:
    """Fill the calendar with the holidays known for ``years``; rows that exist stay as they are.

    Dates of the religious holidays are marked as estimated until an officer confirms
    them with the number of the order. Returns the number of days that were added.
    """
    years = list(years)
    named = {
        code: holidays.country_holidays("TM", years=years, language=language)
        for code, language in _LANGUAGES.items()
    }
    known = set(CalendarDay.objects.values_list("date", flat=True))
    rows = [
        CalendarDay(
            date=day,
            kind=CalendarDay.Kind.HOLIDAY,
            title={code: names[day] for code, names in named.items()},
            is_estimated="estimated" in named["en"][day],
        )
        for day in sorted(named["en"])
        if day not in known
    ]
    CalendarDay.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def set_calendar_day(
    *, day: date, kind: str, title: dict[str, str], order_number: str
) -> CalendarDay:
    """Enter or correct one day of the calendar, with the order that sets it."""
    row, _ = CalendarDay.objects.update_or_create(
        date=day,
        defaults={
            "kind": kind,
            "title": title,
            "order_number": order_number,
            "is_estimated": False,
        },
    )
    return row


def choose(key: str, value: Any) -> None:
    """Keep the academy's choice for ``key``."""
    Setting.objects.update_or_create(key=key, defaults={"value": value})
