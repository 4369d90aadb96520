"""The decision of a call: a pure function of its frozen rules and recorded inputs.

The same function decides, shows and verifies; nothing else computes a result.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hunar.engines import allocation
from hunar.selection.rules import call_rules
from hunar.selection.rules.call_rules import LOTTERY, CallRules, CohortRules, Precedence
from hunar.selection.rules.eligibility import EligibilityCheck, Facts, check, open_preferences
from hunar.selection.rules.points import Score, competition_ranks, rounded, score

ACADEMY = "academy"
"""The party that commits to a seed; observers can be further parties."""


@dataclass(frozen=True)
class NominationInput:
    """One nomination as the decision sees it: a ref, and no name."""

    ref: str
    institution: str
    preferences: tuple[str, ...]
    facts: Facts
    marks: Mapping[str, Sequence[Decimal]]
    is_withdrawn: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "ref": self.ref,
            "institution": self.institution,
            "preferences": list(self.preferences),
            "facts": self.facts.to_json(),
            "marks": {code: [str(mark) for mark in marks] for code, marks in self.marks.items()},
            "withdrawn": self.is_withdrawn,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> NominationInput:
        return cls(
            ref=document["ref"],
            institution=document["institution"],
            preferences=tuple(document["preferences"]),
            facts=Facts.from_json(document["facts"]),
            marks={
                code: tuple(Decimal(mark) for mark in marks)
                for code, marks in document["marks"].items()
            },
            is_withdrawn=document["withdrawn"],
        )


@dataclass(frozen=True)
class Considered:
    """A nomination after eligibility and points."""

    input: NominationInput
    checks: tuple[EligibilityCheck, ...]
    scores: Mapping[str, Score]
    """By cohort, in the order of preference; empty if she is not considered further."""


def consider(rules: CallRules, nomination: NominationInput) -> Considered:
    """Check the requirements and compute the points for every cohort that remains."""
    checks = tuple(check(rules, nomination.facts, nomination.preferences))
    cohorts = [] if nomination.is_withdrawn else open_preferences(checks, nomination.preferences)
    scores = {
        code: score(rules, nomination.facts, nomination.marks, cohort=code) for code in cohorts
    }
    return Considered(nomination, checks, scores)


def list_root(refs: Sequence[str]) -> str:
    """What fixes the list of nominations before the seed is opened."""
    return hashlib.sha256("\n".join(sorted(refs)).encode()).hexdigest()


def lottery_seed(*, root: str, commitments: Mapping[str, str], reveals: Mapping[str, str]) -> bytes:
    """The seed of the lottery from the fixed list and the opened seeds of all parties.

    :raises InvalidDraw: if a seed is missing or does not fit its commitment.
    """
    opened = {party: bytes.fromhex(nonce) for party, nonce in reveals.items()}
    beacon = allocation.beacon_from(commitments, opened)
    return allocation.seed_from(bytes.fromhex(root), beacon)


def market(rules: CallRules, considered: Sequence[Considered], seed: bytes) -> allocation.Market:
    """What the allocation engine decides from."""
    applicants = tuple(
        allocation.Applicant(
            id=each.input.ref,
            applications=tuple(
                allocation.Application(code, result.points, result.tie_breaks)
                for code, result in each.scores.items()
            ),
            ticket=allocation.ticket(seed, each.input.ref),
            groups=each.input.facts.groups,
            institution=each.input.institution,
        )
        for each in considered
        if each.scores
    )
    return allocation.Market(tuple(_engine_cohort(each) for each in rules.cohorts), applicants)


def _engine_cohort(cohort: CohortRules) -> allocation.Cohort:
    blocks = [
        allocation.Block(reserve.group.value, reserve.seats_of(cohort.seats))
        for reserve in cohort.reserves
    ]
    build = (
        allocation.Cohort.reserves_first
        if cohort.precedence is Precedence.RESERVES_FIRST
        else allocation.Cohort.open_first
    )
    return build(cohort.code, cohort.seats, blocks, institution_cap=cohort.institution_cap)


def results(
    rules_document: Mapping[str, Any],
    nominations: Sequence[Mapping[str, Any]],
    lottery: Mapping[str, Any],
) -> dict[str, Any]:
    """Everything that follows from the frozen rules, the nominations and the seed, as JSON.

    :raises ValueError: if the inputs cannot be read (``InvalidDraw`` if a seed does not fit).
    """
    rules = call_rules.from_json(rules_document)
    inputs = [NominationInput.from_json(each) for each in nominations]
    considered = [consider(rules, each) for each in inputs]
    seed = lottery_seed(
        root=list_root([each.ref for each in inputs]),
        commitments=lottery["commitments"],
        reveals=lottery["reveals"],
    )
    decided = market(rules, considered, seed)
    outcome = allocation.allocate(decided)
    return {
        "eligibility": {
            each.input.ref: [one.to_json() for one in each.checks] for each in considered
        },
        "points": {each.input.ref: _points_json(rules, each) for each in considered if each.scores},
        "ranking": {cohort.code: ranking(rules, decided, cohort.code) for cohort in rules.cohorts},
        "allocation": _allocation_json(outcome),
    }


def _points_json(rules: CallRules, considered: Considered) -> dict[str, Any]:
    return {
        code: {
            "points": str(result.points),
            "criteria": {
                each.code: {
                    "value": str(rounded(each.value)),
                    "maximum": str(rules.criterion(each.code).maximum),
                    "points": str(rounded(each.points)),
                }
                for each in result.criteria
            },
        }
        for code, result in considered.scores.items()
    }


def ranking(rules: CallRules, decided: allocation.Market, cohort: str) -> list[dict[str, Any]]:
    """The order of merit of one cohort; ``by`` records what resolved a tie with the one before."""
    claims = sorted(
        (
            (
                wish.score.copy_negate(),
                tuple(-each for each in wish.tie_breaks),
                person.ticket,
                person.id,
            )
            for person in decided.applicants
            for wish in person.applications
            if wish.cohort == cohort
        ),
    )
    ranks = competition_ranks([-claim[0] for claim in claims])
    rows = []
    for place, (points, ties, _ticket, ref) in enumerate(claims):
        resolved = ""
        if place and claims[place - 1][0] == points:
            pairs = zip(rules.tie_breaks, claims[place - 1][1], ties, strict=True)
            resolved = next((code for code, one, other in pairs if one != other), LOTTERY)
        rows.append({"ref": ref, "rank": ranks[place], "points": f"{-points:.2f}", "by": resolved})
    return rows


def _allocation_json(outcome: allocation.Allocation) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(allocation.to_json(outcome))
    return document


def read_allocation(document: Mapping[str, Any]) -> allocation.Allocation:
    """The allocation recorded in a protocol's results."""
    return allocation.from_json(json.dumps(document).encode(), allocation.Allocation)


def market_of_protocol(protocol: Mapping[str, Any]) -> allocation.Market:
    """The market that a protocol's inputs make: what later rounds start from."""
    rules = call_rules.from_json(protocol["rules"])
    considered = [
        consider(rules, NominationInput.from_json(each)) for each in protocol["nominations"]
    ]
    lottery = protocol["lottery"]
    seed = lottery_seed(
        root=list_root([each.input.ref for each in considered]),
        commitments=lottery["commitments"],
        reveals=lottery["reveals"],
    )
    return market(rules, considered, seed)
