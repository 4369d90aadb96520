from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from hunar.engines import allocation
from hunar.people.models import Person
from hunar.selection import rules
from hunar.selection.models import Call, Nomination, Place
from hunar.selection.queries.nominations import LIVE


def standing_of(call: Call, market: allocation.Market) -> rules.Standing:
    """What has become of the offers of ``call`` until now, for the next round."""
    accepted: dict[str, allocation.Place] = {}
    offered: dict[str, allocation.Place] = {}
    declined: dict[str, str] = {}
    gone: set[str] = set()
    places = Place.objects.filter(nomination__call=call).select_related("cohort", "nomination")
    for place in places.order_by("offered_at", "id"):
        ref = place.nomination.ref
        if place.state == Place.State.DECLINED:
            declined[ref] = place.cohort.code
        elif place.state in (Place.State.LAPSED, Place.State.VACATED):
            gone.add(ref)
        elif place.state in LIVE:
            kind = accepted if place.state == Place.State.ACCEPTED else offered
            kind[ref] = rules.place_in(market, ref, cohort=place.cohort.code, slot=place.slot)
    withdrawn = call.nominations.filter(state=Nomination.State.WITHDRAWN)
    gone |= {nomination.ref for nomination in withdrawn.only("pk")}
    return rules.Standing(
        accepted=accepted,
        offered=offered,
        declined=declined,
        gone=frozenset(gone - set(accepted) - set(offered)),
    )


def places_of(person: Person) -> QuerySet[Place]:
    """Every place that was ever offered to ``person``, the latest first."""
    return (
        Place.objects.filter(nomination__person=person)
        .select_related("nomination__call", "nomination__person", "cohort__version")
        .order_by("-offered_at", "-id")
    )


def open_offers(person: Person, *, at: datetime) -> QuerySet[Place]:
    """Offers that wait for her answer."""
    return places_of(person).filter(state=Place.State.OFFERED, accept_by__gte=at)


def waiting_list(call: Call) -> dict[str, list[Nomination]]:
    """By cohort: who waits, in the published order."""
    waiting = {
        each.ref: each
        for each in call.nominations.filter(state=Nomination.State.WAITING).select_related(
            "person", "organisation"
        )
    }
    lists: dict[str, list[tuple[int, Nomination]]] = {}
    for nomination in waiting.values():
        for code, row in nomination.result.get("cohorts", {}).items():
            if row.get("reason") != "placed-higher":
                lists.setdefault(code, []).append((row["position"], nomination))
    return {
        code: [each for _, each in sorted(rows, key=lambda row: row[0])]
        for code, rows in lists.items()
    }
