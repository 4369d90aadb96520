"""Who meets the requirements of a call: coded checks on the facts frozen at submission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from hunar.selection.rules.call_rules import (
    CAPITAL_REGION,
    CallRules,
    CohortRules,
    ReserveGroup,
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What was true of a person when she was nominated. No name, no birth date."""

    sex: str
    region: str
    """Code of the city or welaýat of her institution, empty if unknown."""
    grade: int
    role_group: str
    is_leading: bool
    months_in_post: int
    months_in_service: int
    trained: tuple[str, ...] = ()
    """Codes of courses of the academy that she has taken."""
    gap: Mapping[str, int]
    """Per cohort of the call: missing competency levels that its course can fill."""
    has_consent: bool = False

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "trained": list(self.trained), "gap": dict(self.gap)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Facts:
        return cls(**{**document, "trained": tuple(document.get("trained", ()))})

    @property
    def groups(self) -> frozenset[str]:
        """The reserved groups that she belongs to."""
        groups = set()
        if self.region and self.region != CAPITAL_REGION:
            groups.add(ReserveGroup.OUTSIDE_CAPITAL.value)
        if self.sex == "F" and self.is_leading:
            groups.add(ReserveGroup.WOMEN_LEADING.value)
        return frozenset(groups)


@dataclass(frozen=True)
class EligibilityCheck:
    """One requirement, whether it holds, and on what evidence."""

    code: str
    holds: bool
    evidence: str
    required: str
    cohort: str = ""
    """Set where the requirement concerns one cohort only."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def check(rules: CallRules, facts: Facts, preferences: Iterable[str]) -> list[EligibilityCheck]:
    """Every requirement of the call, and of each cohort that is wished for."""
    wanted = [rules.cohort(code) for code in preferences]
    return [*_general_checks(rules, facts), *_cohort_checks(rules, facts, wanted)]


def _general_checks(rules: CallRules, facts: Facts) -> list[EligibilityCheck]:
    asked = rules.eligibility
    checks = []
    if asked.min_months_in_post:
        checks.append(
            EligibilityCheck(
                "months-in-post",
                facts.months_in_post >= asked.min_months_in_post,
                str(facts.months_in_post),
                str(asked.min_months_in_post),
            )
        )
    if asked.role_groups:
        checks.append(
            EligibilityCheck(
                "role-group",
                facts.role_group in asked.role_groups,
                facts.role_group,
                ", ".join(asked.role_groups),
            )
        )
    if asked.min_grade:
        holds = facts.grade >= asked.min_grade
        checks.append(EligibilityCheck("grade", holds, str(facts.grade), str(asked.min_grade)))
    if asked.prerequisite_course:
        holds = asked.prerequisite_course in facts.trained
        evidence = ", ".join(facts.trained)
        checks.append(EligibilityCheck("prerequisite", holds, evidence, asked.prerequisite_course))
    if asked.consent_required:
        evidence = "yes" if facts.has_consent else "no"
        checks.append(EligibilityCheck("consent", facts.has_consent, evidence, "yes"))
    return checks


def _cohort_checks(
    rules: CallRules, facts: Facts, wanted: Iterable[CohortRules]
) -> list[EligibilityCheck]:
    if not rules.eligibility.once_per_course:
        return []
    return [
        EligibilityCheck(
            "not-trained-before",
            cohort.course not in facts.trained,
            ", ".join(facts.trained),
            cohort.course,
            cohort.code,
        )
        for cohort in wanted
    ]


def open_preferences(checks: Iterable[EligibilityCheck], preferences: Iterable[str]) -> list[str]:
    """The cohorts that remain in her order; empty if she does not meet the requirements."""
    failed = {each.cohort for each in checks if not each.holds}
    return [] if "" in failed else [code for code in preferences if code not in failed]
