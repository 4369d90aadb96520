"""Makers of markets, and a third, naive reading of the choice rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from hunar.engines.allocation import (
    OPEN,
    Allocation,
    Applicant,
    Application,
    Block,
    Cohort,
    Market,
)
from hunar.engines.allocation.market import Key, claim_key

GROUPS = ("v", "w")


def market_from(
    prefs: Mapping[str, Sequence[str]],
    priorities: Mapping[str, Sequence[str]],
    cohorts: Iterable[Cohort],
    groups: Mapping[str, Sequence[str]] | None = None,
) -> Market:
    """Build a market from preference and priority lists, as papers print them."""
    return Market(
        cohorts=tuple(cohorts),
        applicants=tuple(
            Applicant(
                person,
                tuple(
                    Application(cohort, Decimal(-priorities[cohort].index(person)))
                    for cohort in ranked
                ),
                ticket=person,
                groups=frozenset((groups or {}).get(person, ())),
            )
            for person, ranked in prefs.items()
        ),
    )


def placed(allocation: Allocation) -> dict[str, str | None]:
    return {
        outcome.applicant: outcome.place.cohort if outcome.place else None
        for outcome in allocation.outcomes
    }


def rank(person: Applicant, cohort: str | None) -> int:
    """How far down her true list she fell; the length of the list is no seat."""
    ranked = [wish.cohort for wish in person.applications]
    return ranked.index(cohort) if cohort in ranked else len(ranked)


def naive_choice(
    cohort: Cohort, claims: Mapping[str, tuple[Key, Applicant]], people: Iterable[str]
) -> set[str]:
    """Fill seat after seat by looking at everybody."""
    left, seated = set(people), dict[str, int]()
    for number, block in enumerate(cohort.blocks):
        for _ in range(block.seats):
            fitting = []
            for one in left:
                person = claims[one][1]
                inside = [
                    at
                    for who, at in seated.items()
                    if claims[who][1].institution == person.institution
                ]
                caps = [(cohort.institution_cap, len(inside))]
                caps += [(block.institution_cap, inside.count(number))]
                if person.institution and any(cap and count >= cap for cap, count in caps):
                    continue
                outsider = block.slot != OPEN and block.slot not in person.groups
                fitting.append((outsider, claims[one][0], one))
            if fitting:
                best = min(fitting)[2]
                left.remove(best)
                seated[best] = number
    return set(seated)


def stable_allocations(market: Market) -> list[dict[str, str | None]]:
    """Try every allocation of a small market."""
    claims = {
        cohort.id: {
            person.id: (claim_key(person, wish), person)
            for person in market.applicants
            for wish in person.applications
            if wish.cohort == cohort.id
        }
        for cohort in market.cohorts
    }
    lists = {p.id: [wish.cohort for wish in p.applications] for p in market.applicants}
    stable = []
    options: list[list[str | None]] = [[*ranked, None] for ranked in lists.values()]
    for chosen in product(*options):
        at = dict(zip(lists, chosen, strict=True))
        if all(
            naive_choice(cohort, claims[cohort.id], inside) == inside
            and not any(
                one in naive_choice(cohort, claims[cohort.id], [*inside, one])
                for one, ranked in lists.items()
                if cohort.id in _preferred(ranked, at[one])
            )
            for cohort in market.cohorts
            for inside in [{one for one, where in at.items() if where == cohort.id}]
        ):
            stable.append(at)
    return stable


def _preferred(ranked: Sequence[str], cohort: str | None) -> Sequence[str]:
    return ranked if cohort is None else ranked[: ranked.index(cohort)]


@st.composite
def cohorts(draw: st.DrawFn, id: str, *, caps: bool, reserves: bool) -> Cohort:
    cap = st.none() | st.integers(1, 2)
    slots = st.sampled_from([OPEN, *GROUPS]) if reserves else st.just(OPEN)
    blocks = st.builds(Block, slots, st.integers(0, 2), cap if caps else st.none())
    return Cohort(id, tuple(draw(st.lists(blocks, max_size=3))), draw(cap) if caps else None)


@st.composite
def markets(
    draw: st.DrawFn,
    *,
    caps: bool = True,
    reserves: bool = True,
    overlapping: bool = True,
    most: int = 8,
    cohort_count: int = 3,
) -> Market:
    names = [f"c{n}" for n in range(draw(st.integers(1, cohort_count)))]
    offered = tuple(draw(cohorts(name, caps=caps, reserves=reserves)) for name in names)
    if not overlapping:
        offered = tuple(
            replace(cohort, institution_cap=None) if cohort.has_overlapping_rules else cohort
            for cohort in offered
        )
    count = draw(st.integers(0, most))
    tickets = draw(st.permutations([f"{n:02x}" for n in range(count)]))
    applicants = []
    for n in range(count):
        ranked = draw(st.permutations(names))[: draw(st.integers(0, len(names)))]
        scores = st.integers(0, 3).map(Decimal)
        wishes = tuple(Application(name, draw(scores), (draw(scores),)) for name in ranked)
        applicants.append(
            Applicant(
                id=f"a{n}",
                applications=wishes,
                ticket=tickets[n],
                groups=draw(st.frozensets(st.sampled_from(GROUPS))),
                institution=draw(st.none() | st.sampled_from("XYZ")),
            )
        )
    return Market(offered, tuple(applicants))
