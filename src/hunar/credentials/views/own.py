"""What a holder sees of her certificates, and what officers see of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from hunar.audit import services as audit
from hunar.credentials import badges, checking, permissions, printing, queries
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in

if TYPE_CHECKING:
    from hunar.credentials.models import Credential


@signed_in
def own(request: PersonRequest) -> HttpResponse:
    at = clock.now()
    rows = [checking.standing_row(row, at=at) for row in queries.own_credentials(request.person)]
    return render(request, "credentials/own.html", {"rows": rows})


@signed_in
def credential(request: PersonRequest, pk: int) -> HttpResponse:
    credential = _visible(request, pk)
    context = {
        "shown": checking.shown(credential, at=clock.now()),
        "address": badges.page_address(credential.code),
        "is_mine": credential.person_id == request.person.pk,
        "can_issue": permissions.can_issue(request.person),
        "history": queries.history_of(credential),
    }
    return render(request, "credentials/credential.html", context)


@signed_in
def pdf(request: PersonRequest, pk: int) -> HttpResponse:
    credential = _visible(request, pk)
    response = HttpResponse(printing.certificate_pdf(credential), content_type="application/pdf")
    name = f"{credential.kind}-{credential.register_number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@signed_in
def document(request: PersonRequest, pk: int) -> HttpResponse:
    return proven_file(_visible(request, pk))


def proven_file(credential: Credential) -> HttpResponse:
    """The signed document with its log proof, as a file for ``hunar verify``."""
    entry = queries.log_entry(credential)
    if entry is None:
        raise Http404
    proven = audit.with_log_proof(credential.document, entry=entry)
    response = HttpResponse(
        json.dumps(proven, indent=2, ensure_ascii=False), content_type="application/json"
    )
    name = f"{credential.kind}-{credential.register_number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _visible(request: PersonRequest, pk: int) -> Credential:
    return get_object_or_404(queries.credentials_visible_to(request.person), pk=pk)
