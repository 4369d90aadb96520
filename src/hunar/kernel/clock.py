"""The present moment, read in one place (views, commands and tasks; never in rules)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from hunar.kernel.calendar import ASHGABAT


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The date in Ashgabat."""
    return timezone.now().astimezone(ASHGABAT).date()
