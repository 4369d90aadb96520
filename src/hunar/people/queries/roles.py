from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hunar.kernel import clock
from hunar.kernel.collation import search_key
from hunar.organisations.models import Organisation, valid_on
from hunar.people.enums import Permission, Role
from hunar.people.models import Person, RoleAssignment
from hunar.people.roles import ACADEMY_WIDE, ALLOWS, DELEGATED, roles_allowing


def roles_of(person: Person, *, on: date | None = None) -> list[RoleAssignment]:
    """The roles that ``person`` holds today, read once per request (kept on the object)."""
    if on is not None:
        return list(_assignments(person, on))
    kept: list[RoleAssignment] | None = person.__dict__.get("_roles_today")
    if kept is None:
        kept = list(_assignments(person, clock.today()))
        person.__dict__["_roles_today"] = kept
    return kept


def _assignments(person: Person, day: date) -> QuerySet[RoleAssignment]:
    return (
        RoleAssignment.objects.filter(valid_on(day), person=person)
        .select_related("organisation")
        .order_by("organisation__sort_key", "role")
    )


def has_role(person: Person | None, *roles: Role) -> bool:
    """Whether ``person`` holds one of ``roles`` anywhere today."""
    return person is not None and any(held.role in roles for held in roles_of(person))


def may(
    person: Person | None, permission: Permission, organisation: Organisation | None = None
) -> bool:
    """Whether a role of ``person`` allows ``permission`` (for ``organisation``, if given)."""
    if person is None:
        return False
    allowing = roles_allowing(permission)
    held = [role for role in roles_of(person) if role.role in allowing]
    if organisation is None:
        return bool(held)
    reach = {organisation.pk, organisation.parent_id}
    return any(role.role in ACADEMY_WIDE or role.organisation_id in reach for role in held)


def organisations_where(person: Person, permission: Permission) -> QuerySet[Organisation]:
    """The organisations (with their units) for which ``person`` holds ``permission``."""
    allowing = roles_allowing(permission)
    held = [role for role in roles_of(person) if role.role in allowing]
    if any(role.role in ACADEMY_WIDE for role in held):
        return Organisation.objects.all()
    ids = {role.organisation_id for role in held}
    return Organisation.objects.filter(pk__in=ids) | Organisation.objects.filter(parent_id__in=ids)


def people_holding(
    role: Role, *, organisation: Organisation | None = None, on: date | None = None
) -> QuerySet[Person]:
    """Who holds ``role`` (for ``organisation``, if given)."""
    assignments = RoleAssignment.objects.filter(valid_on(on or clock.today()), role=role)
    if organisation:
        assignments = assignments.filter(organisation=organisation)
    return Person.objects.filter(pk__in=assignments.values("person_id"))


def assignments_visible_to(
    person: Person, *, on: date, wish: str = "", role: str = ""
) -> QuerySet[RoleAssignment]:
    """Who holds which role today, in the organisations whose people ``person`` manages."""
    organisations = organisations_where(person, Permission.MANAGE_PEOPLE)
    assignments = RoleAssignment.objects.filter(
        valid_on(on), organisation__in=organisations.values("pk")
    )
    for word in search_key(wish).split():
        assignments = assignments.filter(person__search_key__contains=word)
    if role:
        assignments = assignments.filter(role=role)
    return assignments.select_related("person", "organisation", "granted_by").order_by(
        "organisation__sort_key", "role", "person__sort_key"
    )


def roles_grantable_by(person: Person) -> list[Role]:
    """The roles that ``person`` may grant somewhere."""
    if may(person, Permission.ADMINISTER):
        return list(Role)
    if may(person, Permission.MANAGE_PEOPLE):
        return [role for role in Role if role in DELEGATED]
    return []


@dataclass(frozen=True)
class Power:
    """One line of "who may do what": an act, and for each role whether it allows it."""

    permission: Permission
    allowed: list[bool]


@dataclass(frozen=True)
class Powers:
    """The whole table, made from ``people.roles``."""

    roles: list[Role]
    lines: list[Power]
    academy_wide: list[Role]
    delegated: list[Role]

    @property
    def by_role(self) -> list[tuple[Role, list[Permission]]]:
        """The same table, read role by role."""
        return [
            (role, [line.permission for line in self.lines if line.allowed[place]])
            for place, role in enumerate(self.roles)
        ]


def powers() -> Powers:
    """Which role allows what, ready to be shown."""
    roles = list(ALLOWS)
    return Powers(
        roles=roles,
        lines=[
            Power(permission, [permission in ALLOWS[role] for role in roles])
            for permission in Permission
        ],
        academy_wide=[role for role in roles if role in ACADEMY_WIDE],
        delegated=[role for role in roles if role in DELEGATED],
    )
