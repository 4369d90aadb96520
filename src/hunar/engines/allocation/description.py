"""Putting a matching into words: places, reasons, cut-offs and waiting lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .choice import ChoiceRule, Claim
from .market import Applicant, Application, Market, Place
from .result import RULE, Allocation, CohortResult, CutOff, Outcome, Reason, Refusal

Claims = Mapping[str, Mapping[str, Claim]]
"""The claims to each cohort, by applicant."""
Held = Mapping[str, Mapping[str, Place]]
"""The places decided in each cohort, by applicant."""


def describe(
    market: Market, rules: Mapping[str, ChoiceRule], claims: Claims, held: Held
) -> Allocation:
    """Return the allocation of a matching, with a reason for every refusal."""
    keeping = {kept.applicant: kept.place for kept in market.kept}
    places = keeping | {who: place for each in held.values() for who, place in each.items()}
    outcomes = []
    for person in sorted(market.applicants, key=lambda each: each.id):
        place = places.get(person.id)
        refusals = []
        for wish, is_above in _refused(person, place):
            if not is_above:
                reason = Reason.PLACED_HIGHER
            elif person.id in keeping:
                reason = Reason.KEPT_PLACE
            else:
                reason = _reason(
                    rules[wish], claims[wish][person.id], claims[wish], held[wish].keys()
                )
            refusals.append(Refusal(wish, reason))
        outcomes.append(Outcome(person.id, place, tuple(refusals)))
    waiting = _waiting(outcomes, claims)
    seated = _seated(market, claims, places)
    results = [
        _cohort_result(rule, seated[cohort], places, waiting[cohort])
        for cohort, rule in rules.items()
    ]
    return Allocation(RULE, tuple(outcomes), tuple(results))


def _seated(
    market: Market, claims: Claims, places: Mapping[str, Place]
) -> Mapping[str, list[tuple[Applicant, Application]]]:
    """Return the people of each cohort in order of merit, with the application that counted."""
    seated: defaultdict[str, list[tuple[Applicant, Application]]] = defaultdict(list)
    for person in market.applicants:
        for wish in person.applications:
            if person.id in places and places[person.id].cohort == wish.cohort:
                seated[wish.cohort].append((person, wish))
    for cohort, people in seated.items():
        people.sort(key=lambda each: claims[cohort][each[0].id].key)
    return seated


def _refused(person: Applicant, place: Place | None) -> list[tuple[str, bool]]:
    """Return the cohorts of the list that she did not get, and whether she ranks them higher."""
    refused, is_above = [], True
    for wish in person.applications:
        if place and wish.cohort == place.cohort:
            is_above = False
        else:
            refused.append((wish.cohort, is_above))
    return refused


def _reason(
    rule: ChoiceRule, claim: Claim, claims: Mapping[str, Claim], held: Iterable[str]
) -> Reason:
    cohort = rule.cohort
    if cohort.seats == 0:
        return Reason.NO_SEATS
    if not cohort.has_caps:
        return Reason.BELOW_CUT_OFF
    seated = [claims[person] for person in held]
    if claim.applicant in rule.choose([*seated, claim]):
        return Reason.CAP_AND_RESERVE
    if claim.applicant in rule.choose([*seated, replace(claim, institution=None)]):
        return Reason.INSTITUTION_CAP
    return Reason.BELOW_CUT_OFF


def _waiting(outcomes: Iterable[Outcome], claims: Claims) -> Mapping[str, tuple[str, ...]]:
    wishing: defaultdict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        for refusal in outcome.refusals:
            if refusal.reason not in {Reason.PLACED_HIGHER, Reason.KEPT_PLACE}:
                wishing[refusal.cohort].append(outcome.applicant)
    return {
        cohort: tuple(sorted(wishing[cohort], key=lambda person: ranked[person].key))
        for cohort, ranked in claims.items()
    }


def _cohort_result(
    rule: ChoiceRule,
    people: list[tuple[Applicant, Application]],
    places: Mapping[str, Place],
    waiting: tuple[str, ...],
) -> CohortResult:
    """Describe a cohort whose people are given in order of merit."""
    cut_offs = []
    for number, block in enumerate(rule.cohort.blocks):
        seated = [each for each in people if places[each[0].id].block == number]
        released = [each for each in seated if places[each[0].id].released]
        last = (released or seated)[-1:]
        cut_offs.append(
            CutOff(
                slot=block.slot,
                seats=block.seats,
                filled=len(seated),
                released=len(released),
                score=last[0][1].score if last else None,
                tie_breaks=last[0][1].tie_breaks if last else (),
                ticket=last[0][0].ticket if last else None,
            )
        )
    admitted = tuple(person.id for person, _ in people)
    return CohortResult(rule.cohort.id, admitted, tuple(cut_offs), waiting)
