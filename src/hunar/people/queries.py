from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from hunar.audit import queries as audit
from hunar.kernel import clock
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.collation import search_key
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.organisations.models import Organisation, valid_on
from hunar.people.enums import Permission, Role
from hunar.people.models import Account, Employment, Person, PersonVersion, RoleAssignment
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


STAFF_ORDERS = {
    "name": "person__sort_key",
    "post": "post__search_key",
    "organisation": "organisation__sort_key",
    "grade": "post__grade",
    "since": "started_date",
}
"""What a staff list can be sorted by: ``name`` or, downwards, ``-name``."""


def staff_visible_to(
    person: Person,
    *,
    wish: str = "",
    organisation: str = "",
    role_group: str = "",
    sex: str = "",
    order: str = "name",
) -> QuerySet[Employment]:
    """Present employments at the organisations whose staff ``person`` may see.

    :param wish: words of the name (either alphabet, with or without marks) or the number.
    :param organisation: the code of one organisation, with its units.
    :param order: a key of ``STAFF_ORDERS``, with a minus for downwards.
    """
    staff = Employment.objects.filter(
        ended_date__isnull=True,
        organisation__in=organisations_where(person, Permission.SEE_STAFF).values("pk"),
    )
    for word in search_key(wish).split():
        staff = staff.filter(person__search_key__contains=word)
    if organisation:
        staff = staff.filter(
            Q(organisation__code=organisation) | Q(organisation__parent__code=organisation)
        )
    if role_group:
        staff = staff.filter(post__role_group=role_group)
    if sex:
        staff = staff.filter(person__sex=sex)
    column = STAFF_ORDERS.get(order.removeprefix("-"), "person__sort_key")
    direction = "-" if order.startswith("-") else ""
    return staff.select_related("person", "post", "organisation", "organisation__region").order_by(
        f"{direction}{column}", "person__sort_key", "person_id"
    )


def possible_duplicates(
    *, family: str, given: str, birth_date: date | None, personnel_number: str = ""
) -> list[Person]:
    """People with the same folded name and birth date (in either alphabet), or the number."""
    alike = Q(pk__in=[])
    if personnel_number:
        alike |= Q(personnel_number=personnel_number)
    if family and given:
        same = Q()
        for word in search_key(family, given).split():
            same &= Q(search_key__contains=word)
        # An unknown birth date may be the same one.
        same &= Q(birth_date=birth_date) | Q(birth_date__isnull=True) if birth_date else Q()
        alike |= same
    return list(Person.objects.filter(alike).order_by("sort_key", "id")[:10])


@dataclass(frozen=True)
class Opening:
    """That somebody opened a dossier."""

    at: datetime
    by: str


_OPENED = "people.dossier.opened"


def openings_of(person: Person, *, limit: int = 20) -> list[Opening]:
    """Who opened the dossier of ``person``, newest first."""
    rows = list(
        audit.entries_about(person.ref)
        .filter(act=_OPENED)
        .order_by("-id")
        .values_list("at", "actor_ref")[:limit]
    )
    names = names_by_ref(ref for _, ref in rows)
    return [Opening(at, names.get(ref, ref)) for at, ref in rows]


def has_opened(by: Person, person: Person, *, on: date) -> bool:
    """Whether ``by`` opened the dossier of ``person`` on that day already."""
    last = (
        audit.entries_about(person.ref)
        .filter(act=_OPENED, actor_ref=by.ref)
        .order_by("-id")
        .values_list("at", flat=True)
        .first()
    )
    return last is not None and last.astimezone(ASHGABAT).date() == on


def names_by_ref(refs: Iterable[str]) -> dict[str, str]:
    """The full names behind people's ids for paper; other refs are left out."""
    numbers = {}
    for ref in set(refs):
        try:
            read = read_paper_id(ref)
        except UnreadablePaperId:
            continue
        if read.prefix == Person.PREFIX:
            numbers[read.number] = ref
    people = Person.objects.filter(pk__in=numbers)
    return {numbers[person.pk]: person.name.full for person in people}


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def employments_of(person: Person) -> QuerySet[Employment]:
    """Her posts, the present one first."""
    return person.employments.select_related(
        "post", "organisation", "organisation__region", "supervisor"
    ).order_by("-started_date", "-id")


def assignments_of(person: Person) -> QuerySet[RoleAssignment]:
    """Her roles, past ones too, the newest first."""
    return person.role_assignments.select_related("organisation", "granted_by").order_by(
        "-valid_from", "-id"
    )


def versions_of(person: Person) -> QuerySet[PersonVersion]:
    """Corrections of what is known about her, newest first."""
    return person.versions.select_related("corrected_by").order_by("-number")


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


def organisations_with_staff_for(person: Person) -> list[tuple[str, str]]:
    """Code and title of the organisations whose staff ``person`` may see, for a choice."""
    rows = organisations_where(person, Permission.SEE_STAFF).order_by("sort_key")
    return [(row.code, str(row)) for row in rows]
