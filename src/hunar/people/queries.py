from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from hunar.kernel import clock
from hunar.kernel.collation import search_key
from hunar.organisations.models import Organisation, valid_on
from hunar.people.enums import Permission, Role
from hunar.people.models import Employment, Person, RoleAssignment
from hunar.people.roles import ACADEMY_WIDE, roles_allowing


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


def people_visible_to(person: Person) -> QuerySet[Person]:
    """Herself, and the present staff of organisations whose staff she may see."""
    organisations = organisations_where(person, Permission.SEE_STAFF)
    staff = Employment.objects.filter(
        ended_date__isnull=True, organisation__in=organisations.values("pk")
    )
    return Person.objects.filter(pk__in=staff.values("person_id")) | Person.objects.filter(
        pk=person.pk
    )


def matching(people: QuerySet[Person], wish: str) -> QuerySet[Person]:
    """``people`` whose name (either alphabet, marks or not) or number contains each word."""
    for word in search_key(wish).split():
        people = people.filter(search_key__contains=word)
    return people


def present_employments(people: Iterable[Person] | QuerySet[Person]) -> dict[int, Employment]:
    """The post that each of ``people`` holds now, by the person's primary key."""
    rows = Employment.objects.filter(person__in=people, ended_date__isnull=True).select_related(
        "post", "organisation", "organisation__region"
    )
    return {row.person_id: row for row in rows}


def employment_on(person: Person, day: date) -> Employment | None:
    """The post that ``person`` held on ``day``."""
    return (
        Employment.objects.filter(person=person, started_date__lte=day)
        .exclude(ended_date__lt=day)
        .select_related("post", "organisation", "organisation__region")
        .order_by("-started_date")
        .first()
    )
