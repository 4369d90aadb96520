from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from hunar.kernel.calendar import ASHGABAT, end_of_day
from hunar.people.models import Person
from hunar.records import rules
from hunar.records.enums import Verb
from hunar.records.models import Statement


@dataclass(frozen=True)
class Wish:
    """How a list of statements is narrowed; empty fields narrow nothing."""

    verb: str = ""
    activity: str = ""
    since: date | None = None
    until: date | None = None


def statements_of(person: Person, *, wish: Wish | None = None) -> QuerySet[Statement]:
    """The learning facts about ``person``, newest first."""
    wish = wish or Wish()
    statements = Statement.objects.filter(person=person).order_by("-timestamp", "-id")
    if wish.verb:
        statements = statements.filter(verb=wish.verb)
    if wish.activity:
        base = settings.BASE_URL
        statements = statements.filter(object_id=rules.activity_iri(wish.activity, base=base))
    if wish.since:
        start = datetime.combine(wish.since, time(), ASHGABAT)
        statements = statements.filter(timestamp__gte=start)
    if wish.until:
        statements = statements.filter(timestamp__lte=end_of_day(wish.until))
    return statements


def statements_about(object_id: str) -> QuerySet[Statement]:
    """What everybody did with one activity, newest first."""
    iri = rules.activity_iri(object_id, base=settings.BASE_URL)
    return Statement.objects.filter(object_id=iri).order_by("-timestamp", "-id")


def verbs_of(person: Person) -> list[tuple[str, str]]:
    """The verbs that occur in her record, with their words, in the order of learning."""
    present = set(Statement.objects.filter(person=person).values_list("verb", flat=True).distinct())
    return [(value, str(label)) for value, label in Verb.choices if value in present]


def export_of(person: Person, *, wish: Wish | None = None) -> dict[str, Any]:
    """The statements as an Experience API result: ``{"statements": [...], "more": ""}``."""
    raw = statements_of(person, wish=wish).values_list("raw", flat=True)
    return {"statements": list(raw), "more": ""}


@dataclass(frozen=True)
class Line:
    """A statement as a page shows it."""

    at: datetime
    verb: str
    name: dict[str, str]
    tone: str
    percent: float | None
    seconds: int | None

    @property
    def minutes(self) -> int | None:
        return None if self.seconds is None else round(self.seconds / 60)


_WORDS: dict[str, object] = dict(Verb.choices)
_TONES: dict[str, str] = {
    Verb.PASSED: "good",
    Verb.EARNED: "good",
    Verb.COMPLETED: "good",
    Verb.FAILED: "bad",
}


def in_words(statements: Iterable[Statement]) -> list[Line]:
    """``statements`` with the verb in the page's language and the result taken apart."""
    return [_line(statement) for statement in statements]


def _line(statement: Statement) -> Line:
    result = statement.raw.get("result", {})
    duration = result.get("duration")
    # A verb of another system has no words here: its address says it in English.
    word = _WORDS.get(statement.verb) or statement.verb.rpartition("/")[2]
    return Line(
        at=statement.timestamp,
        verb=str(word),
        name=statement.raw["object"].get("definition", {}).get("name", {}),
        tone=_TONES.get(statement.verb, "neutral"),
        percent=result.get("score", {}).get("scaled"),
        seconds=rules.seconds(duration) if duration else None,
    )


@dataclass(frozen=True)
class Part:
    """Some statements, and whether more follow."""

    raw: list[dict[str, Any]]
    has_more: bool


def part_of(person: Person, *, wish: Wish, limit: int, offset: int) -> Part:
    """``limit`` statements after the first ``offset``; one query."""
    rows = statements_of(person, wish=wish).values_list("raw", flat=True)
    raw = list(rows[offset : offset + limit + 1])
    return Part(raw[:limit], len(raw) > limit)
