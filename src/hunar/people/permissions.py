from __future__ import annotations

from collections.abc import Iterable

from hunar.kernel.errors import NotPermitted
from hunar.organisations.models import Organisation
from hunar.people import queries
from hunar.people.enums import Permission, Role
from hunar.people.errors import RoleBeyondReach, RoleNotYours
from hunar.people.models import Person, RoleAssignment
from hunar.people.roles import DELEGATED


def check(
    person: Person | None, permission: Permission, organisation: Organisation | None = None
) -> None:
    """Let pass who holds ``permission`` (for ``organisation``, if given).

    :raises NotPermitted: otherwise.
    """
    if not queries.may(person, permission, organisation):
        raise NotPermitted(permission=permission.value)


def keeps(by: Person, organisation: Organisation | None) -> bool:
    """Whether ``by`` keeps the data of the staff of ``organisation``; people without a post
    (None) are kept by any administrator."""
    return queries.may(by, Permission.MANAGE_PEOPLE, organisation)


def can_manage_person(by: Person, person: Person) -> bool:
    """Whether ``by`` keeps the data of ``person``, who holds a post or none."""
    if not queries.may(by, Permission.MANAGE_PEOPLE):
        return False
    employment = queries.present_employments([person]).get(person.pk)
    return keeps(by, employment.organisation if employment else None)


def check_can_manage_person(by: Person, person: Person) -> None:
    """:raises NotPermitted: unless ``by`` keeps the data of ``person``."""
    if not can_manage_person(by, person):
        raise NotPermitted(permission=Permission.MANAGE_PEOPLE.value)


def can_manage_account(by: Person, person: Person) -> bool:
    """Whether ``by`` may open an account for ``person`` or print a new code for it.

    Whoever can print a code can sign in as that person. So the accounts of people with
    roles that ``by`` could not grant are left to the administrator of the academy.
    """
    return (
        by.pk != person.pk
        and can_manage_person(by, person)
        and holds_only_what(by, queries.roles_of(person))
    )


def holds_only_what(by: Person, assignments: Iterable[RoleAssignment]) -> bool:
    """Whether ``by`` could grant every one of these roles."""
    return all(can_grant(by, Role(held.role), held.organisation) for held in assignments)


def check_can_manage_account(by: Person, person: Person) -> None:
    """:raises NotPermitted: unless ``by`` may open or reset the account of ``person``."""
    if not can_manage_account(by, person):
        raise NotPermitted(permission=Permission.MANAGE_PEOPLE.value)


def can_grant(by: Person, role: Role, organisation: Organisation) -> bool:
    """The administrator grants all roles; an organisation's own those of ``DELEGATED``."""
    if queries.may(by, Permission.ADMINISTER):
        return True
    return role in DELEGATED and queries.may(by, Permission.MANAGE_PEOPLE, organisation)


def check_can_grant(by: Person, role: Role, organisation: Organisation, to: Person) -> None:
    """:raises RoleNotYours: if ``by`` would grant or end a role of her own.
    :raises RoleBeyondReach: if only the administrator may grant it.
    """
    if by.pk == to.pk:
        raise RoleNotYours
    if not can_grant(by, role, organisation):
        raise RoleBeyondReach


def judge(person: Person, permission: str, organisation: Organisation | None) -> bool:
    """The answer that rooms below this one get through ``kernel.access``."""
    return queries.may(person, Permission(permission), organisation)
