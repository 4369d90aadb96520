"""Whom a cohort takes from a set of claims: slots in precedence order, under a cap.

Slot-specific priorities (Kominers and Sönmez 2016): an open seat takes the best claim by merit; a
reserved seat prefers members of its group, each side by merit, and is never left empty while a
claim remains. A claim is passed over while its institution has reached the cap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .market import OPEN, Cohort, Key, Market, Place


@dataclass(frozen=True, slots=True)
class Claim:
    """One applicant as one cohort sees her."""

    applicant: str
    key: Key
    groups: frozenset[str]
    institution: str | None

    def may_have(self, slot: str) -> bool:
        """Whether a seat of this kind is meant for her."""
        return slot == OPEN or slot in self.groups


@dataclass(frozen=True, slots=True)
class ChoiceRule:
    """The choice function of one cohort, after the places that are kept."""

    cohort: Cohort
    free: tuple[int, ...]
    """Seats left in each block."""
    used: Mapping[str, int]
    """Kept places by institution."""

    def choose(self, claims: Iterable[Claim]) -> dict[str, Place]:
        """Return the place of each applicant that is taken.

        A pure function of the set of claims: their order does not matter.
        """
        waiting = sorted(claims, key=lambda claim: claim.key)
        used = Counter(self.used)
        places: dict[str, Place] = {}
        for number, (block, free) in enumerate(zip(self.cohort.blocks, self.free, strict=True)):
            left = free
            for claim in _in_slot_order(waiting, block.slot):
                if not left:
                    break
                if self._is_capped(claim, used):
                    continue
                released = not claim.may_have(block.slot)
                places[claim.applicant] = Place(self.cohort.id, number, block.slot, released)
                left -= 1
                if claim.institution is not None:
                    used[claim.institution] += 1
            waiting = [claim for claim in waiting if claim.applicant not in places]
        return places

    def _is_capped(self, claim: Claim, used: Mapping[str, int]) -> bool:
        cap = self.cohort.institution_cap
        if cap is None or claim.institution is None:
            return False
        return used.get(claim.institution, 0) >= cap


def choice_rules(market: Market) -> dict[str, ChoiceRule]:
    """Return the choice function of each cohort of the market."""
    institutions = {person.id: person.institution for person in market.applicants}
    rules = {}
    for cohort in market.cohorts:
        kept = [kept for kept in market.kept if kept.place.cohort == cohort.id]
        seated = Counter(each.place.block for each in kept)
        used = Counter(
            institution for each in kept if (institution := institutions[each.applicant])
        )
        free = tuple(block.seats - seated[n] for n, block in enumerate(cohort.blocks))
        rules[cohort.id] = ChoiceRule(cohort, free, used)
    return rules


def _in_slot_order(waiting: list[Claim], slot: str) -> list[Claim]:
    members = [claim for claim in waiting if claim.may_have(slot)]
    others = [claim for claim in waiting if not claim.may_have(slot)]
    return members + others
