from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from hunar.kernel.collation import search_key
from hunar.organisations.models import Organisation
from hunar.people.enums import Permission, Sex
from hunar.people.models import Employment, Person
from hunar.people.queries.roles import may, organisations_where


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


def people_within_reach(person: Person) -> QuerySet[Person]:
    """Whose dossier ``person`` may open: the people she may see and, where she keeps people
    at all, those who hold no post now (so that they can be taken on)."""
    visible = people_visible_to(person)
    if not may(person, Permission.MANAGE_PEOPLE):
        return visible
    employed = Employment.objects.filter(ended_date__isnull=True)
    return visible | Person.objects.exclude(pk__in=employed.values("person_id"))


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


@dataclass(frozen=True)
class StaffSummary:
    """How many people an officer looks after, and how they can sign in."""

    people: int
    women: int
    with_account: int

    @property
    def without_account(self) -> int:
        return self.people - self.with_account

    @property
    def share_of_women(self) -> float:
        return self.women / self.people if self.people else 0.0


def staff_summary(person: Person) -> StaffSummary:
    """The present staff of the organisations whose staff ``person`` may see, in one query."""
    counts = (
        staff_visible_to(person)
        .order_by()
        .aggregate(
            people=Count("pk"),
            women=Count("pk", filter=Q(person__sex=Sex.FEMALE)),
            with_account=Count("pk", filter=Q(person__account__is_active=True)),
        )
    )
    return StaffSummary(**counts)


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


def alike_with_posts(person: Person) -> list[tuple[Person, Employment | None]]:
    """Those who look like ``person`` (who is not known yet), with the post that they hold."""
    alike = possible_duplicates(
        family=person.family,
        given=person.given,
        birth_date=person.birth_date,
        personnel_number=person.personnel_number or "",
    )
    posts = present_employments(alike)
    return [(other, posts.get(other.pk)) for other in alike]


def organisations_with_staff_for(person: Person) -> list[tuple[str, str]]:
    """Code and title of the organisations whose staff ``person`` may see, for a choice."""
    rows = organisations_where(person, Permission.SEE_STAFF).order_by("sort_key")
    return [(row.code, str(row)) for row in rows]


def organisation_managed_by(person: Person, code: str | None = "") -> Organisation | None:
    """Where ``person`` enters new people: the chosen organisation, else her first."""
    managed = organisations_where(person, Permission.MANAGE_PEOPLE).order_by(
        "parent_id", "sort_key"
    )
    return (managed.filter(code=code) if code else managed).first()
