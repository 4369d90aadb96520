"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hunar.people.models import Person
from hunar.people.tests.makers import make_person
from hunar.records import services
from hunar.records.enums import Verb
from hunar.records.models import Statement

NOON = datetime(2025, 12, 2, 7, tzinfo=UTC)


def make_statement(
    *,
    person: Person | None = None,
    verb: Verb = Verb.COMPLETED,
    object_id: str = "learn/lessons/1/",
    at: datetime = NOON,
    result: dict[str, Any] | None = None,
) -> Statement:
    return services.record(
        person or make_person(),
        verb=verb,
        object_id=object_id,
        object_name={"tk": "Sapak", "ru": "Урок", "en": "Lesson"},
        at=at,
        result=result,
    )
