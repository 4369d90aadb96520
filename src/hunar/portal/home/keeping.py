from __future__ import annotations

from datetime import datetime
from typing import Any

from hunar.people import queries as people
from hunar.people.enums import Permission, Role
from hunar.people.models import Person


def content(person: Person, *, at: datetime) -> dict[str, Any] | None:
    """The staff of the organisation that one looks after."""
    if not people.has_role(person, Role.ORGANISATION_ADMIN, Role.HR_OFFICER):
        return None
    return {
        "staff": people.staff_summary(person),
        "keeps": people.may(person, Permission.MANAGE_PEOPLE),
    }
