from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from hunar.kernel.collation import search_key
from hunar.kernel.text import in_language
from hunar.people.models import Person
from hunar.selection import permissions
from hunar.selection.models import Call, Decision, Nomination


def _with_counts(calls: QuerySet[Call]) -> QuerySet[Call]:
    return calls.select_related("intake").annotate(
        nomination_count=Count(
            "nominations", filter=~Q(nominations__state=Nomination.State.WITHDRAWN)
        )
    )


def open_calls(*, at: datetime) -> QuerySet[Call]:
    """Published calls that take nominations at this moment; for everybody."""
    return (
        Call.objects.filter(state=Call.State.PUBLISHED, opens_at__lte=at, closes_at__gte=at)
        .prefetch_related("call_cohorts__cohort__version")
        .order_by("closes_at")
    )


def calls_visible_to(person: Person) -> QuerySet[Call]:
    """All for who manages calls, the published ones for everybody else; the latest first."""
    calls = _with_counts(Call.objects.all()).order_by("-opens_at", "-id")
    if permissions.can_manage_calls(person):
        return calls
    return calls.exclude(state=Call.State.DRAFT)


def matching_calls(calls: QuerySet[Call], *, wish: str = "", state: str = "") -> list[Call]:
    """``calls`` whose title holds each word of ``wish``, in any language and alphabet."""
    if state in Call.State.values:
        calls = calls.filter(state=state)
    words = search_key(wish).split()
    return [
        call for call in calls if all(word in search_key(*call.title.values()) for word in words)
    ]


def decision_of(call: Call) -> Decision | None:
    return Decision.objects.filter(call=call).select_related("decided_by").first()


def title_of(call: Call) -> str:
    """The title in the reader's language."""
    return in_language(call.title)


def counts_by_state(call: Call) -> dict[str, int]:
    """How many nominations are in each state."""
    rows = call.nominations.order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)
