from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hunar.kernel.text import in_language
from hunar.people import queries as people
from hunar.people.enums import Permission, Sex
from hunar.people.models import Person
from hunar.selection import permissions, rules
from hunar.selection.models import Call, Nomination


def nominations_visible_to(person: Person) -> QuerySet[Nomination]:
    """Her own; those of institutions for which she nominates; all for officers of calls."""
    nominations = Nomination.objects.select_related(
        "call", "person", "organisation", "nominated_by"
    ).order_by("person__sort_key", "person_id")
    if permissions.can_manage_calls(person):
        return nominations
    visible = Q(person=person)
    if permissions.can_nominate(person):
        organisations = people.organisations_where(person, Permission.NOMINATE)
        visible |= Q(organisation__in=organisations.values("pk"))
    return nominations.filter(visible)


def nominations_of(person: Person) -> QuerySet[Nomination]:
    """Her own nominations in published calls, the newest first."""
    return (
        Nomination.objects.filter(person=person)
        .select_related("call", "organisation")
        .prefetch_related("places__cohort", "appeals")
        .order_by("-submitted_at", "-id")
    )


def nominations_made_for(person: Person, call: Call) -> QuerySet[Nomination]:
    """What has been nominated in ``call`` for the institutions of this nominating officer."""
    organisations = people.organisations_where(person, Permission.NOMINATE)
    return (
        call.nominations.filter(organisation__in=organisations.values("pk"))
        .select_related("person", "organisation")
        .order_by("person__sort_key", "person_id")
    )


def narrowed(
    nominations: QuerySet[Nomination],
    *,
    wish: str = "",
    state: str = "",
    organisation: str = "",
    cohort: str = "",
    sort: str = "",
) -> QuerySet[Nomination]:
    """A list as its filters and its sorted column ask; unknown wishes change nothing."""
    if wish:
        found = people.matching(Person.objects.all(), wish)
        nominations = nominations.filter(person__in=found)
    if state in Nomination.State.values:
        nominations = nominations.filter(state=state)
    if organisation.isdigit():
        nominations = nominations.filter(organisation_id=int(organisation))
    if cohort:
        nominations = nominations.filter(places__cohort__code=cohort, places__state__in=LIVE)
    orders = {
        "name": ("person__sort_key",),
        "organisation": ("organisation__sort_key", "person__sort_key"),
        "points": ("points", "person__sort_key"),
        "submitted": ("submitted_at",),
    }
    fields = orders.get(sort.removeprefix("-"))
    if fields is None:
        return nominations
    sign = "-" if sort.startswith("-") else ""
    return nominations.order_by(sign + fields[0], *fields[1:], "id")


def organisations_in(call: Call, person: Person) -> list[tuple[int, str]]:
    """For the filter: the institutions that have nominated, as far as ``person`` sees them."""
    rows = (
        nominations_visible_to(person)
        .filter(call=call)
        .order_by("organisation__sort_key")
        .values_list("organisation_id", "organisation__short_title", "organisation__title")
        .distinct()
    )
    return [(pk, in_language(short) or in_language(title)) for pk, short, title in rows]


LIVE = ("offered", "accepted")
"""States of a place that keep its seat taken."""


def counting(call: Call) -> QuerySet[Nomination]:
    """The nominations that stood on the list when the call closed, withdrawn later or not."""
    return call.nominations.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=call.closes_at)
    ).order_by("pk")


def listed_refs(call: Call) -> list[str]:
    """The refs that the log fixes at closing."""
    return sorted(each.ref for each in counting(call).only("pk"))


@dataclass(frozen=True)
class Balance:
    """Who is among the nominated: women, people from outside the capital, per region."""

    total: int
    women: int
    outside_capital: int
    leading_women: int
    regions: dict[str, int]

    @property
    def women_share(self) -> float:
        return self.women / self.total if self.total else 0.0

    @property
    def outside_share(self) -> float:
        return self.outside_capital / self.total if self.total else 0.0


def balance_of(facts: list[rules.Facts]) -> Balance:
    """The balance of these people, from their facts."""
    groups = [each.groups for each in facts]
    return Balance(
        total=len(facts),
        women=sum(each.sex == Sex.FEMALE for each in facts),
        outside_capital=sum(rules.ReserveGroup.OUTSIDE_CAPITAL in each for each in groups),
        leading_women=sum(rules.ReserveGroup.WOMEN_LEADING in each for each in groups),
        regions=dict(Counter(each.region for each in facts)),
    )
