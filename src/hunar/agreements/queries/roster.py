from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from hunar.agreements.models import AdvisoryRequest, Expert
from hunar.kernel.collation import search_key
from hunar.people import queries as people
from hunar.people.enums import Role
from hunar.people.models import Person

State = AdvisoryRequest.State


def experts(*, wish: str = "", language: str = "", available: bool = False) -> list[Expert]:
    """The roster, narrowed by words of name, organisation or fields, and by a language.

    Each entry knows how many requests wait for the expert and how many she answered.
    """
    rows = (
        Expert.objects.select_related("person", "organisation")
        .annotate(
            answered=Count("requests", filter=Q(requests__answered_at__isnull=False)),
            waiting=Count("requests", filter=Q(requests__state=State.ASSIGNED)),
        )
        .order_by("person__sort_key")
    )
    words = search_key(wish).split()
    return [
        row
        for row in rows
        if (row.is_available or not available)
        and (not language or language in row.languages)
        and all(word in _searched(row) for word in words)
    ]


def _searched(expert: Expert) -> str:
    return search_key(
        str(expert.person), *expert.organisation.title.values(), *expert.fields.values()
    )


def expert_by_pk(pk: int) -> Expert | None:
    return Expert.objects.select_related("person", "organisation").filter(pk=pk).first()


def possible_experts() -> QuerySet[Person]:
    """Who may answer (trainers) and is not on the roster yet."""
    holders = people.people_holding(Role.TRAINER)
    return holders.filter(expertise__isnull=True).order_by("sort_key")
