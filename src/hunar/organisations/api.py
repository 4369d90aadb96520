from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from ninja.pagination import paginate

from hunar.kernel import clock
from hunar.kernel.access import person_asking
from hunar.organisations import queries, services
from hunar.organisations.enums import OrganisationKind, RoleGroup

router = Router(tags=["organisations"])


class RegionOut(Schema):
    code: str
    kind: str
    title: dict[str, str]


class OrganisationOut(Schema):
    ref: str
    code: str
    kind: str
    title: dict[str, str]
    short_title: dict[str, str]
    region: RegionOut | None
    valid_from: date
    valid_to: date | None


class OrganisationInList(OrganisationOut):
    staff_count: int


class PostOut(Schema):
    ref: str
    code: str
    title: dict[str, str]
    grade: int
    role_group: str
    family: str
    is_leading: bool


class OrganisationIn(Schema):
    code: str
    kind: OrganisationKind
    title: dict[str, str]
    short_title: dict[str, str] = {}
    valid_from: date


class RenameIn(Schema):
    title: dict[str, str]
    short_title: dict[str, str] = {}
    from_date: date


class CloseIn(Schema):
    last_day: date


class PostIn(Schema):
    code: str
    title: dict[str, str]
    grade: int
    role_group: RoleGroup
    family: str = "digital"
    is_leading: bool = False


@router.get("/", response=list[OrganisationInList])
@paginate
def organisations(
    request: HttpRequest,
    wish: str = "",
    kind: str = "",
    region: str = "",
    order: str = "title",
    with_closed: bool = False,
) -> Any:
    """Institutions in Turkmen order, with the number of their staff."""
    return queries.organisations(
        on=clock.today(),
        wish=wish,
        kind=kind,
        region=region,
        order=order,
        with_closed=with_closed,
    )


@router.get("/regions/", response=list[RegionOut])
def regions(request: HttpRequest) -> Any:
    """The regions that are valid today."""
    return queries.regions(on=clock.today())


@router.post("/", response={201: OrganisationOut})
def create(request: HttpRequest, wish: OrganisationIn) -> Any:
    """Enter an institution."""
    by = person_asking(request)
    return Status(201, services.create_organisation(**wish.dict(), by=by, at=clock.now()))


@router.get("/{code}/", response=OrganisationOut)
def organisation(request: HttpRequest, code: str) -> Any:
    """One institution or unit, by its code."""
    return _by_code(code)


@router.post("/{code}/units/", response={201: OrganisationOut})
def create_unit(request: HttpRequest, code: str, wish: OrganisationIn) -> Any:
    """Add a unit; its kind is always ``unit``."""
    by = person_asking(request)
    return Status(
        201,
        services.create_organisation(**wish.dict(), parent=_by_code(code), by=by, at=clock.now()),
    )


@router.post("/{code}/rename/", response=OrganisationOut)
def rename(request: HttpRequest, code: str, wish: RenameIn) -> Any:
    """Give it a new title from a day on."""
    by = person_asking(request)
    return services.rename(_by_code(code), **wish.dict(), by=by, at=clock.now())


@router.post("/{code}/close/", response=OrganisationOut)
def close(request: HttpRequest, code: str, wish: CloseIn) -> Any:
    """End it with a day."""
    by = person_asking(request)
    return services.close(_by_code(code), last_day=wish.last_day, by=by, at=clock.now())


@router.get("/{code}/posts/", response=list[PostOut])
def posts(request: HttpRequest, code: str) -> Any:
    """Its staffing table."""
    return queries.posts_of(_by_code(code))


@router.post("/{code}/posts/", response={201: PostOut})
def create_post(request: HttpRequest, code: str, wish: PostIn) -> Any:
    """Add a post."""
    by = person_asking(request)
    return Status(201, services.create_post(_by_code(code), **wish.dict(), by=by, at=clock.now()))


def _by_code(code: str) -> Any:
    return get_object_or_404(queries.by_code(code))
