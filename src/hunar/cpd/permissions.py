from __future__ import annotations

from hunar.cpd.errors import OwnClaim
from hunar.cpd.models import Record
from hunar.people import permissions
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person


def can_verify(person: Person | None) -> bool:
    return people.may(person, Permission.VERIFY_CPD)


def check_can_verify(person: Person | None) -> None:
    """:raises NotPermitted: if the person decides no claims."""
    permissions.check(person, Permission.VERIFY_CPD)


def check_can_decide(person: Person, record: Record) -> None:
    """:raises NotPermitted: if the person decides no claims.
    :raises OwnClaim: if it is her own.
    """
    check_can_verify(person)
    if record.person_id == person.pk:
        raise OwnClaim


def can_see_staff(person: Person | None) -> bool:
    return people.may(person, Permission.SEE_STAFF)


def check_can_see_staff(person: Person | None) -> None:
    """:raises NotPermitted: if the person sees nobody's balance but her own."""
    permissions.check(person, Permission.SEE_STAFF)


def can_adopt(person: Person | None) -> bool:
    """Put policies into force: who verifies, and administrators."""
    return can_verify(person) or people.may(person, Permission.ADMINISTER)


def check_can_adopt(person: Person | None) -> None:
    """:raises NotPermitted: if the person puts no policies into force."""
    if not can_adopt(person):
        permissions.check(person, Permission.VERIFY_CPD)
