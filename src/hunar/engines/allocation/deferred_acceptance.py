"""Applicant-proposing deferred acceptance with choice functions (Gale and Shapley 1962).

Everyone without a seat applies to the next cohort of her list; each cohort chooses among those it
holds and the newcomers, and the others apply further. All offers of a round are made at once, so
that the order of the input does not matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .choice import ChoiceRule, Claim, choice_rules
from .errors import InvalidAnswers
from .market import Applicant, Application, KeptPlace, Market, Place, claim_key
from .result import RULE, Allocation, CohortResult, CutOff, Outcome, Reason, Refusal

Held = dict[str, dict[str, Place]]
"""The places in each cohort, by applicant."""
Claims = dict[str, dict[str, Claim]]
"""The claims to each cohort, by applicant."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of the offers of a round. Who is in none of the sets has not answered yet."""

    accepted: frozenset[str] = frozenset()
    """Keep their place for good, and leave the waiting lists."""
    declined: frozenset[str] = frozenset()
    """Give their place back and wait only for the cohorts they rank higher."""
    withdrawn: frozenset[str] = frozenset()
    """Leave altogether."""


def allocate(market: Market) -> Allocation:
    """Fill the seats by the published rules.

    Without a cohort that has both a cap and reserves, the result is the stable allocation that
    every applicant likes best, and nobody gains by giving another order than her true one. With
    both, see the README: seats and caps hold, and claims left over have their own reason.
    """
    rules = choice_rules(market)
    claims = _claims(market)
    held = _defer(market, rules, claims)
    return _describe(market, rules, claims, held)


def market_after(market: Market, allocation: Allocation, answers: Answers) -> Market:
    """Return the market of the next round: accepted places kept, the rest free again.

    :raises InvalidAnswers: if somebody answers twice, is unknown, or answers without an offer.
    """
    places = allocation.places()
    _check_answers(market, places, answers)
    already = {kept.applicant for kept in market.kept} - answers.withdrawn
    keeping = already | answers.accepted
    return Market(
        cohorts=market.cohorts,
        applicants=tuple(
            _truncated(person, places[person.id].cohort)
            if person.id in answers.declined
            else person
            for person in market.applicants
            if person.id not in answers.withdrawn
        ),
        kept=tuple(KeptPlace(person, places[person]) for person in sorted(keeping)),
    )


def reallocate(market: Market, allocation: Allocation, answers: Answers) -> Allocation:
    """Fill the seats that became free, by the same rules as the first time.

    Accepted places stay. Everybody else is decided again among the seats that are left, so that a
    freed seat may move several people up, each by the published order; who holds a place and has
    not answered keeps it or gets one she ranks higher. Store :func:`market_after` with the result.

    :raises InvalidAnswers: if somebody answers twice, is unknown, or answers without an offer.
    """
    return allocate(market_after(market, allocation, answers))


def _claims(market: Market) -> Claims:
    claims: Claims = {cohort.id: {} for cohort in market.cohorts}
    for person in market.applicants:
        for wish in person.applications:
            claims[wish.cohort][person.id] = Claim(
                person.id, claim_key(person, wish), person.groups, person.institution
            )
    return claims


def _defer(market: Market, rules: Mapping[str, ChoiceRule], claims: Claims) -> Held:
    keeping = {kept.applicant for kept in market.kept}
    lists = {
        person.id: iter([wish.cohort for wish in person.applications])
        for person in market.applicants
        if person.id not in keeping
    }
    held: Held = {cohort.id: {} for cohort in market.cohorts}
    seatless: Iterable[str] = list(lists)
    while seatless:
        offers: defaultdict[str, list[str]] = defaultdict(list)
        for person in seatless:
            cohort = next(lists[person], None)
            if cohort is not None:
                offers[cohort].append(person)
        seatless = []
        for cohort, newcomers in offers.items():
            candidates = [*held[cohort], *newcomers]
            held[cohort] = rules[cohort].choose(claims[cohort][person] for person in candidates)
            seatless += [person for person in candidates if person not in held[cohort]]
    return held


