"""What an allocation says, to each applicant and about each cohort."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .market import Place

RULE = "hunar-allocation-1"
"""The version of the rules; a later rule gets another name, so that old decisions replay."""


class Reason(StrEnum):
    """Why an applicant has no seat in a cohort."""

    BELOW_CUT_OFF = "below-cut-off"
    """Every seat she could take went to a claim before hers."""
    INSTITUTION_CAP = "institution-cap"
    """She would have a seat if her institution had not reached its cap."""
    CAP_AND_RESERVE = "cap-and-reserve-conflict"
    """Cap and reserve together: no order of offers was found that would give it to her."""
    PLACED_HIGHER = "placed-higher"
    """She has a seat in a cohort that she ranks higher."""
    KEPT_PLACE = "kept-accepted-place"
    """She has accepted another place."""
    NO_SEATS = "no-seats"
    """The cohort has no seats."""
    NOT_RANKED = "not-ranked"
    """She has not applied for it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an applicant has no seat in a cohort of her list."""

    cohort: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one applicant gets."""

    applicant: str
    place: Place | None
    refusals: tuple[Refusal, ...]
    """The other cohorts of her list, in her order."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """The last claim seated in a block: with a better one, another applicant has a seat."""

    slot: str
    seats: int
    filled: int
    released: int
    """Seats of a reserve that went to non-members, because no member was left."""
    score: Decimal | None
    tie_breaks: tuple[Decimal, ...]
    ticket: str | None
    """The priority of the last claim; nothing in an empty block."""


@dataclass(frozen=True, slots=True)
class CohortResult:
    """Who sits in a cohort, on what terms, and who waits."""

    cohort: str
    admitted: tuple[str, ...]
    """In order of merit."""
    cut_offs: tuple[CutOff, ...]
    """One for each block, in precedence order."""
    waiting: tuple[str, ...]
    """Those who would rather sit here, in order of merit. A freed open seat goes to the first, a
    freed reserved seat to the first member of its group (see ``reallocate``)."""

    @property
    def vacant(self) -> int:
        return sum(cut_off.seats - cut_off.filled for cut_off in self.cut_offs)


@dataclass(frozen=True, slots=True)
class Allocation:
    """The result: a pure function of the market and the rule."""

    rule: str
    outcomes: tuple[Outcome, ...]
    """By applicant id."""
    cohorts: tuple[CohortResult, ...]
    """In the market's order."""

    def places(self) -> dict[str, Place]:
        """Return the place of everyone who has one."""
        return {each.applicant: each.place for each in self.outcomes if each.place}

    def reason(self, applicant: str, cohort: str) -> Reason | None:
        """Return why the applicant does not sit in the cohort, or nothing if she does.

        :raises KeyError: if there is no such applicant.
        """
        for outcome in self.outcomes:
            if outcome.applicant == applicant:
                if outcome.place and outcome.place.cohort == cohort:
                    return None
                reasons = {refusal.cohort: refusal.reason for refusal in outcome.refusals}
                return reasons.get(cohort, Reason.NOT_RANKED)
        raise KeyError(applicant)
