"""Points and places: standard competition ranking, with each tie and how it was broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from hunar.careers.rules.evidence import Evidence, Measure, measure
from hunar.careers.rules.formula import Formula
from hunar.selection.rules import rounded


@dataclass(frozen=True)
class Score:
    """The measures of one candidate and the points that they give."""

    measures: Mapping[str, Measure]
    formula: Formula

    def exact(self, code: str) -> Fraction:
        """The points of one component, not rounded."""
        return Fraction(self.formula.weights[code]) * self.measures[code].share

    @property
    def points(self) -> Decimal:
        """All components added exactly and rounded once, half up, to two places."""
        return rounded(sum((self.exact(code) for code in self.formula.used), Fraction(0)))

    @property
    def tie_breaks(self) -> tuple[Fraction, ...]:
        return tuple(self.exact(code) for code in self.formula.tie_breaks)


@dataclass(frozen=True)
class Place:
    """Where a candidate stands. ``tied_with`` names who has equal points; ``decided_by`` the
    tie-break that told some of them apart; ``shares_with`` who stands on the same rank."""

    ref: str
    rank: int
    score: Score
    tied_with: tuple[str, ...] = ()
    decided_by: str = ""
    shares_with: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it stands in the signed list; exact values are fractions such as ``17/2``."""
        return {
            "ref": self.ref,
            "rank": self.rank,
            "points": str(self.score.points),
            "components": {
                code: {
                    "got": str(each.got),
                    "most": str(each.most),
                    "points": str(rounded(self.score.exact(code))),
                }
                for code, each in self.score.measures.items()
            },
            "tie": {
                "with": list(self.tied_with),
                "decided_by": self.decided_by,
                "shares_rank_with": list(self.shares_with),
            }
            if self.tied_with
            else None,
        }


def score(formula: Formula, evidence: Evidence, *, closed: date) -> Score:
    """What one candidate has on ``closed``."""
    return Score(measure(formula, evidence, closed=closed), formula)


def rank(
    formula: Formula, candidates: Mapping[str, Evidence] | Iterable[tuple[str, Evidence]], *,
    closed: date,
) -> list[Place]:  # fmt: skip
    """Everybody in the order of merit: 1-2-2-4 where the tie-breaks leave people equal.

    The order among equals on one rank is that of their refs and means nothing.
    """
    scores = {ref: score(formula, evidence, closed=closed) for ref, evidence in dict(candidates).items()}  # fmt: skip
    ordered = sorted(
        scores,
        key=lambda ref: (
            -scores[ref].points,
            tuple(-value for value in scores[ref].tie_breaks),
            ref,
        ),
    )
    places: list[Place] = []
    for _, group in groupby(ordered, key=lambda ref: scores[ref].points):
        places += _placed(list(group), scores, formula, first=len(places) + 1)
    return places


def _placed(
    group: list[str], scores: Mapping[str, Score], formula: Formula, *, first: int
) -> list[Place]:
    values = {ref: scores[ref].tie_breaks for ref in group}
    deciding = next(
        (
            code
            for place, code in enumerate(formula.tie_breaks)
            if len({values[ref][place] for ref in group}) > 1
        ),
        "",
    )
    places = []
    for ref in group:
        ahead = sum(values[other] > values[ref] for other in group)
        places.append(
            Place(
                ref=ref,
                rank=first + ahead,
                score=scores[ref],
                tied_with=tuple(other for other in group if other != ref),
                decided_by=deciding,
                shares_with=tuple(
                    other for other in group if other != ref and values[other] == values[ref]
                ),
            )
        )
    return places
