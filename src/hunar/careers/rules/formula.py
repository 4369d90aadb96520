"""The published formula: what counts, how much, up to which maximum, and how ties are broken.

Each component is measured from recorded evidence at the moment of closing:

``competencies``
    The profile of the post. Per competency the attained level up to the required one;
    critical competencies count double. Maximum: the required levels.
``exams``
    Per relevant course the best released exam result as a share; a course without a result
    counts nothing. Maximum: the number of relevant courses.
``certificates``
    Valid certificates of achievement in relevant courses, one per course. Maximum:
    ``certificates_most``.
``cpd``
    Verified minutes of continuing education that ended in the cycle before the closing, each
    category up to its cap. Maximum: the minutes that the policy asks for.
``years``
    Full months in posts of at least ``grade_from``. Maximum: ``years_most`` years.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

VERSION = "merit/1"
COMPETENCIES, EXAMS, CERTIFICATES = "competencies", "exams", "certificates"
CPD, YEARS = "cpd", "years"
COMPONENTS = (COMPETENCIES, EXAMS, CERTIFICATES, CPD, YEARS)
WHOLE = Decimal(100)
CRITICAL_FACTOR = 2


class Unsound(ValueError):
    """The formula cannot rank; the text is a code: ``weights-not-100`` and so on."""


@dataclass(frozen=True)
class Required:
    """A line of the post's profile as it was when the competition was published."""

    competency: str
    level: int
    is_critical: bool = False


@dataclass(frozen=True)
class CpdRule:
    """What the policy asks for, frozen."""

    policy: str
    minutes: int
    cycle_years: int
    caps: Mapping[str, int] = field(default_factory=dict)

    def since(self, closed: date) -> date:
        """The first day of the cycle that ends on ``closed``."""
        try:
            return closed.replace(year=closed.year - self.cycle_years)
        except ValueError:  # 29 February
            return closed.replace(year=closed.year - self.cycle_years, day=28)


@dataclass(frozen=True)
class Formula:
    """Weights in points (100 together) and everything that decides what a component is worth."""

    weights: Mapping[str, Decimal]
    tie_breaks: tuple[str, ...] = ()
    profile: tuple[Required, ...] = ()
    courses: tuple[str, ...] = ()
    certificates_most: int = 2
    cpd: CpdRule | None = None
    grade_from: int = 1
    years_most: int = 5

    @property
    def used(self) -> tuple[str, ...]:
        """The components with a weight, in the order of ``COMPONENTS``."""
        return tuple(code for code in COMPONENTS if self.weights.get(code, Decimal(0)) > 0)

    def to_json(self) -> dict[str, Any]:
        """The form that is hashed and published."""
        return {
            "version": VERSION,
            "weights": {code: str(self.weights[code]) for code in self.used},
            "tie_breaks": list(self.tie_breaks),
            "profile": [
                {"competency": row.competency, "level": row.level, "critical": row.is_critical}
                for row in self.profile
            ],
            "courses": list(self.courses),
            "certificates_most": self.certificates_most,
            "cpd": {
                "policy": self.cpd.policy,
                "minutes": self.cpd.minutes,
                "cycle_years": self.cpd.cycle_years,
                "caps": dict(self.cpd.caps),
            }
            if self.cpd
            else None,
            "grade_from": self.grade_from,
            "years_most": self.years_most,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Formula:
        """Read what ``to_json`` wrote.

        :raises KeyError, ValueError: if it was not written by it.
        """
        if value["version"] != VERSION:
            raise ValueError(f"unknown version {value['version']}")
        cpd = value["cpd"]
        return cls(
            weights={code: Decimal(weight) for code, weight in value["weights"].items()},
            tie_breaks=tuple(value["tie_breaks"]),
            profile=tuple(
                Required(row["competency"], row["level"], row["critical"])
                for row in value["profile"]
            ),
            courses=tuple(value["courses"]),
            certificates_most=value["certificates_most"],
            cpd=CpdRule(cpd["policy"], cpd["minutes"], cpd["cycle_years"], cpd["caps"])
            if cpd
            else None,
            grade_from=value["grade_from"],
            years_most=value["years_most"],
        )


def check(formula: Formula) -> None:
    """Let pass a formula that can rank everybody alike.

    :raises Unsound: with the code of the first fault.
    """
    for code, weight in formula.weights.items():
        if code not in COMPONENTS:
            raise Unsound("component-unknown")
        if not weight.is_finite() or weight < 0:
            raise Unsound("weight-negative")
    if sum(formula.weights.values()) != WHOLE:
        raise Unsound("weights-not-100")
    if len(set(formula.tie_breaks)) != len(formula.tie_breaks):
        raise Unsound("tie-break-twice")
    if not set(formula.tie_breaks) <= set(formula.used):
        raise Unsound("tie-break-without-weight")
    needs = {
        COMPETENCIES: bool(formula.profile),
        EXAMS: bool(formula.courses),
        CERTIFICATES: bool(formula.courses) and formula.certificates_most > 0,
        CPD: formula.cpd is not None and formula.cpd.minutes > 0,
        YEARS: formula.years_most > 0,
    }
    for code in formula.used:
        if not needs[code]:
            raise Unsound(f"{code}-nothing-to-measure")
