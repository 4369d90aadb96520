from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from hunar.competencies import permissions, queries, services
from hunar.competencies.errors import UnknownCompetency
from hunar.kernel import clock
from hunar.kernel.access import person_asking
from hunar.kernel.errors import NotFound
from hunar.kernel.refs import row_number
from hunar.organisations import queries as organisations
from hunar.people import services as people

router = Router(tags=["competencies"])


class CompetencyOut(Schema):
    code: str
    area: str
    title: dict[str, str]
    description: dict[str, str]
    anchors: dict[str, list[str]]


class LevelOut(Schema):
    ordinal: int
    title: dict[str, str]
    descriptor: dict[str, str]


class FrameworkOut(Schema):
    levels: list[LevelOut]
    competencies: list[CompetencyOut]


class GapOut(Schema):
    competency: str
    required: int
    attained: int
    claimed: int | None
    is_critical: bool
    missing: int

    @staticmethod
    def resolve_competency(gap: Any) -> str:
        return str(gap.competency.code)


class EvidenceOut(Schema):
    competency: str
    level: int
    kind: str
    date: datetime.date
    expires_date: datetime.date | None
    source_ref: str
    counts: bool


class StandingOut(Schema):
    person: str
    gaps: list[GapOut]
    evidence: list[EvidenceOut]


class LevelsIn(Schema):
    """Levels by the code of the competency."""

    levels: dict[str, int]


class StaffGapOut(Schema):
    person: str
    post: str
    missing: int
    critical: int


class CompetencyGapOut(Schema):
    competency: str
    needed: int
    met: int
    missing: int


class OrganisationGapsOut(Schema):
    organisation: str
    staff: list[StaffGapOut]
    competencies: list[CompetencyGapOut]


class RequirementIn(Schema):
    competency: str
    level: int
    is_critical: bool = False


class RequirementOut(Schema):
    competency: str
    level: int
    is_critical: bool

    @staticmethod
    def resolve_competency(row: Any) -> str:
        return str(row.competency.code)


@router.get("/", response=FrameworkOut, auth=None)
def framework(request: HttpRequest, area: str = "", q: str = "") -> Any:
    """The spine and its levels; public."""
    found = queries.competencies_matching(area=area, wish=q)
    return {"levels": list(queries.levels()), "competencies": found}


@router.get("/mine", response=StandingOut)
def mine(request: HttpRequest) -> Any:
    """What the caller has, what her post asks for, and what proves it."""
    return _standing(queries.standing_of(person_asking(request), on=clock.today()))


@router.post("/mine/self-assessment", response=StandingOut)
def assess(request: HttpRequest, given: LevelsIn) -> Any:
    """Keep what the caller says of herself; it raises nothing."""
    person = person_asking(request)
    levels = {_competency(code): level for code, level in given.levels.items()}
    services.assess_self(person, levels=levels, at=clock.now())
    return _standing(queries.standing_of(person, on=clock.today()))


@router.get("/people/{ref}", response=StandingOut)
def person(request: HttpRequest, ref: str) -> Any:
    """The competencies of somebody whose dossier the caller may open; she is told."""
    number = row_number(ref, prefix="PER")
    someone = people.open_dossier(number, by=person_asking(request), at=clock.now())
    return _standing(queries.standing_of(someone, on=clock.today()))


@router.get("/gaps/{organisation}", response=OrganisationGapsOut)
def gaps(request: HttpRequest, organisation: str) -> Any:
    """What the staff of an organisation lacks, by person and by competency."""
    asking = person_asking(request)
    permissions.check_can_see_gaps(asking)
    visible = queries.organisations_with_gaps_for(asking)
    found = get_object_or_404(visible, pk=row_number(organisation, prefix="ORG"))
    return _organisation_gaps(queries.organisation_gaps(found, on=clock.today()))


@router.get("/profiles/{post}", response=list[RequirementOut])
def profile(request: HttpRequest, post: str) -> Any:
    """What a post asks for."""
    found = get_object_or_404(organisations.post(row_number(post, prefix="PST")))
    return list(queries.profile_of(found))


@router.put("/profiles/{post}", response=list[RequirementOut])
def set_profile(request: HttpRequest, post: str, given: list[RequirementIn]) -> Any:
    """Replace what a post asks for."""
    found = get_object_or_404(organisations.post(row_number(post, prefix="PST")))
    lines = [
        services.Required(_competency(row.competency), row.level, row.is_critical) for row in given
    ]
    services.set_profile(found, requirements=lines, by=person_asking(request), at=clock.now())
    return list(queries.profile_of(found))


@router.get("/{code}", response=CompetencyOut, auth=None)
def competency(request: HttpRequest, code: str) -> Any:
    """One competency; public."""
    found = queries.by_code().get(code.upper())
    if found is None:
        raise NotFound
    return found


def _competency(code: str) -> Any:
    found = queries.by_code().get(code)
    if found is None:
        raise UnknownCompetency(competency=code)
    return found


def _standing(standing: queries.Standing) -> dict[str, Any]:
    evidence = [
        {
            "competency": piece.evidence.competency.code,
            "level": piece.evidence.level,
            "kind": piece.evidence.kind,
            "date": piece.evidence.date,
            "expires_date": piece.evidence.expires_date,
            "source_ref": piece.evidence.source_ref,
            "counts": piece.counts,
        }
        for piece in standing.pieces
    ]
    return {"person": standing.person.ref, "gaps": standing.gaps, "evidence": evidence}


def _organisation_gaps(gaps: queries.OrganisationGaps) -> dict[str, Any]:
    return {
        "organisation": gaps.organisation.ref,
        "staff": [
            {
                "person": row.employment.person.ref,
                "post": row.employment.post.ref,
                "missing": row.missing,
                "critical": row.critical,
            }
            for row in gaps.staff
        ],
        "competencies": [
            {
                "competency": row.competency.code,
                "needed": row.needed,
                "met": row.met,
                "missing": row.missing,
            }
            for row in gaps.competencies
        ],
    }
