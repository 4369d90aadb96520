"""The rules of a call: dataclasses to and from the JSON that is frozen and hashed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

LANGUAGES = ("tk", "ru", "en")


class Source(StrEnum):
    """Where the value of a criterion comes from."""

    COMPETENCY_GAP = "competency-gap"
    ROLE_RELEVANCE = "role-relevance"
    GRADE = "grade"
    MONTHS_IN_SERVICE = "months-in-service"
    MARKED = "marked"


class ReserveGroup(StrEnum):
    """Whom a reserved seat is meant for; a person's groups follow from her frozen facts."""

    OUTSIDE_CAPITAL = "outside-capital"
    WOMEN_LEADING = "women-in-leading-posts"


class Precedence(StrEnum):
    """Which seats are filled first; part of the published rule, for it changes the result."""

    RESERVES_FIRST = "reserves-first"
    OPEN_FIRST = "open-first"


CAPITAL_REGION = "TM-S"
LOTTERY = "lottery"
MONTHS_IN_POST = "months-in-post"


@dataclass(frozen=True, kw_only=True)
class Eligibility:
    """Who may be considered at all."""

    min_months_in_post: int = 0
    role_groups: tuple[str, ...] = ()
    """Empty: every role group."""
    min_grade: int = 0
    prerequisite_course: str = ""
    once_per_course: bool = True
    """Who was trained in a course before cannot be trained in it again."""
    consent_required: bool = True


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What counts, how much, and up to which value."""

    code: str
    source: Source
    title: dict[str, str]
    weight: Decimal
    """In per cent; the weights of a call add up to 100."""
    maximum: Decimal
    rubric: dict[str, str] = field(default_factory=dict)
    """For marked criteria: what earns how much, in words."""
    scale: dict[str, Decimal] = field(default_factory=dict)
    """For role relevance: the value of each role group."""

    @property
    def is_marked(self) -> bool:
        return self.source is Source.MARKED


@dataclass(frozen=True, kw_only=True)
class Reserve:
    """Seats kept for a group: a number, or a share of all seats rounded down."""

    group: ReserveGroup
    seats: int = 0
    share: Decimal = Decimal(0)
    purpose: dict[str, str]
    legal_basis: str
    end_date: date

    def seats_of(self, total: int) -> int:
        return self.seats or int(total * self.share / 100)


@dataclass(frozen=True, kw_only=True)
class CohortRules:
    """The seats of one cohort of the call."""

    code: str
    course: str
    seats: int
    institution_cap: int | None = None
    reserves: tuple[Reserve, ...] = ()
    precedence: Precedence = Precedence.RESERVES_FIRST

    @property
    def reserved(self) -> int:
        return sum(reserve.seats_of(self.seats) for reserve in self.reserves)


@dataclass(frozen=True, kw_only=True)
class CallRules:
    """Everything that decides about a nomination, fixed before the first one is opened."""

    eligibility: Eligibility = field(default_factory=Eligibility)
    criteria: tuple[Criterion, ...] = ()
    cohorts: tuple[CohortRules, ...] = ()
    tie_breaks: tuple[str, ...] = ()
    """Codes of criteria, or ``months-in-post``; the lottery always comes last."""
    markers: int = 2
    notice_days: int = 14
    acceptance_days: int = 5
    """Working days in which an offered place is accepted or lost."""
    appeal_days: int = 5
    """Working days from the notification in which an appeal can be filed."""
    appeal_decision_days: int = 10
    """Working days in which an appeal is decided."""

    @property
    def marked_criteria(self) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.is_marked)

    @property
    def seats(self) -> int:
        return sum(cohort.seats for cohort in self.cohorts)

    def cohort(self, code: str) -> CohortRules:
        """:raises KeyError: if the call does not fill it."""
        for cohort in self.cohorts:
            if cohort.code == code:
                return cohort
        raise KeyError(code)

    def criterion(self, code: str) -> Criterion:
        """:raises KeyError: if there is none."""
        for criterion in self.criteria:
            if criterion.code == code:
                return criterion
        raise KeyError(code)


def to_json(rules: CallRules) -> dict[str, Any]:
    """The rules as JSON; decimals are strings, so that none is ever rounded."""
    value = _plain(rules)
    assert isinstance(value, dict)
    return {"version": 1, **value}


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return value


def from_json(document: Mapping[str, Any]) -> CallRules:
    """Read rules back.

    :raises ValueError: if a part is missing or cannot be read.
    """
    try:
        return CallRules(
            eligibility=_eligibility(document.get("eligibility", {})),
            criteria=tuple(_criterion(each) for each in document.get("criteria", [])),
            cohorts=tuple(_cohort(each) for each in document.get("cohorts", [])),
            tie_breaks=tuple(document.get("tie_breaks", [])),
            **{name: int(document[name]) for name in _NUMBERS if name in document},
        )
    except (KeyError, TypeError, ArithmeticError, AttributeError) as error:
        raise ValueError(f"unreadable rules: {error!r}") from error


_NUMBERS = ("markers", "notice_days", "acceptance_days", "appeal_days", "appeal_decision_days")


def _eligibility(part: Mapping[str, Any]) -> Eligibility:
    return Eligibility(**{**part, "role_groups": tuple(part.get("role_groups", ()))})


def _criterion(part: Mapping[str, Any]) -> Criterion:
    return Criterion(
        code=part["code"],
        source=Source(part["source"]),
        title=dict(part["title"]),
        weight=Decimal(part["weight"]),
        maximum=Decimal(part["maximum"]),
        rubric=dict(part.get("rubric", {})),
        scale={key: Decimal(value) for key, value in part.get("scale", {}).items()},
    )


def _cohort(part: Mapping[str, Any]) -> CohortRules:
    cap = part.get("institution_cap")
    return CohortRules(
        code=part["code"],
        course=part["course"],
        seats=int(part["seats"]),
        institution_cap=None if cap is None else int(cap),
        reserves=tuple(_reserve(each) for each in part.get("reserves", [])),
        precedence=Precedence(part.get("precedence", Precedence.RESERVES_FIRST)),
    )


def _reserve(part: Mapping[str, Any]) -> Reserve:
    return Reserve(
        group=ReserveGroup(part["group"]),
        seats=int(part.get("seats", 0)),
        share=Decimal(part.get("share", "0")),
        purpose=dict(part["purpose"]),
        legal_basis=part["legal_basis"],
        end_date=date.fromisoformat(part["end_date"]),
    )


def with_cohorts(rules: CallRules, cohorts: Iterable[tuple[str, str, int]]) -> CallRules:
    """The same rules for other cohorts, given as code, course and seats; known ones stay."""
    known = {cohort.code: cohort for cohort in rules.cohorts}
    return replace(
        rules,
        cohorts=tuple(
            known.get(code) or CohortRules(code=code, course=course, seats=seats)
            for code, course, seats in cohorts
        ),
    )


@dataclass(frozen=True)
class Problem:
    """Why rules cannot be published: a stable code, and the part that it concerns."""

    code: str
    part: str = ""


def problems(rules: CallRules, *, closes_date: date) -> list[Problem]:
    """What is missing or contradictory in ``rules``; empty when they can be published."""
    found = [*_criteria_problems(rules), *_tie_break_problems(rules)]
    if not rules.cohorts:
        found.append(Problem("no-cohorts"))
    for cohort in rules.cohorts:
        found += _cohort_problems(cohort, closes_date)
    if rules.marked_criteria and rules.markers < 2:
        found.append(Problem("too-few-markers"))
    if min(rules.notice_days, rules.acceptance_days, rules.appeal_days) < 1:
        found.append(Problem("deadline-below-one-day"))
    return found


def _criteria_problems(rules: CallRules) -> list[Problem]:
    found = []
    if sum((criterion.weight for criterion in rules.criteria), Decimal(0)) != 100:
        found.append(Problem("weights-not-100"))
    codes = [criterion.code for criterion in rules.criteria]
    for criterion in rules.criteria:
        if codes.count(criterion.code) > 1:
            found.append(Problem("criterion-twice", criterion.code))
        if criterion.maximum <= 0 or criterion.weight <= 0:
            found.append(Problem("criterion-not-positive", criterion.code))
        if any(not criterion.title.get(code, "").strip() for code in LANGUAGES):
            found.append(Problem("criterion-title-missing", criterion.code))
        if criterion.is_marked and not any(criterion.rubric.values()):
            found.append(Problem("rubric-missing", criterion.code))
        if criterion.source is Source.ROLE_RELEVANCE and not criterion.scale:
            found.append(Problem("scale-missing", criterion.code))
    return found


def _tie_break_problems(rules: CallRules) -> list[Problem]:
    known = {criterion.code for criterion in rules.criteria} | {MONTHS_IN_POST}
    return [Problem("tie-break-unknown", code) for code in rules.tie_breaks if code not in known]


def _cohort_problems(cohort: CohortRules, closes_date: date) -> list[Problem]:
    found = []
    if cohort.seats < 1:
        found.append(Problem("no-seats", cohort.code))
    if cohort.institution_cap is not None and cohort.institution_cap < 1:
        found.append(Problem("cap-below-one", cohort.code))
    if cohort.reserved > cohort.seats:
        found.append(Problem("too-many-reserved", cohort.code))
    if len({reserve.group for reserve in cohort.reserves}) < len(cohort.reserves):
        found.append(Problem("reserve-twice", cohort.code))
    for reserve in cohort.reserves:
        if not reserve.legal_basis.strip() or not any(reserve.purpose.values()):
            found.append(Problem("reserve-without-ground", cohort.code))
        if reserve.end_date < closes_date:
            found.append(Problem("reserve-ended", cohort.code))
    return found
