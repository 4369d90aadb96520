"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from datetime import date

from hunar.cpd.models import Policy, Record
from hunar.kernel.clock import now
from hunar.people.models import Person


def make_policy(
    *, code: str = "digital", grade_from: int = 1, grade_to: int = 10, total: int = 3600
) -> Policy:
    return Policy.objects.create(
        code=code,
        title={"tk": code, "ru": code, "en": code},
        grade_from=grade_from,
        grade_to=grade_to,
        total_minutes=total,
        annual_minutes=900,
        category_minutes={"cyber": 600},
        category_caps={"self-study": 600},
        carry_over_minutes=300,
        valid_from=date(2025, 1, 1),
    )


def make_record(
    *,
    person: Person,
    minutes: int = 1440,
    category: str = "cyber",
    state: str = Record.State.VERIFIED,
    ended: date = date(2025, 12, 5),
    source_ref: str = "",
) -> Record:
    return Record.objects.create(
        person=person,
        title={"tk": "Okuw", "ru": "Курс", "en": "Course"},
        category=category,
        minutes=minutes,
        started_date=ended,
        ended_date=ended,
        state=state,
        source_ref=source_ref,
        recorded_at=now(),
    )
