from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from hunar.kernel import clock
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.people.models import Person
from hunar.people.requests import PersonRequest
from hunar.selection import permissions, services
from hunar.selection.errors import CallNotDecided, NominationForeignPerson
from hunar.selection.queries import calls, nominations
from hunar.selection.queries.decisions import logged_decision
from hunar.selection.queries.places import places_of
from hunar.selection.queries.presentation import results_in_words

router = Router(tags=["selection"])


class CohortOut(Schema):
    code: str
    course: dict[str, str]
    starts: str
    ends: str
    seats: int


class CallOut(Schema):
    ref: str
    title: dict[str, str]
    summary: dict[str, str]
    state: str
    opens_at: datetime
    closes_at: datetime
    rules_sha256: str
    seed_commitment: str


class OpenCallOut(CallOut):
    cohorts: list[CohortOut]
    rules: dict[str, Any]


class NominationIn(Schema):
    """The person by personnel number; wished cohorts by code, the most wanted first."""

    personnel_number: str
    preferences: list[str]
    motivation: str
    has_consent: bool = False


class CriterionOut(Schema):
    title: str
    value: str
    maximum: str
    weight: Decimal
    points: str


class CohortResultOut(Schema):
    cohort: str
    points: str
    rank: int
    of: int
    cut_off: str
    tie: str
    reason: str
    is_placed: bool
    criteria: list[CriterionOut]


class PlaceOut(Schema):
    ref: str
    cohort: str
    state: str
    accept_by: datetime


class NominationOut(Schema):
    ref: str
    call: str
    state: str
    preferences: list[str]
    submitted_at: datetime
    eligibility: list[dict[str, Any]]
    results: list[CohortResultOut]
    places: list[PlaceOut]


def _call(found: Any) -> dict[str, Any]:
    names = (
        "ref", "title", "summary", "state", "opens_at", "closes_at", "rules_sha256",
        "seed_commitment",
    )  # fmt: skip
    return {name: getattr(found, name) for name in names}


def _nomination(found: Any) -> dict[str, Any]:
    return {
        "ref": found.ref,
        "call": found.call.ref,
        "state": found.state,
        "preferences": found.preferences,
        "submitted_at": found.submitted_at,
        "eligibility": found.eligibility,
        "results": results_in_words(found),
        "places": [
            {
                "ref": place.ref,
                "cohort": place.cohort.code,
                "state": place.state,
                "accept_by": place.accept_by,
            }
            for place in found.places.all()
        ],
    }


def _number(ref: str, prefix: str) -> int:
    try:
        paper = read_paper_id(ref)
    except UnreadablePaperId:
        return 0
    return paper.number if paper.prefix == prefix else 0


@router.get("calls/open", response=list[OpenCallOut], auth=None)
def open_calls(request: HttpRequest) -> list[dict[str, Any]]:
    """Calls that take nominations now, with their frozen rules. Public."""
    return [
        {
            **_call(found),
            "rules": found.rules,
            "cohorts": [
                {
                    "code": row.cohort.code,
                    "course": row.cohort.version.title,
                    "starts": row.cohort.starts_date.isoformat(),
                    "ends": row.cohort.ends_date.isoformat(),
                    "seats": row.cohort.seats,
                }
                for row in found.call_cohorts.all()
            ],
        }
        for found in calls.open_calls(at=clock.now())
    ]


@router.get("calls", response=list[CallOut])
def call_list(request: PersonRequest) -> list[dict[str, Any]]:
    """Calls that you may see, the latest first."""
    return [_call(found) for found in calls.calls_visible_to(request.person)]


@router.post("calls/{ref}/nominations", response={201: NominationOut})
def nominate(request: PersonRequest, ref: str, wish: NominationIn) -> Status[dict[str, Any]]:
    """Nominate one person of your institution."""
    found = get_object_or_404(calls.calls_visible_to(request.person), pk=_number(ref, "CAL"))
    permissions.check_nominates(request.person)
    person = Person.objects.filter(personnel_number=wish.personnel_number).first()
    if person is None:
        raise NominationForeignPerson
    made = services.nominate(
        found,
        person=person,
        preferences=wish.preferences,
        motivation=wish.motivation,
        has_consent=wish.has_consent,
        by=request.person,
        at=clock.now(),
    )
    return Status(201, _nomination(made))


@router.get("nominations/mine", response=list[NominationOut])
def own_nominations(request: PersonRequest) -> list[dict[str, Any]]:
    """Your own nominations with points, rank, cut-off and reason."""
    return [_nomination(found) for found in nominations.nominations_of(request.person)]


@router.post("places/{ref}/accept", response=PlaceOut)
def accept(request: PersonRequest, ref: str) -> dict[str, Any]:
    """Accept a place that is offered to you; you are enrolled."""
    place = get_object_or_404(places_of(request.person), pk=_number(ref, "PLC"))
    services.accept(place, by=request.person, at=clock.now())
    return {
        "ref": place.ref,
        "cohort": place.cohort.code,
        "state": place.state,
        "accept_by": place.accept_by,
    }


@router.get("calls/{ref}/results", response=dict[str, Any])
def results(request: PersonRequest, ref: str) -> dict[str, Any]:
    """The signed protocol of a decided call: rules, inputs by ref, results."""
    permissions.check_can_see_protocol(request.person)
    found = get_object_or_404(calls.calls_visible_to(request.person), pk=_number(ref, "CAL"))
    _entry, decision = logged_decision(found)
    if decision is None:
        raise CallNotDecided
    return dict(decision.protocol)
