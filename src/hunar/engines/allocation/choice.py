"""Whom a cohort takes from a set of claims: slots in precedence order, under caps.

Slot-specific priorities (Kominers and Sönmez 2016): an open seat takes the best claim by merit; a
reserved seat prefers members of its group, each side by merit, and is never left empty while a
claim remains. A claim is passed over while its institution has reached a cap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .market import OPEN, Block, Cohort, Key, Market, Place

InUse = Mapping[tuple[int, str], int]
"""Seats taken, by block and institution."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One applicant as one cohort sees her."""

    applicant: str
    key: Key
    groups: frozenset[str]
    institution: str | None

    def is_meant_by(self, slot: str) -> bool:
        """Whether seats of this kind are meant for her."""
        return slot == OPEN or slot in self.groups


@dataclass(frozen=True, slots=True)
class ChoiceRule:
    """The choice function of one cohort, after the places that are kept."""

    cohort: Cohort
    free: tuple[int, ...]
    """Seats left in each block."""
    in_use: InUse
    """Kept places."""

    def choose(self, claims: Iterable[Claim]) -> dict[str, Place]:
        """Return the place of each applicant that is taken.

        A pure function of the set of claims: their order does not matter.
        """
        waiting = sorted(claims, key=lambda claim: claim.key)
        tally = _Tally(self.cohort, self.in_use)
        places: dict[str, Place] = {}
        for number, block in enumerate(self.cohort.blocks):
            left = self.free[number]
            for claim in _in_slot_order(waiting, block.slot):
                if not left:
                    break
                if tally.is_full_for(claim.institution, number, block):
                    continue
                released = not claim.is_meant_by(block.slot)
                places[claim.applicant] = Place(self.cohort.id, number, block.slot, released)
                tally.add(claim.institution, number)
                left -= 1
            waiting = [claim for claim in waiting if claim.applicant not in places]
        return places


def choice_rules(market: Market) -> dict[str, ChoiceRule]:
    """Return the choice function of each cohort of the market."""
    institutions = {person.id: person.institution for person in market.applicants}
    rules = {}
    for cohort in market.cohorts:
        kept = [kept for kept in market.kept if kept.place.cohort == cohort.id]
        seated = Counter(each.place.block for each in kept)
        in_use: Counter[tuple[int, str]] = Counter()
        for each in kept:
            institution = institutions[each.applicant]
            if institution is not None:
                in_use[each.place.block, institution] += 1
        free = tuple(block.seats - seated[n] for n, block in enumerate(cohort.blocks))
        rules[cohort.id] = ChoiceRule(cohort, free, in_use)
    return rules


class _Tally:
    """Counts seats by institution against the caps."""

    def __init__(self, cohort: Cohort, in_use: InUse) -> None:
        self._cap = cohort.institution_cap
        self._in_block = Counter(in_use)
        self._in_cohort: Counter[str] = Counter()
        for (_, institution), count in in_use.items():
            self._in_cohort[institution] += count

    def is_full_for(self, institution: str | None, number: int, block: Block) -> bool:
        if institution is None:
            return False
        if self._cap is not None and self._in_cohort[institution] >= self._cap:
            return True
        cap = block.institution_cap
        return cap is not None and self._in_block[number, institution] >= cap

    def add(self, institution: str | None, number: int) -> None:
        if institution is not None:
            self._in_block[number, institution] += 1
            self._in_cohort[institution] += 1


def _in_slot_order(waiting: list[Claim], slot: str) -> list[Claim]:
    members = [claim for claim in waiting if claim.is_meant_by(slot)]
    others = [claim for claim in waiting if not claim.is_meant_by(slot)]
    return members + others
