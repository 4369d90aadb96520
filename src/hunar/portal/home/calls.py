from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from hunar.kernel.calendar import ASHGABAT
from hunar.people import queries as people
from hunar.people.enums import Role, Sex
from hunar.people.models import Person
from hunar.selection.models import Call, Nomination
from hunar.selection.queries import calls, nominations


@dataclass(frozen=True)
class OpenCall:
    """A call with its days left, its seats, and how many have been nominated so far."""

    call: Call
    days_left: int
    seats: int
    nominated: int
    women: int

    @property
    def share_of_women(self) -> float | None:
        return self.women / self.nominated if self.nominated else None


def content(person: Person, *, at: datetime) -> dict[str, Any] | None:
    """Open calls with deadline and balance: of her institution, or of all for the academy."""
    if not people.has_role(person, Role.HR_OFFICER, Role.PROGRAMME_OFFICER):
        return None
    standing = nominations.nominations_visible_to(person).exclude(state=Nomination.State.WITHDRAWN)
    counts: dict[int, Any] = {
        row["call"]: row
        for row in standing.order_by()
        .values("call")
        .annotate(nominated=Count("pk"), women=Count("pk", filter=Q(person__sex=Sex.FEMALE)))
    }
    today = at.astimezone(ASHGABAT).date()
    rows = [
        OpenCall(
            call=call,
            days_left=(call.closes_at.astimezone(ASHGABAT).date() - today).days,
            seats=sum(entry.cohort.seats for entry in call.call_cohorts.all()),
            nominated=counts.get(call.pk, {}).get("nominated", 0),
            women=counts.get(call.pk, {}).get("women", 0),
        )
        for call in calls.open_calls(at=at)
    ]
    return {"calls": rows, "nominates": people.has_role(person, Role.HR_OFFICER)}
