from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from hunar.agreements import permissions, queries, services
from hunar.agreements.enums import RequestState
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.kernel.refs import row_number
from hunar.people.requests import PersonRequest

router = Router(tags=["agreements"])


class PartyOut(Schema):
    organisation: str
    title: dict[str, str]
    part: str

    @staticmethod
    def resolve_organisation(party: Any) -> str:
        return str(party.organisation.ref)

    @staticmethod
    def resolve_title(party: Any) -> dict[str, str]:
        return dict(party.organisation.title)


class ObligationOut(Schema):
    ref: str
    text: dict[str, str]
    due_date: date | None
    state: str
    evidence: str


class AgreementOut(Schema):
    ref: str
    title: dict[str, str]
    state: str
    signed_date: date | None
    starts_date: date
    ends_date: date | None
    parties: list[PartyOut]

    @staticmethod
    def resolve_parties(agreement: Any) -> list[Any]:
        return list(agreement.parties.all())


class AgreementDetail(AgreementOut):
    summary: dict[str, str]
    obligations: list[ObligationOut]

    @staticmethod
    def resolve_obligations(agreement: Any) -> list[Any]:
        return list(agreement.obligations.all())


class RequestOut(Schema):
    ref: str
    agreement: str
    organisation: str
    subject: str
    question: str
    answer: str
    state: RequestState
    expert: str
    sent_at: datetime
    due_date: date
    answered_at: datetime | None
    closed_at: datetime | None
    rating: int | None

    @staticmethod
    def resolve_agreement(request: Any) -> str:
        return str(request.agreement.ref)

    @staticmethod
    def resolve_organisation(request: Any) -> str:
        return str(request.organisation.ref)

    @staticmethod
    def resolve_expert(request: Any) -> str:
        return request.expert.person.ref if request.expert else ""


class QuestionIn(Schema):
    organisation: str
    subject: str
    question: str


class AssignIn(Schema):
    expert: int


class AnswerIn(Schema):
    text: str


class RatingIn(Schema):
    rating: int


class ExpertOut(Schema):
    id: int
    person: str
    name: str
    organisation: dict[str, str]
    fields: dict[str, str]
    languages: list[str]
    is_available: bool

    @staticmethod
    def resolve_person(expert: Any) -> str:
        return str(expert.person.ref)

    @staticmethod
    def resolve_name(expert: Any) -> str:
        return str(expert.person)

    @staticmethod
    def resolve_organisation(expert: Any) -> dict[str, str]:
        return dict(expert.organisation.title)


@router.get("/", response=list[AgreementOut])
def agreements(request: PersonRequest, q: str = "", state: str = "") -> Any:
    """The agreements that the caller may see."""
    visible = queries.agreements_visible_to(request.person)
    return queries.agreements_matching(visible, wish=q, state=state)


@router.get("/experts", response=list[ExpertOut])
def experts(request: PersonRequest, q: str = "", language: str = "") -> Any:
    """The roster."""
    permissions.check_can_see_roster(request.person)
    return queries.experts(wish=q, language=language)


@router.get("/requests", response=list[RequestOut])
@paginate(LimitOffsetPagination)
def requests(request: PersonRequest, state: str = "", q: str = "", sort: str = "") -> Any:
    """The advisory requests that the caller may see."""
    visible = queries.requests_visible_to(request.person)
    return queries.requests_matching(visible, wish=q, state=state, sort=sort)


@router.get("/requests/{ref}", response=RequestOut)
def request_detail(request: PersonRequest, ref: str) -> Any:
    return _visible_request(request, ref)


@router.post("/requests/{ref}/assign", response=RequestOut)
def assign(request: PersonRequest, ref: str, given: AssignIn) -> Any:
    """Give the request to an expert of the roster."""
    expert = queries.expert_by_pk(given.expert)
    if expert is None:
        raise NotFound
    asked = _visible_request(request, ref)
    return services.assign(asked, expert=expert, by=request.person, at=clock.now())


@router.post("/requests/{ref}/answer", response=RequestOut)
def answer(request: PersonRequest, ref: str, given: AnswerIn) -> Any:
    """The expert's answer."""
    asked = _visible_request(request, ref)
    return services.answer(asked, text=given.text, by=request.person, at=clock.now())


@router.post("/requests/{ref}/close", response=RequestOut)
def close(request: PersonRequest, ref: str, given: RatingIn) -> Any:
    """Close the request with a mark for its usefulness."""
    asked = _visible_request(request, ref)
    return services.close(asked, rating=given.rating, by=request.person, at=clock.now())


@router.get("/{ref}", response=AgreementDetail)
def agreement(request: PersonRequest, ref: str) -> Any:
    """One agreement with its obligations."""
    return _visible_agreement(request, ref)


@router.post("/{ref}/requests", response={201: RequestOut})
def ask(request: PersonRequest, ref: str, given: QuestionIn) -> Any:
    """Send an advisory request under the agreement."""
    found = _visible_agreement(request, ref)
    organisation = queries.organisations_to_ask_for(request.person, found).filter(
        pk=row_number(given.organisation, prefix="ORG")
    )
    sent = services.ask(
        found,
        organisation=get_object_or_404(organisation),
        subject=given.subject,
        question=given.question,
        by=request.person,
        at=clock.now(),
    )
    return Status(201, sent)


def _visible_request(request: PersonRequest, ref: str) -> Any:
    number = row_number(ref, prefix="ADV")
    return get_object_or_404(queries.requests_visible_to(request.person), pk=number)


def _visible_agreement(request: PersonRequest, ref: str) -> Any:
    number = row_number(ref, prefix="AGR")
    return get_object_or_404(queries.agreements_with_parts(request.person), pk=number)
