"""Records as the indicators read them: plain rows, loaded in a few queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

AGE_BANDS = ("under-30", "30-44", "45-plus")
UNKNOWN = "unknown"
DIMENSIONS = ("sex", "age", "region", "institution", "role")


def age_band(age: int | None) -> str:
    """The band of an age on the first day of the cohort."""
    if age is None:
        return UNKNOWN
    return "under-30" if age < 30 else "30-44" if age < 45 else "45-plus"


@dataclass(frozen=True, slots=True)
class Place:
    """A place taken in a finished cohort, with what was true of the person then."""

    pk: int
    person: int
    cohort: str
    course: str
    intake: int
    ended: date
    is_completed: bool
    minutes: int
    credential: int
    traits: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """The best released attempt of a place in a finished cohort."""

    pk: int
    person: int
    cohort: str
    released: date
    share: Fraction
    is_passed: bool


@dataclass(frozen=True, slots=True)
class Nominated:
    """A nomination that was not withdrawn. ``stage``: 0 nominated, 1 eligible, 2 chosen."""

    pk: int
    person: int
    sex: str
    call: str
    closed: date
    stage: int


@dataclass(frozen=True, slots=True)
class Taught:
    """A national trainer's work in a finished cohort."""

    person: int
    cohort: str
    ended: date


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation or an advisory request that was due in the period, and whether it was met."""

    kind: str
    pk: int
    day: date
    is_met: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A lesson of a published course version, and whether it is there in Turkmen."""

    pk: int
    course: str
    day: date
    is_turkmen: bool


@dataclass(frozen=True)
class Facts:
    """All rows in the scope of a question."""

    places: tuple[Place, ...] = ()
    results: tuple[Result, ...] = ()
    nominations: tuple[Nominated, ...] = ()
    teaching: tuple[Taught, ...] = ()
    duties: tuple[Duty, ...] = ()
    texts: tuple[Text, ...] = ()
    regions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
