from __future__ import annotations

from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hunar.kernel.collation import search_key
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.models import FormerTitle, Organisation, Post, Region, valid_on

ORDERS = {"title": "sort_key", "staff": "staff_count", "kind": "kind", "region": "region__order"}
"""What the list can be sorted by: ``staff`` or, downwards, ``-staff``."""


def organisations(
    *,
    on: date,
    wish: str = "",
    kind: str = "",
    region: str = "",
    order: str = "title",
    with_closed: bool = False,
) -> QuerySet[Organisation]:
    """Institutions (without their units) with ``staff_count``, in Turkmen order.

    Everybody who has signed in may see them. ``staff_count`` counts the people who hold
    a post there or in a unit.
    """
    found = Organisation.objects.filter(parent__isnull=True)
    if not with_closed:
        found = found.filter(valid_on(on))
    for word in search_key(wish).split():
        found = found.filter(search_key__contains=word)
    if kind:
        found = found.filter(kind=kind)
    if region:
        found = found.filter(region__code=region)
    column = ORDERS.get(order.removeprefix("-"), "sort_key")
    direction = "-" if order.startswith("-") else ""
    return (
        found.select_related("region")
        .annotate(staff_count=_staff_count())
        .order_by(f"{direction}{column}", "sort_key", "id")
    )


def _staff_count() -> Coalesce:
    # ``employments`` is the relation of ``people``, which stands above this room.
    here_or_in_a_unit = Q(pk=OuterRef("pk")) | Q(parent=OuterRef("pk"))
    counted = (
        Organisation.objects.filter(here_or_in_a_unit)
        .order_by()
        .annotate(whole=OuterRef("pk"))
        .values("whole")
        .annotate(
            present=Count(
                "employments",
                filter=Q(employments__isnull=False, employments__ended_date__isnull=True),
            )
        )
        .values("present")
    )
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def organisation(pk: int) -> QuerySet[Organisation]:
    """One organisation or unit, with its region and parent."""
    return Organisation.objects.filter(pk=pk).select_related("region", "parent")


def by_code(code: str) -> QuerySet[Organisation]:
    """One organisation or unit by its code."""
    return Organisation.objects.filter(code=code).select_related("region", "parent")


def units_of(organisation: Organisation) -> QuerySet[Organisation]:
    """Its units, the open ones first."""
    return organisation.units.order_by("valid_to", "sort_key")


def posts_of(organisation: Organisation) -> QuerySet[Post]:
    """Its staffing table with ``holder_count``: how many hold each post now."""
    return (
        Post.objects.filter(organisation=organisation)
        .annotate(
            holder_count=Count(
                "holders", filter=Q(holders__isnull=False, holders__ended_date__isnull=True)
            )
        )
        .order_by("-grade", "code")
    )


def post(pk: int) -> QuerySet[Post]:
    return Post.objects.filter(pk=pk).select_related("organisation", "organisation__parent")


def former_titles_of(organisation: Organisation) -> QuerySet[FormerTitle]:
    """What it was called before, newest first."""
    return organisation.former_titles.order_by("-valid_to")


def title_on(organisation: Organisation, day: date) -> dict[str, str]:
    """What it was called on ``day``."""
    former = organisation.former_titles.filter(valid_on(day)).first()
    title: dict[str, str] = former.title if former else organisation.title
    return title


def regions(*, on: date) -> QuerySet[Region]:
    """The regions that are valid, with ``organisation_count``."""
    return (
        Region.objects.filter(valid_on(on))
        .select_related("parent")
        .annotate(
            organisation_count=Count(
                "organisations",
                filter=Q(organisations__parent__isnull=True, organisations__valid_to__isnull=True),
            )
        )
        .order_by("order", "code")
    )


def kinds() -> list[tuple[str, str]]:
    """The kinds of institution, for a choice."""
    return [
        (value, str(label))
        for value, label in OrganisationKind.choices
        if value != OrganisationKind.UNIT
    ]


def academy() -> Organisation | None:
    """The academy itself: the first institution of that kind."""
    return Organisation.objects.filter(kind=OrganisationKind.ACADEMY).order_by("id").first()
