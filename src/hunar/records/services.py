from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction

from hunar.kernel.text import in_all_languages
from hunar.people.models import Person
from hunar.records import rules
from hunar.records.enums import Verb
from hunar.records.models import Statement


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One learning fact before it is written down.

    ``object_id`` is an address, or a path below the academy's own; ``object_name`` has
    one text per language; ``result`` and ``context`` are as in the Experience API.
    """

    person: Person
    verb: Verb
    object_id: str
    object_name: Mapping[str, str]
    at: datetime
    result: Mapping[str, Any] | None = None
    context: Mapping[str, Any] | None = None


def record(
    person: Person,
    *,
    verb: Verb,
    object_id: str,
    object_name: Mapping[str, str],
    at: datetime,
    result: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
) -> Statement:
    """Write down that ``person`` did something with an activity; returns the statement.

    :raises StatementMalformed: if the result or context break the specification.
    """
    fact = Fact(
        person=person,
        verb=verb,
        object_id=object_id,
        object_name=object_name,
        at=at,
        result=result,
        context=context,
    )
    statement = _statement(fact)
    statement.save(force_insert=True)
    return statement


@transaction.atomic
def record_many(facts: Iterable[Fact]) -> list[Statement]:
    """Write down many facts at once: all of them, or none.

    :raises StatementMalformed: if one of them breaks the specification.
    """
    return Statement.objects.bulk_create([_statement(fact) for fact in facts], batch_size=500)


def _statement(fact: Fact) -> Statement:
    id = rules.uuid7(fact.at)
    home = settings.BASE_URL
    object_id = rules.activity_iri(fact.object_id, base=home)
    raw = rules.statement(
        id=id,
        actor=fact.person.ref,
        home=home,
        verb=fact.verb.value,
        verb_names=_verb_names(fact.verb),
        object_id=object_id,
        object_names=fact.object_name,
        at=fact.at,
        # The fact is written in the same transaction as the act that it tells.
        stored_at=fact.at,
        result=fact.result,
        context=fact.context,
    )
    return Statement(
        id=id,
        person=fact.person,
        verb=fact.verb.value,
        object_id=object_id,
        timestamp=fact.at,
        stored=fact.at,
        raw=raw,
    )


@cache
def _verb_names(verb: Verb) -> dict[str, str]:
    return {**in_all_languages(verb.label), "en": verb.word}
