"""Rules and results in words, for pages, letters and the printed protocol."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hunar.kernel.text import in_language
from hunar.organisations.enums import RoleGroup
from hunar.selection import rules, wording
from hunar.selection.models import Call, Nomination


@dataclass(frozen=True)
class CriterionWords:
    code: str
    title: str
    source: str
    weight: Decimal
    maximum: Decimal
    rubric: str


@dataclass(frozen=True)
class CohortWords:
    code: str
    seats: int
    cap: int | None
    reserves: list[tuple[str, int, str, str, Any]]
    """Group, seats, purpose, legal basis, end date."""
    precedence: str


@dataclass(frozen=True)
class RulesWords:
    """The frozen rules as a reader understands them."""

    requirements: list[str]
    criteria: list[CriterionWords]
    cohorts: list[CohortWords]
    tie_breaks: list[str]
    markers: int
    notice_days: int
    acceptance_days: int
    appeal_days: int
    appeal_decision_days: int


def rules_in_words(call: Call) -> RulesWords:
    """The rules of ``call`` in the reader's language; no query."""
    frozen = rules.from_json(call.rules)
    return RulesWords(
        requirements=_requirements(frozen.eligibility),
        criteria=[_criterion(each) for each in frozen.criteria],
        cohorts=[_cohort(each) for each in frozen.cohorts],
        tie_breaks=[tie_break_words(frozen, code) for code in (*frozen.tie_breaks, rules.LOTTERY)],
        markers=frozen.markers,
        notice_days=frozen.notice_days,
        acceptance_days=frozen.acceptance_days,
        appeal_days=frozen.appeal_days,
        appeal_decision_days=frozen.appeal_decision_days,
    )


def _requirements(asked: rules.Eligibility) -> list[str]:
    found = []
    if asked.min_months_in_post:
        found.append(
            _("At least %(count)s months in the present post.")
            % {"count": asked.min_months_in_post}
        )
    if asked.role_groups:
        groups = ", ".join(str(RoleGroup(code).label) for code in asked.role_groups)
        found.append(_("Role groups: %(groups)s.") % {"groups": groups})
    if asked.min_grade:
        found.append(_("Grade %(grade)s or higher.") % {"grade": asked.min_grade})
    if asked.prerequisite_course:
        found.append(_("The course %(course)s was taken.") % {"course": asked.prerequisite_course})
    if asked.once_per_course:
        found.append(_("Not trained in the same course before."))
    if asked.consent_required:
        found.append(_("The supervisor agrees."))
    return found


def _criterion(criterion: rules.Criterion) -> CriterionWords:
    return CriterionWords(
        code=criterion.code,
        title=in_language(criterion.title),
        source=str(wording.SOURCES[criterion.source]),
        weight=criterion.weight,
        maximum=criterion.maximum,
        rubric=in_language(criterion.rubric),
    )


def _cohort(cohort: rules.CohortRules) -> CohortWords:
    return CohortWords(
        code=cohort.code,
        seats=cohort.seats,
        cap=cohort.institution_cap,
        reserves=[
            (
                str(wording.RESERVE_GROUPS[reserve.group]),
                reserve.seats_of(cohort.seats),
                in_language(reserve.purpose),
                reserve.legal_basis,
                reserve.end_date,
            )
            for reserve in cohort.reserves
        ],
        precedence=str(wording.PRECEDENCES[cohort.precedence]) if cohort.reserves else "",
    )


def tie_break_words(frozen: rules.CallRules, code: str) -> str:
    """What resolved a tie, in the reader's language; empty for none."""
    if not code:
        return ""
    if code in wording.TIE_BREAKS:
        return str(wording.TIE_BREAKS[code])
    return in_language(frozen.criterion(code).title)


@dataclass(frozen=True)
class CheckWords:
    """A requirement, whether it holds, and the sentence for a refusal."""

    title: str
    holds: bool
    cohort: str
    sentence: str


def checks_in_words(checks: Iterable[Mapping[str, Any]]) -> list[CheckWords]:
    """The coded checks of a nomination as sentences."""
    return [
        CheckWords(
            title=str(wording.ELIGIBILITY[each["code"]]),
            holds=each["holds"],
            cohort=each.get("cohort", ""),
            sentence=""
            if each["holds"]
            else str(wording.REFUSALS[each["code"]])
            % {"evidence": each["evidence"], "required": each["required"]},
        )
        for each in checks
    ]


@dataclass(frozen=True)
class CriterionResult:
    title: str
    value: str
    maximum: str
    points: str
    weight: Decimal


@dataclass(frozen=True)
class CohortResult:
    """What a person reads about one cohort that she wished for."""

    cohort: str
    points: str
    rank: int
    of: int
    cut_off: str
    tie: str
    reason: str
    is_placed: bool
    criteria: list[CriterionResult]


def results_in_words(nomination: Nomination) -> list[CohortResult]:
    """The results of a decided nomination by cohort, in her order; empty before."""
    cohorts = nomination.result.get("cohorts", {})
    if not cohorts:
        return []
    frozen = rules.from_json(nomination.call.rules)
    return [
        _result(frozen, nomination, code, cohorts[code])
        for code in nomination.preferences
        if code in cohorts
    ]


def _result(
    frozen: rules.CallRules, nomination: Nomination, code: str, row: Mapping[str, Any]
) -> CohortResult:
    return CohortResult(
        cohort=code,
        points=row["points"],
        rank=row["rank"],
        of=row["of"],
        cut_off=row["cut_off"],
        tie=tie_break_words(frozen, row["tie"]),
        reason=str(wording.REASONS.get(row["reason"], "")),
        is_placed=nomination.result.get("placed") == code,
        criteria=[
            CriterionResult(
                title=in_language(frozen.criterion(each).title),
                value=part["value"],
                maximum=part["maximum"],
                points=part["points"],
                weight=frozen.criterion(each).weight,
            )
            for each, part in row["criteria"].items()
        ],
    )


def seat_in_words(place: Mapping[str, Any]) -> str:
    """The kind of a seat that an allocation gives, with what became of an unused reserve."""
    words = slot_in_words(place["slot"])
    return _("released seat (%(slot)s)") % {"slot": words} if place["released"] else words


def slot_in_words(slot: str) -> str:
    """The kind of a seat in the reader's language."""
    return str(wording.SLOTS.get(slot, slot))
