from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from hunar.audit import services as audit
from hunar.careers import queries, services
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.kernel.refs import row_number
from hunar.people.requests import PersonRequest

router = Router(tags=["careers"])


class CompetitionOut(Schema):
    ref: str
    post: dict[str, str]
    organisation: dict[str, str]
    grade: int
    summary: dict[str, str]
    phase: str
    opens_at: datetime
    closes_at: datetime
    formula_sha256: str

    @staticmethod
    def resolve_post(competition: Any) -> dict[str, str]:
        return dict(competition.post.title)

    @staticmethod
    def resolve_organisation(competition: Any) -> dict[str, str]:
        return dict(competition.post.organisation.title)

    @staticmethod
    def resolve_grade(competition: Any) -> int:
        return int(competition.post.grade)

    @staticmethod
    def resolve_phase(competition: Any) -> str:
        return queries.phase(competition, at=clock.now())


class CompetitionDetail(CompetitionOut):
    formula: dict[str, Any]


class ComponentOut(Schema):
    code: str
    weight: str
    reached: str
    points: str
    evidence: list[tuple[str, str]]


class PreviewOut(Schema):
    points: str
    components: list[ComponentOut]


class ApplyIn(Schema):
    statement: str = ""


class CandidacyOut(Schema):
    ref: str
    competition: str
    state: str
    applied_at: datetime
    withdrawn_at: datetime | None
    rank: int | None = None
    points: str | None = None

    @staticmethod
    def resolve_competition(candidacy: Any) -> str:
        return str(candidacy.competition.ref)


class ListOut(Schema):
    ref: str
    competition: str
    computed_at: datetime
    candidates: int

    @staticmethod
    def resolve_competition(merit_list: Any) -> str:
        return str(merit_list.competition.ref)

    @staticmethod
    def resolve_candidates(merit_list: Any) -> int:
        return len(merit_list.document["results"])


@router.get("/", response=list[CompetitionOut])
@paginate(LimitOffsetPagination)
def competitions(request: PersonRequest, q: str = "", phase: str = "", sort: str = "") -> Any:
    """The competitions that the caller may see."""
    return queries.matching(
        queries.competitions_visible_to(request.person),
        at=clock.now(),
        wish=q,
        phase=phase,
        order=sort,
    )


@router.get("/candidacies", response=list[CandidacyOut])
@paginate(LimitOffsetPagination)
def candidacies(request: PersonRequest) -> Any:
    """The caller's own applications."""
    return queries.own_candidacies(request.person)


@router.get("/candidacies/{ref}", response=CandidacyOut)
def candidacy(request: PersonRequest, ref: str) -> Any:
    """An own application, with rank and points once the list is published."""
    found = _own(request, ref)
    if result := queries.result_of(found):
        found.rank, found.points = result.rank, result.points
    return found


@router.post("/candidacies/{ref}/withdraw", response=CandidacyOut)
def withdraw(request: PersonRequest, ref: str) -> Any:
    """End an own application while the competition is open."""
    return services.withdraw(_own(request, ref), by=request.person, at=clock.now())


@router.get("/{ref}", response=CompetitionDetail)
def competition(request: PersonRequest, ref: str) -> Any:
    """One competition with its frozen formula."""
    return _visible(request, ref)


@router.get("/{ref}/preview", response=PreviewOut)
def preview(request: PersonRequest, ref: str) -> Any:
    """The caller's points by the formula, and the evidence that counts."""
    found = queries.preview(_visible(request, ref), request.person, at=clock.now())
    return {"points": str(found.points), "components": [vars(line) for line in found.lines]}


@router.post("/{ref}/apply", response={201: CandidacyOut})
def apply(request: PersonRequest, ref: str, given: ApplyIn) -> Any:
    """Stand in the competition."""
    made = services.apply(
        _visible(request, ref), person=request.person, statement=given.statement, at=clock.now()
    )
    return Status(201, made)


@router.post("/{ref}/publish", response=CompetitionDetail)
def publish(request: PersonRequest, ref: str) -> Any:
    """Freeze the formula and announce the competition."""
    return services.publish(_visible(request, ref), by=request.person, at=clock.now())


@router.post("/{ref}/rank", response={201: ListOut})
def rank(request: PersonRequest, ref: str) -> Any:
    """Compute the merit list, once."""
    return Status(201, services.rank(_visible(request, ref), by=request.person, at=clock.now()))


@router.get("/{ref}/list", response=dict[str, Any])
def merit_list(request: PersonRequest, ref: str) -> Any:
    """The signed list with the proof that it is logged."""
    number = row_number(ref, prefix="CMP")
    found = get_object_or_404(queries.lists_visible_to(request.person), competition=number)
    entry = queries.list_entry(found)
    if entry is None:
        raise NotFound
    return audit.with_log_proof(found.document, entry=entry)


def _visible(request: PersonRequest, ref: str) -> Any:
    number = row_number(ref, prefix="CMP")
    return get_object_or_404(queries.competitions_visible_to(request.person), pk=number)


def _own(request: PersonRequest, ref: str) -> Any:
    number = row_number(ref, prefix="CDY")
    return get_object_or_404(queries.own_candidacies(request.person), pk=number)
