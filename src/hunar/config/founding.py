"""The first hour of a real academy: what ``hunar init`` writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hunar.audit import services as audit
from hunar.audit.keys import academy_key
from hunar.competencies import services as competencies
from hunar.kernel import services as kernel
from hunar.kernel.errors import RuleViolation
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.models import Organisation
from hunar.people.enums import Role
from hunar.people.models import Account, Person, RoleAssignment


class AlreadyFounded(RuleViolation):
    """There is an academy in this database."""

    code = "academy-already-founded"
    message = _("This database already holds an academy.")
    remedy = _("Choose another HUNAR_DATA_DIR or database, or use what is there.")


class WeakPassword(RuleViolation):
    """The password of the administrator is too short or too common."""

    code = "password-weak"
    message = _("The password is not accepted: %(why)s")
    remedy = _("Take a sentence of at least 15 signs.")


@dataclass(frozen=True)
class Administrator:
    family: str
    given: str
    sex: str
    login: str
    password: str


@transaction.atomic
def found(
    *,
    names: dict[str, str],
    language: str,
    administrator: Administrator,
    years: Iterable[int],
    at: datetime,
) -> Organisation:
    """Found an academy: its organisation, calendar, competency spine and administrator.

    :raises AlreadyFounded: if the database is not empty.
    :raises WeakPassword: naming what the password lacks.
    """
    if Organisation.objects.exists():
        raise AlreadyFounded
    try:
        validate_password(administrator.password)
    except ValidationError as problem:
        raise WeakPassword(why=" ".join(problem.messages)) from None
    academy_key()
    kernel.choose("academy.name", names)
    kernel.choose("academy.language", language)
    kernel.propose_holidays(years=years)
    academy = Organisation.objects.create(
        code="academy", kind=OrganisationKind.ACADEMY, title=names, valid_from=at.date()
    )
    person = _appoint(administrator, academy, language=language, since=at.date())
    competencies.load_spine(by=person, at=at)
    audit.record("config.academy.founded", subject=academy, by=person, at=at)
    return academy


def _appoint(who: Administrator, academy: Organisation, *, language: str, since: date) -> Person:
    person = Person.objects.create(
        family=who.family,
        given=who.given,
        sex=who.sex,
        language=language,
        personnel_number=who.login if who.login.isdigit() else None,
    )
    Account.objects.create_superuser(who.login, who.password, person=person)
    for role in (Role.ADMINISTRATOR, Role.PROGRAMME_OFFICER):
        RoleAssignment.objects.create(
            person=person, role=role, organisation=academy, valid_from=since
        )
    return person