def _describe(
    market: Market, rules: Mapping[str, ChoiceRule], claims: Claims, held: Held
) -> Allocation:
    keeping = {kept.applicant: kept.place for kept in market.kept}
    decided = {person: place for places in held.values() for person, place in places.items()}
    places = keeping | decided
    outcomes = []
    for person in sorted(market.applicants, key=lambda each: each.id):
        place = places.get(person.id)
        refusals = []
        above = True
        for wish in person.applications:
            if place and wish.cohort == place.cohort:
                above = False
                continue
            if not above:
                reason = Reason.PLACED_HIGHER
            elif person.id in keeping:
                reason = Reason.KEPT_PLACE
            else:
                claim = claims[wish.cohort][person.id]
                reason = _reason(rules[wish.cohort], claim, claims[wish.cohort], held[wish.cohort])
            refusals.append(Refusal(wish.cohort, reason))
        outcomes.append(Outcome(person.id, place, tuple(refusals)))
    applications = {
        (person.id, wish.cohort): (person, wish)
        for person in market.applicants
        for wish in person.applications
    }
    waiting = _waiting(outcomes, claims)
    return Allocation(
        rule=RULE,
        outcomes=tuple(outcomes),
        cohorts=tuple(
            _cohort_result(rules[cohort.id], claims[cohort.id], places, waiting, applications)
            for cohort in market.cohorts
        ),
    )


def _reason(
    rule: ChoiceRule, claim: Claim, claims: Mapping[str, Claim], held: Mapping[str, Place]
) -> Reason:
    if rule.cohort.seats == 0:
        return Reason.NO_SEATS
    cohort = rule.cohort
    if cohort.institution_cap is None or not (cohort.has_reserves or claim.institution):
        return Reason.BELOW_CUT_OFF
    seated = [claims[person] for person in held]
    if claim.applicant in rule.choose([*seated, claim]):
        return Reason.CAP_AND_RESERVE
    uncapped = replace(claim, institution=None)
    if claim.applicant in rule.choose([*seated, uncapped]):
        return Reason.INSTITUTION_CAP
    return Reason.BELOW_CUT_OFF


def _waiting(outcomes: Iterable[Outcome], claims: Claims) -> dict[str, tuple[str, ...]]:
    wishing: defaultdict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        for refusal in outcome.refusals:
            if refusal.reason not in {Reason.PLACED_HIGHER, Reason.KEPT_PLACE}:
                wishing[refusal.cohort].append(outcome.applicant)
    return {
        cohort: tuple(sorted(people, key=lambda person: claims[cohort][person].key))
        for cohort, people in wishing.items()
    }


def _cohort_result(
    rule: ChoiceRule,
    claims: Mapping[str, Claim],
    places: Mapping[str, Place],
    waiting: Mapping[str, tuple[str, ...]],
    applications: Mapping[tuple[str, str], tuple[Applicant, Application]],
) -> CohortResult:
    cohort = rule.cohort
    admitted = sorted(
        (person for person in claims if person in places and places[person].cohort == cohort.id),
        key=lambda person: claims[person].key,
    )
    cut_offs = []
    for number, block in enumerate(cohort.blocks):
        seated = [person for person in admitted if places[person].block == number]
        released = [person for person in seated if places[person].released]
        last = (released or seated)[-1:]
        person, wish = applications[last[0], cohort.id] if last else (None, None)
        cut_offs.append(
            CutOff(
                slot=block.slot,
                seats=block.seats,
                filled=len(seated),
                released=len(released),
                score=wish.score if wish else None,
                tie_breaks=wish.tie_breaks if wish else (),
                ticket=person.ticket if person else None,
            )
        )
    return CohortResult(cohort.id, tuple(admitted), tuple(cut_offs), waiting.get(cohort.id, ()))


def _check_answers(market: Market, places: Mapping[str, Place], answers: Answers) -> None:
    known = {person.id for person in market.applicants}
    given = Counter([*answers.accepted, *answers.declined, *answers.withdrawn])
    for person, count in sorted(given.items()):
        if person not in known:
            raise InvalidAnswers(f"{person} is not an applicant.", code="unknown-applicant")
        if count > 1:
            raise InvalidAnswers(f"{person} has answered twice.", code="answered-twice")
    for person in sorted(answers.accepted | answers.declined):
        if person not in places:
            raise InvalidAnswers(f"{person} has no offer to answer.", code="no-offer")
    for person in sorted(answers.declined & {kept.applicant for kept in market.kept}):
        raise InvalidAnswers(
            f"{person} has accepted. Record a withdrawal instead.", code="already-accepted"
        )


def _truncated(person: Applicant, cohort: str) -> Applicant:
    """Return the applicant with only the cohorts that she ranks above this one."""
    ranked = [wish.cohort for wish in person.applications]
    return replace(person, applications=person.applications[: ranked.index(cohort)])
