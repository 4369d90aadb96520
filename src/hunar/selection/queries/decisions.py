from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hunar.audit import queries as audit
from hunar.audit.models import Entry
from hunar.selection import rules
from hunar.selection.models import Call, Decision, Nomination, Place
from hunar.selection.queries.calls import decision_of
from hunar.selection.queries.fairness import Fairness, StageComparison
from hunar.selection.queries.presentation import seat_in_words, slot_in_words, tie_break_words


def logged_decision(call: Call) -> tuple[Entry | None, Decision | None]:
    """The decision and its record in the log; None where there is none."""
    entry = audit.entries_about(call.ref).filter(act="selection.call.decided").first()
    return entry, decision_of(call)


@dataclass(frozen=True)
class RankedRow:
    """One line of the order of merit."""

    nomination: Nomination
    rank: int
    points: str
    tie: str
    slot: str
    """The kind of seat at the decision; empty without one."""
    place: Place | None
    """The latest place in this cohort, also from the waiting list."""


@dataclass(frozen=True)
class CutOffWords:
    slot: str
    seats: int
    filled: int
    released: int
    points: str


@dataclass(frozen=True)
class CohortDecision:
    """The order of merit, the cut-offs and the waiting list of one cohort."""

    code: str
    rows: list[RankedRow]
    cut_offs: list[CutOffWords]
    waiting: list[Nomination]


@dataclass(frozen=True)
class DecisionPage:
    decision: Decision
    cohorts: list[CohortDecision]

    def chosen(self, code: str) -> CohortDecision:
        """The cohort of the tab that is open; the first one for an unknown code."""
        return next((each for each in self.cohorts if each.code == code), self.cohorts[0])


def decision_page(call: Call) -> DecisionPage | None:
    """The decision of ``call``, one part per cohort; None before. A fixed number of queries."""
    decision = decision_of(call)
    if decision is None:
        return None
    results = decision.protocol["results"]
    nominations = {
        each.ref: each
        for each in call.nominations.select_related("person", "organisation").prefetch_related(
            "places__cohort"
        )
    }
    frozen = rules.from_json(call.rules)
    parts = {each["cohort"]: each for each in results["allocation"]["cohorts"]}
    slots = {
        each["applicant"]: each["place"]
        for each in results["allocation"]["outcomes"]
        if each["place"]
    }
    return DecisionPage(
        decision,
        [
            CohortDecision(
                code=code,
                rows=[_row(frozen, code, row, nominations, slots) for row in rows],
                cut_offs=[_cut_off(each) for each in parts[code]["cut_offs"]],
                waiting=_waiting(parts[code]["waiting"], nominations),
            )
            for code, rows in results["ranking"].items()
        ],
    )


def _row(
    frozen: rules.CallRules,
    code: str,
    row: dict[str, Any],
    nominations: dict[str, Nomination],
    slots: dict[str, dict[str, Any]],
) -> RankedRow:
    nomination = nominations[row["ref"]]
    place = slots.get(row["ref"])
    return RankedRow(
        nomination=nomination,
        rank=row["rank"],
        points=row["points"],
        tie=tie_break_words(frozen, row["by"]),
        slot=seat_in_words(place) if place and place["cohort"] == code else "",
        place=next(
            (each for each in reversed(nomination.places.all()) if each.cohort.code == code), None
        ),
    )


def _cut_off(block: dict[str, Any]) -> CutOffWords:
    return CutOffWords(
        slot=slot_in_words(block["slot"]),
        seats=block["seats"],
        filled=block["filled"],
        released=block["released"],
        # A released seat goes to the best of all the others: its points are no cut-off.
        points="" if block["released"] else block["score"] or "",
    )


def _waiting(refs: list[str], nominations: dict[str, Nomination]) -> list[Nomination]:
    waiting = Nomination.State.WAITING
    return [nominations[ref] for ref in refs if nominations[ref].state == waiting]


@dataclass(frozen=True)
class StageWords:
    """One step of the selection for women and men, in figures and one careful word."""

    title: str
    women: tuple[int, int]
    men: tuple[int, int]
    women_rate: float | None
    men_rate: float | None
    ratio: float | None
    interval: tuple[float, float] | None
    word: str
    explanation: str
    tone: str


@dataclass(frozen=True)
class FairnessPage:
    stages: list[tuple[str, int, int]]
    comparisons: list[StageWords]


def fairness_page(found: Fairness) -> FairnessPage:
    """The stages of a call in words; no query."""
    names = _stage_names()
    return FairnessPage(
        stages=[(names[stage], each["F"], each["M"]) for stage, each in found.counts.items()],
        comparisons=[_stage(each, names) for each in found.stages],
    )


def _stage_names() -> dict[str, str]:
    return {"nominated": _("nominated"), "eligible": _("eligible"), "chosen": _("chosen")}


def _stage(each: StageComparison, names: dict[str, str]) -> StageWords:
    comparison = each.comparison
    word = str(comparison.verdict.word) if comparison else ""
    words, explanation, tone = _verdict_words(word)
    interval = comparison.ratio_interval if comparison else None
    return StageWords(
        title=_("From %(source)s to %(target)s")
        % {"source": names[each.source], "target": names[each.target]},
        women=each.women,
        men=each.men,
        women_rate=each.women[0] / each.women[1] if each.women[1] else None,
        men_rate=each.men[0] / each.men[1] if each.men[1] else None,
        ratio=float(comparison.ratio) if comparison and comparison.ratio is not None else None,
        interval=(interval.lower, interval.upper) if interval else None,
        word=words,
        explanation=explanation,
        tone=tone,
    )


def _verdict_words(word: str) -> tuple[str, str, str]:
    return {
        "no-evidence": (
            _("no evidence"),
            _("The numbers give no reason to suppose that women and men were treated unlike."),
            "neutral",
        ),
        "inconclusive": (
            _("inconclusive"),
            _("The numbers are too few or too close to judge. Look again over several calls."),
            "info",
        ),
        "indication": (
            _("indication"),
            _("The difference is larger than chance explains. Look at this stage and its files."),
            "warn",
        ),
    }.get(word, (_("cannot be compared"), _("One of the groups is empty."), "neutral"))
