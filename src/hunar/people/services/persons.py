from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hunar.audit import services as audit
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.errors import NotFound
from hunar.kernel.names import passport_form
from hunar.kernel.signing import digest
from hunar.people import permissions, queries
from hunar.people.enums import Permission
from hunar.people.errors import NothingToCorrect, PersonnelNumberTaken, PossibleDuplicate
from hunar.people.models import Person, PersonVersion
from hunar.people.services.employments import employ

FACTS = (
    "family",
    "given",
    "patronymic",
    "family_cyrillic",
    "given_cyrillic",
    "patronymic_cyrillic",
    "family_passport",
    "given_passport",
    "sex",
    "birth_date",
    "personnel_number",
    "email",
    "phone",
)
"""What a correction may change. The language is the person's own choice."""


_MAY_BE_UNKNOWN = {"birth_date", "personnel_number"}


@transaction.atomic
def create_person(
    facts: Mapping[str, Any], *, by: Person, at: datetime, is_somebody_else: bool = False
) -> Person:
    """Make a person known, once; the passport form is proposed where none was given.

    :param facts: values for names of ``FACTS`` and ``language``.
    :param is_somebody_else: the doer compared the people who look alike and says so.
    :raises NotPermitted: if ``by`` keeps no personal data anywhere.
    :raises PersonnelNumberTaken: if the number belongs to somebody.
    :raises PossibleDuplicate: if somebody looks alike and ``is_somebody_else`` is not said.
    """
    permissions.check(by, Permission.MANAGE_PEOPLE)
    person = Person(**_cleaned(facts), language=facts.get("language") or "tk")
    _require_free_number(person)
    alike = queries.possible_duplicates(
        family=person.family, given=person.given, birth_date=person.birth_date
    )
    if alike and not is_somebody_else:
        raise PossibleDuplicate(people="; ".join(str(other) for other in alike))
    person.family_passport = person.family_passport or passport_form(person.family)
    person.given_passport = person.given_passport or passport_form(person.given)
    person.save(force_insert=True)
    audit.record(
        "people.person.created",
        subject=person,
        by=by,
        at=at,
        details={"alike": [other.ref for other in alike]},
    )
    return person


@transaction.atomic
def take_on(facts: Mapping[str, Any], *, by: Person, at: datetime) -> Person:
    """Make a person known and, where ``post`` and ``started_date`` are given, employ her.

    :param facts: as for ``create_person``, with ``is_somebody_else``.
    :raises: what ``create_person`` and ``employ`` raise; then nothing is kept.
    """
    person = create_person(
        facts, by=by, at=at, is_somebody_else=bool(facts.get("is_somebody_else"))
    )
    if facts.get("post"):
        employ(person, post=facts["post"], started_date=facts["started_date"], by=by, at=at)
    return person


@transaction.atomic
def correct_person(
    person: Person, facts: Mapping[str, Any], *, reason: str, by: Person, at: datetime
) -> PersonVersion:
    """Put right what is known about ``person``; what stood there before is kept.

    The record in the log names the fields, never the values.

    :raises NotPermitted: if ``by`` does not keep the data of ``person``.
    :raises NothingToCorrect: if all values are as before.
    :raises PersonnelNumberTaken: if the new number belongs to somebody else.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    permissions.check_can_manage_person(by, person)
    before = facts_of(person)
    for field, value in _cleaned(facts).items():
        setattr(person, field, value)
    changed = sorted(field for field in FACTS if facts_of(person)[field] != before[field])
    if not changed:
        raise NothingToCorrect
    _require_free_number(person)
    person.save()
    version = PersonVersion.objects.create(
        person=person,
        number=person.versions.count() + 1,
        facts=before,
        reason=reason,
        corrected_by=by,
        at=at,
    )
    audit.record(
        "people.person.corrected",
        subject=person,
        by=by,
        at=at,
        details={"fields": changed, "version": version.number, "before_sha256": digest(before)},
    )
    return version


def open_dossier(number: int, *, by: Person, at: datetime) -> Person:
    """The person with that primary key, for ``by`` to read.

    That somebody else opened the dossier is remembered; once a day is enough.

    :raises NotFound: if ``by`` may not know of her.
    """
    person = queries.people_within_reach(by).filter(pk=number).first()
    if person is None:
        raise NotFound
    day = at.astimezone(ASHGABAT).date()
    if by.pk != person.pk and not queries.has_opened(by, person, on=day):
        audit.record("people.dossier.opened", subject=person, by=by, at=at)
    return person


def facts_of(person: Person) -> dict[str, Any]:
    """What is known about ``person``, ready for JSON."""
    values = {field: getattr(person, field) for field in FACTS}
    birth_date: date | None = person.birth_date
    return values | {"birth_date": birth_date.isoformat() if birth_date else None}


def _cleaned(facts: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = {
        field: facts[field]
        for field in FACTS
        if field in facts and (facts[field] is not None or field in _MAY_BE_UNKNOWN)
    }
    if "personnel_number" in cleaned:
        # Unique, so "none" is NULL and never an empty text.
        cleaned["personnel_number"] = cleaned["personnel_number"] or None
    return cleaned


def _require_free_number(person: Person) -> None:
    number = person.personnel_number
    if number and Person.objects.filter(personnel_number=number).exclude(pk=person.pk).exists():
        raise PersonnelNumberTaken(number=number)
