from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from hunar.audit import services as audit
from hunar.credentials import badges, checking, permissions, queries, rules, services, throttling
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.people.requests import PersonRequest

router = Router(tags=["credentials"])


class CredentialOut(Schema):
    ref: str
    register_number: str
    kind: str
    standing: str
    holder: str
    title: dict[str, str]
    cohort: str
    issued_at: datetime
    valid_until: datetime | None
    code: str
    page: str


class VerifiedOut(Schema):
    """What everybody may know of a certificate: no name, no marks."""

    standing: str
    kind: str
    register_number: str
    title: dict[str, str]
    awarding_body: dict[str, str]
    initials: str
    issued_at: datetime
    valid_until: datetime | None
    revoked_at: datetime | None
    workload_minutes: int
    assessment: dict[str, str]
    outcomes: list[dict[str, Any]]
    competencies: list[dict[str, Any]]
    log_index: int | None
    checkpoint: str | None
    name_matches: bool | None = None


class NameIn(Schema):
    name: str


class ReasonIn(Schema):
    reason: str


class DueOut(Schema):
    enrolment: str
    holder: str
    kind: str
    reason: str
    attendance_percent: str
    is_issued: bool


class IssuedOut(Schema):
    issued: list[str]


@router.get("", response=list[CredentialOut], summary="Certificates that I may see")
def credentials(
    request: PersonRequest,
    q: str = "",
    cohort: str = "",
    kind: str = "",
    standing: str = "",
    limit: int = 100,
    offset: int = 0,
) -> list[dict[str, Any]]:
    at = clock.now()
    rows = queries.credentials_matching(
        queries.credentials_visible_to(request.person),
        at=at,
        wish=q,
        cohort=cohort,
        kind=kind,
        standing=standing,
    )
    first = max(offset, 0)
    return [_out(row, at) for row in rows[first : first + min(max(limit, 1), 200)]]


@router.get("mine", response=list[CredentialOut], summary="My certificates")
def mine(request: PersonRequest) -> list[dict[str, Any]]:
    at = clock.now()
    return [_out(row, at) for row in queries.own_credentials(request.person)]


@router.get("verify/{code}", response=VerifiedOut, auth=None, summary="Check a code, for everybody")
def verify(request: HttpRequest, code: str) -> dict[str, Any]:
    return _verified(_by_code(request, code))


@router.post(
    "verify/{code}/name",
    response=VerifiedOut,
    auth=None,
    summary="Compare a name with the holder's",
)
def verify_name(request: HttpRequest, code: str, body: NameIn) -> dict[str, Any]:
    credential = _by_code(request, code)
    throttling.spend(request, "name")
    return _verified(credential) | {"name_matches": checking.name_fits(credential, body.name)}


@router.get("cohorts/{ref}/due", response=list[DueOut], summary="Who of a cohort gets what and why")
def due(request: PersonRequest, ref: str) -> list[dict[str, Any]]:
    permissions.check_can_issue(request.person)
    cohort = get_object_or_404(queries.cohorts_to_issue(), pk=_number(ref, "COH"))
    return [
        {
            "enrolment": due.enrolment.ref,
            "holder": due.enrolment.person.name.full,
            "kind": due.finding.kind,
            "reason": due.finding.reason,
            "attendance_percent": due.percent,
            "is_issued": due.is_issued,
        }
        for due in queries.due_in(cohort)
    ]


@router.post("cohorts/{ref}/issue", response=IssuedOut, summary="Issue what is due in a cohort")
def issue(request: PersonRequest, ref: str) -> dict[str, Any]:
    permissions.check_can_issue(request.person)
    cohort = get_object_or_404(queries.cohorts_to_issue(), pk=_number(ref, "COH"))
    issued = services.issue_for_cohort(cohort, by=request.person, at=clock.now())
    return {"issued": [credential.ref for credential in issued]}


@router.get("{ref}", response=CredentialOut, summary="One certificate")
def credential(request: PersonRequest, ref: str) -> dict[str, Any]:
    return _out(_visible(request, ref), clock.now())


@router.get("{ref}/document", response=dict[str, Any], summary="The signed file with its log proof")
def document(request: PersonRequest, ref: str) -> dict[str, Any]:
    credential = _visible(request, ref)
    entry = queries.log_entry(credential)
    if entry is None:
        raise NotFound
    return audit.with_log_proof(credential.document, entry=entry)


@router.post("{ref}/revoke", response=CredentialOut, summary="Revoke a certificate")
def revoke(request: PersonRequest, ref: str, body: ReasonIn) -> dict[str, Any]:
    at = clock.now()
    credential = _visible(request, ref)
    services.revoke(credential, reason=body.reason, by=request.person, at=at)
    return _out(credential, at)


@router.post("{ref}/replace", response=CredentialOut, summary="Replace with the corrected name")
def replace(request: PersonRequest, ref: str, body: ReasonIn) -> dict[str, Any]:
    at = clock.now()
    credential = _visible(request, ref)
    return _out(services.supersede(credential, reason=body.reason, by=request.person, at=at), at)


def _visible(request: PersonRequest, ref: str) -> Any:
    visible = queries.credentials_visible_to(request.person)
    return get_object_or_404(visible, pk=_number(ref, "CRD"))


def _number(ref: str, prefix: str) -> int:
    try:
        found = read_paper_id(ref)
    except UnreadablePaperId:
        raise NotFound from None
    if found.prefix != prefix:
        raise NotFound
    return found.number


def _by_code(request: HttpRequest, text: str) -> Any:
    throttling.check(request, "miss")
    code = rules.read_code(text)
    found = queries.by_code(code) if code else None
    if found is None:
        throttling.count(request, "miss")
        raise NotFound
    return found


def _out(row: Any, at: datetime) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "register_number": row.register_number,
        "kind": row.kind,
        "standing": checking.standing_row(row, at=at).standing.value,
        "holder": row.facts["learner"]["tk"],
        "title": row.title,
        "cohort": row.facts["cohort"],
        "issued_at": row.issued_at,
        "valid_until": row.valid_until,
        "code": row.code,
        "page": badges.page_address(row.code),
    }


def _verified(row: Any) -> dict[str, Any]:
    shown = checking.shown(row, at=clock.now())
    facts = row.facts
    return {
        "standing": shown.standing.value,
        "kind": row.kind,
        "register_number": row.register_number,
        "title": facts["title"],
        "awarding_body": facts["awardingBody"],
        "initials": shown.initials,
        "issued_at": row.issued_at,
        "valid_until": row.valid_until,
        "revoked_at": row.revoked_at,
        "workload_minutes": facts["workload"]["minutes"],
        "assessment": facts["assessment"],
        "outcomes": facts["learningOutcomes"],
        "competencies": facts["competencies"],
        "log_index": shown.entry.leaf.index if shown.is_logged and shown.entry else None,
        "checkpoint": shown.checkpoint.note if shown.checkpoint else None,
    }
