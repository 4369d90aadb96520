from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from ninja.pagination import paginate

from hunar.kernel import clock
from hunar.kernel.access import person_asking
from hunar.kernel.refs import row_number
from hunar.organisations import queries as organisations
from hunar.people import permissions, queries, services
from hunar.people.enums import Permission, Role, Sex

router = Router(tags=["people"])

NamePart = Annotated[str, Field(min_length=1, max_length=80)]
NameOrNothing = Annotated[str, Field(max_length=80)]
Number = Annotated[str, Field(max_length=20)]


class NameOut(Schema):
    family: str
    given: str
    patronymic: str


class PersonOut(Schema):
    ref: str
    name: NameOut
    name_cyrillic: NameOut
    sex: str
    birth_date: date | None
    personnel_number: str | None
    language: str


class PostOut(Schema):
    ref: str
    code: str
    title: dict[str, str]
    grade: int
    role_group: str


class EmployerOut(Schema):
    code: str
    title: dict[str, str]


class EmploymentOut(Schema):
    person: PersonOut
    post: PostOut
    organisation: EmployerOut
    started_date: date
    ended_date: date | None


class RoleOut(Schema):
    id: int
    role: str
    organisation: EmployerOut
    valid_from: date
    valid_to: date | None


class PersonIn(Schema):
    family: NamePart
    given: NamePart
    patronymic: NameOrNothing = ""
    family_cyrillic: NameOrNothing = ""
    given_cyrillic: NameOrNothing = ""
    patronymic_cyrillic: NameOrNothing = ""
    sex: Sex
    birth_date: date | None = None
    personnel_number: Number = ""
    is_somebody_else: bool = False


class FactsIn(Schema):
    family: NamePart | None = None
    given: NamePart | None = None
    patronymic: NameOrNothing | None = None
    family_cyrillic: NameOrNothing | None = None
    given_cyrillic: NameOrNothing | None = None
    patronymic_cyrillic: NameOrNothing | None = None
    family_passport: NameOrNothing | None = None
    given_passport: NameOrNothing | None = None
    sex: Sex | None = None
    birth_date: date | None = None
    personnel_number: Number | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    phone: Annotated[str, Field(max_length=30)] | None = None


class CorrectionIn(Schema):
    reason: Annotated[str, Field(min_length=1, max_length=300)]
    facts: FactsIn


class EmploymentIn(Schema):
    organisation: str
    post: str
    started_date: date


class EndIn(Schema):
    ended_date: date


class RoleIn(Schema):
    role: Role
    organisation: str
    valid_from: date


class CodeOut(Schema):
    login: str
    code: str


@router.get("/staff/", response=list[EmploymentOut])
@paginate
def staff(request: HttpRequest, wish: str = "", organisation: str = "", order: str = "name") -> Any:
    """Present staff of the organisations that one looks after, in Turkmen order."""
    by = person_asking(request)
    permissions.check(by, Permission.SEE_STAFF)
    return queries.staff_visible_to(by, wish=wish, organisation=organisation, order=order)


@router.get("/me/", response=PersonOut)
def me(request: HttpRequest) -> Any:
    """Who is signed in."""
    return person_asking(request)


@router.post("/", response={201: PersonOut})
def create(request: HttpRequest, wish: PersonIn) -> Any:
    """Make a person known, once."""
    facts = wish.dict()
    is_somebody_else = facts.pop("is_somebody_else")
    return Status(
        201,
        services.create_person(
            facts, by=person_asking(request), at=clock.now(), is_somebody_else=is_somebody_else
        ),
    )


@router.get("/{ref}/", response=PersonOut)
def person(request: HttpRequest, ref: str) -> Any:
    """One person within reach; that her data were opened is remembered."""
    number = row_number(ref, prefix="PER")
    return services.open_dossier(number, by=person_asking(request), at=clock.now())


@router.post("/{ref}/correct/", response=PersonOut)
def correct(request: HttpRequest, ref: str, wish: CorrectionIn) -> Any:
    """Put right what is known; the former version is kept."""
    version = services.correct_person(
        _person(request, ref),
        wish.facts.dict(exclude_unset=True),
        reason=wish.reason,
        by=person_asking(request),
        at=clock.now(),
    )
    return version.person


@router.get("/{ref}/employments/", response=list[EmploymentOut])
def employments(request: HttpRequest, ref: str) -> Any:
    """Her posts, the present one first."""
    return queries.employments_of(_person(request, ref)).select_related("person")


@router.post("/{ref}/employments/", response={201: EmploymentOut})
def employ(request: HttpRequest, ref: str, wish: EmploymentIn) -> Any:
    """Let her hold a post from a day on."""
    employer = get_object_or_404(organisations.by_code(wish.organisation))
    post = get_object_or_404(organisations.posts_of(employer), code=wish.post)
    return Status(
        201,
        services.employ(
            _person(request, ref),
            post=post,
            started_date=wish.started_date,
            by=person_asking(request),
            at=clock.now(),
        ),
    )


@router.post("/{ref}/employments/end/", response={204: None})
def end_employment(request: HttpRequest, ref: str, wish: EndIn) -> Any:
    """End the post that she holds now."""
    services.end_employment(
        _person(request, ref),
        ended_date=wish.ended_date,
        by=person_asking(request),
        at=clock.now(),
    )
    return Status(204, None)


@router.get("/{ref}/roles/", response=list[RoleOut])
def roles(request: HttpRequest, ref: str) -> Any:
    """Her roles, past ones too."""
    return queries.assignments_of(_person(request, ref))


@router.post("/{ref}/roles/", response={201: RoleOut})
def grant_role(request: HttpRequest, ref: str, wish: RoleIn) -> Any:
    """Trust her with a role for an organisation."""
    return Status(
        201,
        services.grant_role(
            _person(request, ref),
            role=wish.role,
            organisation=get_object_or_404(organisations.by_code(wish.organisation)),
            valid_from=wish.valid_from,
            by=person_asking(request),
            at=clock.now(),
        ),
    )


@router.post("/{ref}/account/", response={201: CodeOut})
def open_account(request: HttpRequest, ref: str) -> Any:
    """Open an account; the one-time code is in this answer and nowhere else."""
    account, code = services.open_account(
        _person(request, ref), by=person_asking(request), at=clock.now()
    )
    return Status(201, {"login": account.login, "code": code})


def _person(request: HttpRequest, ref: str) -> Any:
    number = row_number(ref, prefix="PER")
    return get_object_or_404(queries.people_within_reach(person_asking(request)), pk=number)
