from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from hunar.audit import permissions, queries, services
from hunar.audit.keys import trusted_keys_document
from hunar.kernel.access import person_asking

router = Router(tags=["audit"])


class CheckpointOut(Schema):
    size: int
    root: str
    at: datetime
    note: str


class RecordOut(Schema):
    id: int
    at: datetime
    act: str
    subject_kind: str
    subject_ref: str
    actor_ref: str
    details: dict[str, Any]


@router.get("/checkpoints/", response=list[CheckpointOut], auth=None)
@paginate
def checkpoints(request: HttpRequest) -> Any:
    """Signed states of the log, newest first; public."""
    return queries.checkpoints()


@router.get("/consistency/", auth=None)
def consistency(request: HttpRequest, old: int, new: int) -> dict[str, Any]:
    """The proof that the later checkpoint only adds to the earlier one; public."""
    return queries.consistency_proof(old=queries.checkpoint_of(old), new=queries.checkpoint_of(new))


@router.get("/trusted-keys/", auth=None)
def trusted_keys(request: HttpRequest) -> dict[str, Any]:
    """The academy's public keys; take them once, on a trusted way."""
    return trusted_keys_document()


@router.get("/records/", response=list[RecordOut])
@paginate
def records(request: HttpRequest, act: str = "", ref: str = "") -> Any:
    """Consequential acts, newest first, by the start of the act and by an id."""
    permissions.check_can_see_log(person_asking(request))
    return queries.entries_matching(act=act, ref=ref)


@router.get("/records/{pk}/proof/")
def proof(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The proof that a record is in the log."""
    permissions.check_can_see_log(person_asking(request))
    return services.inclusion_document(get_object_or_404(queries.entry(pk)))
