from __future__ import annotations

from datetime import datetime
from typing import Any

from hunar.cohorts import queries as cohorts
from hunar.kernel.calendar import ASHGABAT
from hunar.people import queries as people
from hunar.people.enums import Role
from hunar.people.models import Person


def content(person: Person, *, at: datetime) -> dict[str, Any] | None:
    """The cohorts that run or come next, with their seats."""
    if not people.has_role(person, Role.PROGRAMME_OFFICER, Role.ME_OFFICER, Role.EXAMINER):
        return None
    today = at.astimezone(ASHGABAT).date()
    visible = cohorts.with_counts(cohorts.cohorts_visible_to(person))
    return {
        "cohorts": list(visible.filter(ends_date__gte=today).order_by("starts_date", "code")[:6]),
        "today": today,
    }
