"""Attainment and gap: what counts, and how much is missing. Plain Python."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hunar.competencies.errors import LevelOutOfScale

LEVELS = range(1, 5)
RULE_VERSION = "attainment/1"
"""Named wherever an attainment is stored, so that it can be computed again the same way."""


@dataclass(frozen=True)
class Proof:
    """A piece of evidence as the rule sees it."""

    competency: int
    level: int
    date: datetime.date
    expires_date: datetime.date | None = None
    is_withdrawn: bool = False
    is_self: bool = False

    def counts_on(self, day: datetime.date) -> bool:
        """Not withdrawn, dated, not expired, and not the person's own opinion."""
        return (
            not self.is_withdrawn
            and not self.is_self
            and self.date <= day
            and (self.expires_date is None or day <= self.expires_date)
        )


def attainment(proofs: Iterable[Proof], *, on: datetime.date) -> dict[int, int]:
    """The highest level per competency for which evidence counts on that day."""
    attained: dict[int, int] = {}
    for proof in proofs:
        if proof.counts_on(on):
            attained[proof.competency] = max(proof.level, attained.get(proof.competency, 0))
    return attained


def missing_levels(required: Mapping[int, int], attained: Mapping[int, int]) -> int:
    """How many levels lie between a profile and what is attained, over all competencies."""
    return sum(
        max(level - attained.get(competency, 0), 0) for competency, level in required.items()
    )


def check_level(level: int) -> None:
    """:raises LevelOutOfScale: if the scale does not have ``level``."""
    if level not in LEVELS:
        raise LevelOutOfScale(level=level)
