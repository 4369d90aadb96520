"""Checking an allocation without repeating it.

Nothing here is shared with the algorithm: seats are filled one at a time, straight from the
definition of slot-specific priorities, and every applicant's possible complaint is tried.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
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
            if not cohort.has_caps:
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
    people = {person.id: person for person in market.applicants}
    places = allocation.places()
    if sorted(people) != [outcome.applicant for outcome in allocation.outcomes]:
        raise UnsoundAllocation("The outcomes are not those of the applicants.", code="applicants")
    for kept in market.kept:
        if places.get(kept.applicant) != kept.place:
            raise UnsoundAllocation(f"{kept.applicant} lost an accepted place.", code="kept-place")
    for applicant, place in places.items():
        if not people[applicant].ranks(place.cohort):
            raise UnsoundAllocation(f"{applicant} did not apply for her place.", code="not-ranked")
    for cohort in market.cohorts:
        inside = [
            (people[who], place) for who, place in places.items() if place.cohort == cohort.id
        ]
        _check_seats(cohort, inside)
        _check_caps(cohort, inside)


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


def _check_seats(cohort: Cohort, inside: Sequence[tuple[Applicant, Place]]) -> None:
    for person, place in inside:
        if not 0 <= place.block < len(cohort.blocks) or (
            place.slot != cohort.blocks[place.block].slot
        ):
            raise UnsoundAllocation(f"{person.id} has a seat of no block.", code="no-such-seat")
        if place.released != (place.slot != OPEN and place.slot not in person.groups):
            raise UnsoundAllocation(f"{person.id} has a wrong kind of seat.", code="released")
    taken = Counter(place.block for _, place in inside)
    if any(taken[number] > block.seats for number, block in enumerate(cohort.blocks)):
        raise UnsoundAllocation(f"{cohort.id} has too few seats.", code="too-many-seated")


def _check_caps(cohort: Cohort, inside: Sequence[tuple[Applicant, Place]]) -> None:
    counted = [(place.block, person.institution) for person, place in inside if person.institution]
    in_cohort = Counter(institution for _, institution in counted)
    limits = [(cohort.institution_cap, count) for count in in_cohort.values()]
    limits += [
        (cohort.blocks[block].institution_cap, count)
        for (block, _), count in Counter(counted).items()
    ]
    if any(cap is not None and count > cap for cap, count in limits):
        raise UnsoundAllocation(f"{cohort.id} exceeds its cap.", code="over-cap")


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
        seated = {person: place.block for person, place in kept}
        for number, block in enumerate(cohort.blocks):
            for _ in range(block.seats - sum(place.block == number for _, place in kept)):
                allowed = [one for one in left if self._is_allowed(one, cohort, number, seated)]
                if not allowed:
                    break
                best = min(allowed, key=lambda one: self.slot_key(one, cohort.id, block.slot))
                left.remove(best)
                seated[best] = number
        for person, _ in kept:
            del seated[person]
        return seated

    def _is_allowed(self, one: str, cohort: Cohort, number: int, seated: dict[str, int]) -> bool:
        institution = self.people[one].institution
        if institution is None or not cohort.has_caps:
            return True
        same = [at for who, at in seated.items() if self.people[who].institution == institution]
        caps = (cohort.institution_cap, cohort.blocks[number].institution_cap)
        return all(
            cap is None or count < cap
            for cap, count in zip(caps, (len(same), same.count(number)), strict=True)
        )

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
