from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from hunar.audit import permissions, queries, services
from hunar.audit.errors import NoSuchCheckpoint
from hunar.audit.forms import ConsistencyForm
from hunar.audit.keys import TRUSTED_KEYS, trusted_keys_document
from hunar.kernel.access import person_asking, signed_in


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.checkpoints(), 20).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "latest": queries.latest_checkpoint(),
        "form": ConsistencyForm(),
        "waiting": queries.waiting_count(),
        "may_see_records": permissions.can_see_log(person_asking(request)),
    }
    return render(request, "audit/log.html", context)


@require_GET
def checkpoint(request: HttpRequest, size: int) -> HttpResponse:
    found = queries.checkpoint_of(size)
    return HttpResponse(
        found.note,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="checkpoint-{size}.txt"'},
    )


@require_GET
def consistency(request: HttpRequest) -> HttpResponse:
    form = ConsistencyForm(request.GET)
    if not form.is_valid():
        raise NoSuchCheckpoint
    sizes = form.cleaned_data
    proof = queries.consistency_proof(
        old=queries.checkpoint_of(sizes["old"]), new=queries.checkpoint_of(sizes["new"])
    )
    return _download(proof, f"consistency-{sizes['old']}-{sizes['new']}.json")


@require_GET
def trusted_keys(request: HttpRequest) -> HttpResponse:
    return _download(trusted_keys_document(), TRUSTED_KEYS)


@require_GET
@signed_in
def records(request: HttpRequest) -> HttpResponse:
    permissions.check_can_see_log(person_asking(request))
    found = queries.entries_matching(
        act=request.GET.get("act", ""), ref=request.GET.get("q", "").strip().upper()
    )
    context = {
        "page_obj": Paginator(found, 50).get_page(request.GET.get("page")),
        "rooms": [(room, room.removesuffix(".")) for room in queries.rooms_with_acts()],
    }
    return render(request, "audit/records.html", context)


@require_GET
@signed_in
def record(request: HttpRequest, pk: int) -> HttpResponse:
    permissions.check_can_see_log(person_asking(request))
    entry = get_object_or_404(queries.entry(pk))
    details = [(name, _pieces(value)) for name, value in sorted(entry.details.items())]
    context = {
        "entry": entry,
        "act": entry.act.replace(".", ". ").split(" "),
        "details": details,
        "fingerprint": _pieces(entry.leaf_hash),
    }
    return render(request, "audit/record.html", context)


@require_GET
@signed_in
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    permissions.check_can_see_log(person_asking(request))
    entry = get_object_or_404(queries.entry(pk))
    return _download(services.inclusion_document(entry), f"record-{pk}.json")


def _pieces(value: object) -> list[str]:
    """Long digests in pieces, so that they can break on a narrow page."""
    text = str(value)
    return [text[start : start + 16] for start in range(0, len(text), 16)]


def _download(document: dict[str, Any], name: str) -> JsonResponse:
    return JsonResponse(
        document,
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
