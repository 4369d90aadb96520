from __future__ import annotations

from datetime import datetime
from typing import Any

from hunar.audit import queries as audit
from hunar.people import queries as people
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.portal import health


def content(person: Person, *, at: datetime) -> dict[str, Any] | None:
    """Whether the installation is well, who waits for a first sign-in, how the log stands."""
    if not people.has_role(person, Role.ADMINISTRATOR):
        return None
    return {
        "findings": health.findings(),
        "accounts": people.account_summary(),
        "checkpoint": audit.latest_checkpoint(),
        "waiting": audit.waiting_count(),
    }
