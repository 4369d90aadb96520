"""What counts, what is owed, what is missing: plain functions over recorded minutes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """Where a person stands in her cycle."""

    FULFILLED = "fulfilled"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    MISSED = "missed"
    NO_POLICY = "no-policy"


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A policy's figures, in minutes; categories by code."""

    code: str
    starts: date
    cycle_years: int
    total: int
    annual: int = 0
    least: Mapping[str, int] | None = None
    most: Mapping[str, int] | None = None
    carry_over: int = 0


@dataclass(frozen=True)
class Activity:
    """Verified minutes of one record."""

    ref: str
    category: str
    minutes: int
    ended: date


@dataclass(frozen=True)
class CategoryLine:
    """One category in a cycle: recorded, counted after the cap, least asked for."""

    category: str
    recorded: int
    counted: int
    least: int

    @property
    def missing(self) -> int:
        return max(self.least - self.counted, 0)


@dataclass(frozen=True, kw_only=True)
class Balance:
    """A person's account in the cycle that holds a day; everything in minutes."""

    cycle_start: date
    cycle_end: date
    owed: int
    carried: int
    counted: int
    this_year: int
    annual: int
    lines: tuple[CategoryLine, ...]
    expected: int
    standing: Standing

    @property
    def total(self) -> int:
        """What stands on the credit side: counted in the cycle and carried over."""
        return self.counted + self.carried

    @property
    def missing(self) -> int:
        """What is still owed, with the categories that lack minutes."""
        return max(self.owed - self.total, sum(line.missing for line in self.lines), 0)

    @property
    def missing_this_year(self) -> int:
        return max(self.annual - self.this_year, 0)


def anniversary(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def cycle_of(terms: Terms, day: date) -> tuple[date, date]:
    """First and last day of the cycle that holds ``day`` (the first cycle, for days before)."""
    start = terms.starts
    while anniversary(start, terms.cycle_years) <= day:
        start = anniversary(start, terms.cycle_years)
    return start, anniversary(start, terms.cycle_years) - timedelta(days=1)


def balance(terms: Terms, activities: Iterable[Activity], *, on: date) -> Balance:
    """The account on a day: caps applied by category, excess of the last cycle carried over.

    Activities that ended after ``on`` do not count yet. Whoever has reached her share of the
    elapsed cycle (rounded down to whole days) is on track.
    """
    activities = [activity for activity in activities if activity.ended <= on]
    start, end = cycle_of(terms, on)
    lines = _lines(terms, activities, start, end)
    counted = sum(line.counted for line in lines)
    carried = _carried(terms, activities, start)
    length = (end - start).days + 1
    elapsed = min(max((on - start).days + 1, 0), length)
    expected = terms.total * elapsed // length
    year_start = date(on.year, 1, 1)
    this_year = sum(line.counted for line in _lines(terms, activities, max(start, year_start), on))
    return Balance(
        cycle_start=start,
        cycle_end=end,
        owed=terms.total,
        carried=carried,
        counted=counted,
        this_year=this_year,
        annual=terms.annual,
        lines=tuple(lines),
        expected=expected,
        standing=_standing(terms, lines, counted + carried, expected, is_over=on >= end),
    )


def _lines(
    terms: Terms, activities: Iterable[Activity], first: date, last: date
) -> list[CategoryLine]:
    recorded: dict[str, int] = dict.fromkeys(terms.least or {}, 0)
    for activity in activities:
        if first <= activity.ended <= last:
            recorded[activity.category] = recorded.get(activity.category, 0) + activity.minutes
    caps = terms.most or {}
    return [
        CategoryLine(
            category,
            minutes,
            min(minutes, caps.get(category, minutes)),
            (terms.least or {}).get(category, 0),
        )
        for category, minutes in sorted(recorded.items())
    ]


def _carried(terms: Terms, activities: Iterable[Activity], start: date) -> int:
    if start == terms.starts or not terms.carry_over:
        return 0
    first = anniversary(start, -terms.cycle_years)
    lines = _lines(terms, activities, first, start - timedelta(days=1))
    excess = sum(line.counted for line in lines) - terms.total
    return max(min(excess, terms.carry_over), 0)


def _standing(
    terms: Terms, lines: Iterable[CategoryLine], total: int, expected: int, *, is_over: bool
) -> Standing:
    is_complete = total >= terms.total and not any(line.missing for line in lines)
    if is_complete:
        return Standing.FULFILLED
    if is_over:
        return Standing.MISSED
    return Standing.ON_TRACK if total >= expected else Standing.BEHIND


@dataclass(frozen=True)
class Line:
    """One sentence of the explanation: its code, the category it is about, the minutes."""

    code: str
    minutes: int
    category: str = ""


def explanation(balance: Balance) -> list[Line]:
    """Why the account stands as it does, in the order in which it was computed."""
    lines = [Line("recorded", sum(line.recorded for line in balance.lines))]
    lines += [
        Line("capped", line.recorded - line.counted, line.category)
        for line in balance.lines
        if line.recorded > line.counted
    ]
    if balance.carried:
        lines.append(Line("carried", balance.carried))
    lines.append(Line("counts", balance.total))
    lines += [
        Line("category-missing", line.missing, line.category)
        for line in balance.lines
        if line.missing
    ]
    if balance.missing_this_year:
        lines.append(Line("year-missing", balance.missing_this_year))
    if balance.standing in (Standing.BEHIND, Standing.ON_TRACK):
        lines.append(Line("expected", balance.expected))
    lines.append(Line("missing", balance.missing))
    return lines


def audit_sample(refs: Iterable[str], *, seed: str, percent: int) -> list[str]:
    """The records that are looked at again: ``percent`` of them, rounded up, by a seed.

    Each ref is hashed with the seed and the smallest hashes are drawn, so that anybody with
    the seed and the list draws the same, in whatever order the list stands.
    """
    drawn = sorted(set(refs), key=lambda ref: hashlib.sha256(f"{seed}:{ref}".encode()).digest())
    return drawn[: -(-len(drawn) * percent // 100)]


def balance_facts(balance: Balance) -> dict[str, object]:
    """The figures of a balance as a signed statement holds them."""
    return {
        "cycle": [balance.cycle_start.isoformat(), balance.cycle_end.isoformat()],
        "owed": balance.owed,
        "counted": balance.counted,
        "carried": balance.carried,
        "missing": balance.missing,
        "this_year": balance.this_year,
        "standing": balance.standing.value,
    }


EVIDENCE_KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
EVIDENCE_BYTES = 10 * 1024 * 1024


def evidence_kind(head: bytes) -> str | None:
    """``pdf``, ``jpg`` or ``png`` by a file's first bytes; None for anything else."""
    return next((kind for magic, kind in EVIDENCE_KINDS.items() if head.startswith(magic)), None)
