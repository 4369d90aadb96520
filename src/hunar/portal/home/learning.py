from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hunar.cohorts import queries as cohorts
from hunar.cpd import queries as cpd
from hunar.credentials import queries as credentials
from hunar.kernel.calendar import ASHGABAT
from hunar.people import queries as people
from hunar.people.enums import Role
from hunar.people.models import Person

SOON = timedelta(days=14)
# Their homes show what they look after; their own learning stands in the navigation.
_OTHERS = (Role.PROGRAMME_OFFICER, Role.HR_OFFICER, Role.ADMINISTRATOR, Role.ME_OFFICER)


def content(person: Person, *, at: datetime) -> dict[str, Any] | None:
    """Next sessions (learning or teaching), certificates and the CPD balance."""
    if people.has_role(person, *_OTHERS):
        return None
    today = at.astimezone(ASHGABAT).date()
    sessions = cohorts.sessions_between(cohorts.own_sessions(person), today, today + SOON)
    balance = cpd.balance(person, on=today)
    return {
        "person": person,
        "sessions": list(sessions.filter(ends_at__gte=at).order_by("starts_at").distinct()[:4]),
        "certificates": credentials.own_credentials(person).count(),
        "balance": balance,
        "teaches": people.has_role(person, Role.TRAINER),
    }
