"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.test import Client

from hunar.organisations.enums import OrganisationKind
from hunar.organisations.models import Organisation, Post
from hunar.organisations.tests.makers import make_organisation, make_post
from hunar.people.enums import Role, Sex
from hunar.people.models import Account, Employment, Person, RoleAssignment

_numbers = count(1)


def make_person(
    *,
    family: str = "",
    given: str = "Maral",
    sex: str = Sex.FEMALE,
    birth_date: date | None = date(1990, 5, 1),
    email: str = "",
    language: str = "en",
    role: Role | None = None,
    organisation: Organisation | None = None,
) -> Person:
    """A person, with ``role`` at ``organisation`` (default: an academy of her own) if given."""
    number = next(_numbers)
    person = Person.objects.create(
        family=family or f"Annaýewa{number}",
        given=given,
        sex=sex,
        birth_date=birth_date,
        personnel_number=f"{number:07d}",
        email=email,
        language=language,
    )
    if role:
        give_role(person, role, organisation)
    return person


def give_role(person: Person, role: Role, organisation: Organisation | None = None) -> None:
    RoleAssignment.objects.create(
        person=person,
        role=role,
        organisation=organisation or make_organisation(kind=OrganisationKind.ACADEMY),
        valid_from=date(2020, 1, 1),
    )


def make_employment(
    *,
    person: Person | None = None,
    post: Post | None = None,
    organisation: Organisation | None = None,
    since: date = date(2022, 1, 1),
) -> Employment:
    post = post or make_post(organisation=organisation)
    return Employment.objects.create(
        person=person or make_person(),
        post=post,
        organisation=post.organisation,
        started_date=since,
    )


def sign_in(client: Client, person: Person) -> Client:
    account, _ = Account.objects.get_or_create(
        person=person, defaults={"login": person.personnel_number or person.ref}
    )
    client.force_login(account)
    client.cookies["language"] = person.language
    return client
