"""Checking an allocation without repeating it.

Nothing here is shared with the algorithm: seats are filled one at a time, straight from the
definition of slot-specific priorities, and every applicant's possible complaint is tried.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .errors import UnsoundAllocation
from .market import OPEN, Applicant, Cohort, Key, Market, Place, claim_key
from .result import Allocation


@dataclass(frozen=True, slots=True, order=True)
class BlockingPair:
    """An applicant who would rather sit in the cohort and whom its own rule would take."""

    applicant: str
    cohort: str


def blocking_pairs(market: Market, allocation: Allocation) -> tuple[BlockingPair, ...]:
    """Return every justified complaint against the allocation; a stable one has none.

    A pair blocks if the applicant ranks the cohort above what she has, and the cohort, choosing
    from the people it has and her, takes her. Empty seats are claims of this kind too. Places kept
    from an earlier round are not in question.
    """
    seen = _Seen(market, allocation)
    pairs = []
    for cohort in market.cohorts:
        seated = seen.seated[cohort.id]
        worst = seen.worst_claims(cohort, seated)
        for person in seen.wishing[cohort.id]:
            if cohort.institution_cap is None:
                blocks = any(
                    worst_key is None or seen.slot_key(person, cohort.id, slot) < worst_key
                    for slot, worst_key in worst
                )
            else:
                blocks = person in seen.fill(cohort, [*seated, person])
            if blocks:
                pairs.append(BlockingPair(person, cohort.id))
    return tuple(sorted(pairs))


def check_feasible(market: Market, allocation: Allocation) -> None:
    """Check that every place exists, was applied for, and lies within seats and caps.

    :raises UnsoundAllocation: with the code of the first rule that is broken.
    """
    cohorts = {cohort.id: cohort for cohort in market.cohorts}
    people = {person.id: person for person in market.applicants}
    if sorted(people) != [outcome.applicant for outcome in allocation.outcomes]:
        raise UnsoundAllocation("The outcomes are not those of the applicants.", code="applicants")
    places = allocation.places()
    for kept in market.kept:
        if places.get(kept.applicant) != kept.place:
            raise UnsoundAllocation(f"{kept.applicant} lost an accepted place.", code="kept-place")
    seats: Counter[tuple[str, int]] = Counter()
    institutions: Counter[tuple[str, str]] = Counter()
    for applicant, place in places.items():
        person, cohort = people[applicant], cohorts.get(place.cohort)
        if cohort is None or place.cohort not in {wish.cohort for wish in person.applications}:
            raise UnsoundAllocation(f"{applicant} did not apply for her place.", code="not-ranked")
        if not 0 <= place.block < len(cohort.blocks) or (
            place.slot != cohort.blocks[place.block].slot
        ):
            raise UnsoundAllocation(f"{applicant} has a seat of no block.", code="no-such-seat")
        if place.released != (place.slot != OPEN and place.slot not in person.groups):
            raise UnsoundAllocation(f"{applicant} has a wrong kind of seat.", code="released")
        seats[place.cohort, place.block] += 1
        if seats[place.cohort, place.block] > cohort.blocks[place.block].seats:
            raise UnsoundAllocation(f"{cohort.id} has too few seats.", code="too-many-seated")
        if person.institution is not None and cohort.institution_cap is not None:
            institutions[cohort.id, person.institution] += 1
            if institutions[cohort.id, person.institution] > cohort.institution_cap:
                raise UnsoundAllocation(f"{cohort.id} exceeds its cap.", code="over-cap")


def check_stable(market: Market, allocation: Allocation) -> None:
    """Check that the allocation is feasible and leaves no justified complaint.

    :raises UnsoundAllocation: with the code of the first rule that is broken; ``slots`` if people
        sit on other kinds of seats than the precedence order gives them, ``blocking-pair`` if
        somebody has a better claim.
    """
    check_feasible(market, allocation)
    seen = _Seen(market, allocation)
    places = allocation.places()
    for cohort in market.cohorts:
        seated = seen.seated[cohort.id]
        if seen.fill(cohort, seated) != {person: places[person].block for person in seated}:
            raise UnsoundAllocation(
                f"The seats of {cohort.id} do not follow the precedence order.", code="slots"
            )
    for pair in blocking_pairs(market, allocation):
        raise UnsoundAllocation(
            f"{pair.applicant} has a better claim to {pair.cohort}.", code="blocking-pair"
        )


class _Seen:
    """The market and the allocation, indexed."""

    def __init__(self, market: Market, allocation: Allocation) -> None:
        self.people: dict[str, Applicant] = {person.id: person for person in market.applicants}
        self.keys: dict[tuple[str, str], Key] = {
            (person.id, wish.cohort): claim_key(person, wish)
            for person in market.applicants
            for wish in person.applications
        }
        self.kept: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
        for kept in market.kept:
            self.kept[kept.place.cohort].append((kept.applicant, kept.place))
        keeping = {kept.applicant for kept in market.kept}
        places = allocation.places()
        self.seated: defaultdict[str, list[str]] = defaultdict(list)
        self.wishing: defaultdict[str, list[str]] = defaultdict(list)
        for person in market.applicants:
            if person.id in keeping:
                continue
            place = places.get(person.id)
            for wish in person.applications:
                if place and place.cohort == wish.cohort:
                    self.seated[wish.cohort].append(person.id)
                    break
                self.wishing[wish.cohort].append(person.id)

    def slot_key(self, person: str, cohort: str, slot: str) -> tuple[bool, Key]:
        """Return the priority at a slot: members of its group first, then by merit."""
        outsider = slot != OPEN and slot not in self.people[person].groups
        return outsider, self.keys[person, cohort]

    def fill(self, cohort: Cohort, candidates: Iterable[str]) -> dict[str, int]:
        """Return the block of each candidate whom the cohort takes, filling seat by seat."""
        left = set(candidates)
        kept = self.kept[cohort.id]
        institutions = Counter(self.people[person].institution for person, _ in kept)
        seated: dict[str, int] = {}
        for number, block in enumerate(cohort.blocks):
            free = block.seats - sum(place.block == number for _, place in kept)
            for _ in range(free):
                allowed = [
                    person
                    for person in left
                    if cohort.institution_cap is None
                    or self.people[person].institution is None
                    or institutions[self.people[person].institution] < cohort.institution_cap
                ]
                if not allowed:
                    return seated
                best = min(allowed, key=lambda one: self.slot_key(one, cohort.id, block.slot))
                left.remove(best)
                seated[best] = number
                institutions[self.people[best].institution] += 1
        return seated

    def worst_claims(
        self, cohort: Cohort, seated: Iterable[str]
    ) -> list[tuple[str, tuple[bool, Key] | None]]:
        """Return the last claim in each block that has seats to decide; none if one is empty."""
        blocks = self.fill(cohort, seated)
        worst: list[tuple[str, tuple[bool, Key] | None]] = []
        for number, block in enumerate(cohort.blocks):
            free = block.seats - sum(place.block == number for _, place in self.kept[cohort.id])
            inside = [person for person, at in blocks.items() if at == number]
            if len(inside) < free:
                worst.append((block.slot, None))
            elif free:
                last = max(self.slot_key(person, cohort.id, block.slot) for person in inside)
                worst.append((block.slot, last))
        return worst
