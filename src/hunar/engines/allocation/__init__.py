"""Seats for applicants: deferred acceptance with reserves and caps, lotteries, replay, checks."""

from __future__ import annotations

from .deferred_acceptance import allocate
from .errors import (
    AllocationError,
    InvalidAnswers,
    InvalidDraw,
    InvalidMarket,
    ReplayMismatch,
    UnsoundAllocation,
)
from .lottery import (
    beacon_from,
    commitment,
    order,
    rfc3797_key,
    rfc3797_selection,
    seed_from,
    ticket,
)
from .market import OPEN, Applicant, Application, Block, Cohort, KeptPlace, Market, Place
from .reallocation import Answers, market_after, reallocate
from .records import from_json, replay, to_json
from .result import RULE, Allocation, CohortResult, CutOff, Outcome, Reason, Refusal
from .verification import BlockingPair, blocking_pairs, check_feasible, check_stable

__all__ = [
    "OPEN",
    "RULE",
    "Allocation",
    "AllocationError",
    "Answers",
    "Applicant",
    "Application",
    "Block",
    "BlockingPair",
    "Cohort",
    "CohortResult",
    "CutOff",
    "InvalidAnswers",
    "InvalidDraw",
    "InvalidMarket",
    "KeptPlace",
    "Market",
    "Outcome",
    "Place",
    "Reason",
    "Refusal",
    "ReplayMismatch",
    "UnsoundAllocation",
    "allocate",
    "beacon_from",
    "blocking_pairs",
    "check_feasible",
    "check_stable",
    "commitment",
    "from_json",
    "market_after",
    "order",
    "reallocate",
    "replay",
    "rfc3797_key",
    "rfc3797_selection",
    "seed_from",
    "ticket",
    "to_json",
]
