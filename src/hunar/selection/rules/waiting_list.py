"""Who gets a freed seat: the same decision once more, with what was accepted kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from hunar.engines import allocation


@dataclass(frozen=True)
class Standing:
    """What became of the offers so far, by nomination ref."""

    accepted: Mapping[str, allocation.Place] = field(default_factory=dict)
    offered: Mapping[str, allocation.Place] = field(default_factory=dict)
    declined: Mapping[str, str] = field(default_factory=dict)
    """The cohort that she gave back: she waits only for those she ranks higher."""
    gone: frozenset[str] = frozenset()
    """Withdrawn, or let an offer lapse: they wait no longer."""


def place_in(market: allocation.Market, ref: str, *, cohort: str, slot: str) -> allocation.Place:
    """The engine's form of a stored place.

    :raises KeyError: if the cohort has no seat of this kind.
    """
    blocks = {each.id: each.blocks for each in market.cohorts}[cohort]
    number = {block.slot: place for place, block in enumerate(blocks)}[slot]
    groups = next(each.groups for each in market.applicants if each.id == ref)
    return allocation.Place(cohort, number, slot, slot != allocation.OPEN and slot not in groups)


def next_round(
    market: allocation.Market, standing: Standing, *, open_cohorts: Iterable[str]
) -> allocation.Allocation:
    """Fill the free seats of ``open_cohorts`` by the published order.

    Accepted places stay. Who holds an unanswered offer keeps it or moves to a cohort that
    she ranks higher; should caps and reserves together take it from her, it is pinned and
    the round is decided again. This is ``allocation.reallocate`` on the answers so far.
    """
    cohorts = frozenset(open_cohorts)
    now = _market_now(market, standing, cohorts, pinned=False)
    result = allocation.allocate(now)
    if _loses_an_offer(now, standing, result):
        result = allocation.allocate(_market_now(market, standing, cohorts, pinned=True))
    return result


def _market_now(
    market: allocation.Market, standing: Standing, open_cohorts: frozenset[str], *, pinned: bool
) -> allocation.Market:
    fixed = dict(standing.accepted) | {
        ref: place
        for ref, place in standing.offered.items()
        if pinned or place.cohort not in open_cohorts
    }
    applicants = []
    for person in market.applicants:
        if person.id in standing.gone and person.id not in fixed:
            continue
        applicants.append(_still_wanting(person, standing, fixed, open_cohorts))
    kept = tuple(allocation.KeptPlace(ref, fixed[ref]) for ref in sorted(fixed))
    return allocation.Market(market.cohorts, tuple(applicants), kept)


def _still_wanting(
    person: allocation.Applicant,
    standing: Standing,
    fixed: Mapping[str, allocation.Place],
    open_cohorts: frozenset[str],
) -> allocation.Applicant:
    wishes = person.applications
    if person.id in fixed:
        return person
    if given_back := standing.declined.get(person.id):
        ranked = [wish.cohort for wish in wishes]
        wishes = wishes[: ranked.index(given_back)]
    return replace(person, applications=tuple(w for w in wishes if w.cohort in open_cohorts))


def _loses_an_offer(
    market: allocation.Market, standing: Standing, result: allocation.Allocation
) -> bool:
    places = result.places()
    orders = {
        person.id: [wish.cohort for wish in person.applications] for person in market.applicants
    }
    for ref, held in standing.offered.items():
        now = places.get(ref)
        if now is None:
            return True
        if now.cohort != held.cohort and orders[ref].index(now.cohort) > orders[ref].index(
            held.cohort
        ):
            return True
    return False
