"""What counts for a candidate: records as they stood at the moment of closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from hunar.careers.rules.formula import (
    CERTIFICATES,
    COMPETENCIES,
    CPD,
    CRITICAL_FACTOR,
    EXAMS,
    YEARS,
    Formula,
)


@dataclass(frozen=True)
class Attained:
    """A recorded reason to hold the candidate competent."""

    competency: str
    level: int
    date: str
    expires: str
    source: str


@dataclass(frozen=True)
class ExamResult:
    """A released result of an exam."""

    course: str
    attempt: str
    marks: int
    marks_max: int
    released: str

    @property
    def share(self) -> Fraction:
        return Fraction(self.marks, self.marks_max)


@dataclass(frozen=True)
class Certificate:
    """A certificate of achievement that was not revoked."""

    course: str
    credential: str
    issued: str
    valid_until: str


@dataclass(frozen=True)
class CpdCredit:
    """Verified minutes of continuing education."""

    record: str
    category: str
    minutes: int
    ended: str


@dataclass(frozen=True)
class Service:
    """A post held between two days; ``until`` is empty while it is held."""

    grade: int
    since: str
    until: str


@dataclass(frozen=True)
class Evidence:
    """All inputs of one candidate. Days are ISO dates, so that they compare as text."""

    competencies: tuple[Attained, ...] = ()
    exams: tuple[ExamResult, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    cpd: tuple[CpdCredit, ...] = ()
    years: tuple[Service, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The form that stands in the signed list."""
        return {
            code: [asdict(row) for row in getattr(self, code)]
            for code in (COMPETENCIES, EXAMS, CERTIFICATES, CPD, YEARS)
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Evidence:
        """Read what ``to_json`` wrote.

        :raises KeyError, TypeError: if it was not written by it.
        """
        return cls(
            competencies=tuple(Attained(**row) for row in value[COMPETENCIES]),
            exams=tuple(ExamResult(**row) for row in value[EXAMS]),
            certificates=tuple(Certificate(**row) for row in value[CERTIFICATES]),
            cpd=tuple(CpdCredit(**row) for row in value[CPD]),
            years=tuple(Service(**row) for row in value[YEARS]),
        )


@dataclass(frozen=True)
class Measure:
    """What was reached and what could be: ``got`` never exceeds ``most``."""

    got: Fraction
    most: Fraction

    @property
    def share(self) -> Fraction:
        return self.got / self.most if self.most else Fraction(0)


def does_not_count(formula: Formula, evidence: Evidence, closed: date) -> list[str]:
    """The sources that stand in ``evidence`` although they must not count on ``closed``."""
    day = closed.isoformat()
    wrong = [row.source for row in evidence.competencies if not _holds(row.date, row.expires, day)]
    wrong += [row.attempt for row in evidence.exams if row.released[:10] > day]
    wrong += [
        row.credential
        for row in evidence.certificates
        if not _holds(row.issued, row.valid_until, day)
    ]
    if formula.cpd:
        since = formula.cpd.since(closed).isoformat()
        wrong += [row.record for row in evidence.cpd if not since < row.ended <= day]
    wrong += [row.since for row in evidence.years if row.since > day]
    return wrong


def _holds(since: str, until: str, day: str) -> bool:
    return since[:10] <= day and (not until or day <= until[:10])


def measure(formula: Formula, evidence: Evidence, *, closed: date) -> dict[str, Measure]:
    """Each used component of the formula, measured exactly."""
    measures = {
        COMPETENCIES: lambda: _competencies(formula, evidence.competencies),
        EXAMS: lambda: _exams(formula, evidence.exams),
        CERTIFICATES: lambda: _certificates(formula, evidence.certificates),
        CPD: lambda: _cpd(formula, evidence.cpd),
        YEARS: lambda: _years(formula, evidence.years, closed),
    }
    return {code: measures[code]() for code in formula.used}


def _competencies(formula: Formula, rows: Sequence[Attained]) -> Measure:
    attained: dict[str, int] = {}
    for row in rows:
        attained[row.competency] = max(row.level, attained.get(row.competency, 0))
    got = most = 0
    for line in formula.profile:
        factor = CRITICAL_FACTOR if line.is_critical else 1
        got += factor * min(attained.get(line.competency, 0), line.level)
        most += factor * line.level
    return Measure(Fraction(got), Fraction(most))


def _exams(formula: Formula, rows: Sequence[ExamResult]) -> Measure:
    best: dict[str, Fraction] = {}
    for row in rows:
        if row.course in formula.courses:
            best[row.course] = max(row.share, best.get(row.course, Fraction(0)))
    return Measure(sum(best.values(), Fraction(0)), Fraction(len(formula.courses)))


def _certificates(formula: Formula, rows: Sequence[Certificate]) -> Measure:
    courses = {row.course for row in rows} & set(formula.courses)
    most = formula.certificates_most
    return Measure(Fraction(min(len(courses), most)), Fraction(most))


def _cpd(formula: Formula, rows: Sequence[CpdCredit]) -> Measure:
    assert formula.cpd is not None
    minutes: dict[str, int] = {}
    for row in rows:
        minutes[row.category] = minutes.get(row.category, 0) + row.minutes
    caps = formula.cpd.caps
    counted = sum(min(total, caps.get(code, total)) for code, total in minutes.items())
    return Measure(Fraction(min(counted, formula.cpd.minutes)), Fraction(formula.cpd.minutes))


def _years(formula: Formula, rows: Sequence[Service], closed: date) -> Measure:
    periods = sorted(
        (date.fromisoformat(row.since), min(_end(row), closed))
        for row in rows
        if row.grade >= formula.grade_from
    )
    months = sum(_full_months(since, until) for since, until in _without_overlap(periods))
    most = formula.years_most * 12
    return Measure(Fraction(min(months, most)), Fraction(most))


def _end(row: Service) -> date:
    return date.fromisoformat(row.until) if row.until else date.max


def _without_overlap(periods: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    joined: list[tuple[date, date]] = []
    for since, until in periods:
        if joined and (since - joined[-1][1]).days <= 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined


def _full_months(since: date, until: date) -> int:
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(months - (1 if until.day < since.day else 0), 0)
