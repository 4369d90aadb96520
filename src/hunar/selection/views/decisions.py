from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.audit.services import with_log_proof
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.selection import permissions, printing, services
from hunar.selection.queries import decisions as queries
from hunar.selection.queries.calls import calls_visible_to
from hunar.selection.queries.fairness import fairness_of
from hunar.selection.queries.marking import marking_progress
from hunar.selection.queries.presentation import rules_in_words


@signed_in
def decide(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage_calls(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.decide(call, by=request.person, at=clock.now())
        messages.success(request, _("The call is decided; the protocol is signed."))
        return redirect("selection:decision", call.pk)
    context = {"call": call, "rules": rules_in_words(call), "progress": marking_progress(call)}
    return render(request, "selection/call_decide.html", context)


@signed_in
def decision(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_see_protocol(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    found = queries.decision_page(call)
    if found is None:
        raise Http404
    names = permissions.can_manage_calls(request.person)
    context = {
        "call": call,
        "page": found,
        "shows_names": names,
        "cohort": found.chosen(request.GET.get("cohort", "")),
    }
    return render(request, "selection/decision.html", context)


@signed_in
def protocol(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_see_protocol(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    entry, decision = queries.logged_decision(call)
    if decision is None or entry is None:
        raise Http404
    document = with_log_proof(decision.protocol, entry=entry)
    response = HttpResponse(
        json.dumps(document, ensure_ascii=False, indent=1), content_type="application/json"
    )
    response["Content-Disposition"] = f'attachment; filename="protocol-{call.ref}.json"'
    return response


@signed_in
def protocol_pdf(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_see_protocol(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    _entry, decision = queries.logged_decision(call)
    if decision is None:
        raise Http404
    response = HttpResponse(printing.protocol_pdf(decision), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="protocol-{call.ref}.pdf"'
    return response


@signed_in
def fairness(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_see_protocol(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    context = {"call": call, "page": queries.fairness_page(fairness_of(call))}
    return render(request, "selection/fairness.html", context)
