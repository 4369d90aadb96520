from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.selection import permissions, services
from hunar.selection.forms.filters import CALL_STATES
from hunar.selection.queries import calls as queries
from hunar.selection.queries.marking import marking_progress
from hunar.selection.queries.nominations import nominations_made_for
from hunar.selection.queries.presentation import rules_in_words
from hunar.selection.services.calls import rule_problems, wording_of


@signed_in
def call_list(request: PersonRequest) -> HttpResponse:
    calls = queries.matching_calls(
        queries.calls_visible_to(request.person),
        wish=request.GET.get("q", ""),
        state=request.GET.get("state", ""),
    )
    context = {
        "page_obj": Paginator(calls, 20).get_page(request.GET.get("page")),
        "states": CALL_STATES,
        "may_manage": permissions.can_manage_calls(request.person),
        "may_nominate": permissions.can_nominate(request.person),
        "now": clock.now(),
    }
    template = "selection/call_list.html"
    return render(
        request, f"{template}#rows" if getattr(request, "htmx", False) else template, context
    )


@signed_in
def call(request: PersonRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(queries.calls_visible_to(request.person), pk=pk)
    may_manage = permissions.can_manage_calls(request.person)
    may_nominate = permissions.can_nominate(request.person)
    now = clock.now()
    problems = [wording_of(each) for each in rule_problems(call)] if call.is_draft else []
    context = {
        "call": call,
        "rules": rules_in_words(call),
        "may_manage": may_manage,
        "may_nominate": may_nominate and call.takes_nominations(now),
        "own_count": nominations_made_for(request.person, call).count() if may_nominate else 0,
        "may_see_protocol": permissions.can_see_protocol(request.person) and call.is_decided,
        "problems": problems if may_manage else [],
        "progress": marking_progress(call) if may_manage and call.is_closed else None,
        "has_ended": now > call.closes_at,
    }
    return render(request, "selection/call.html", context)


@signed_in
def publish(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage_calls(request.person)
    call = get_object_or_404(queries.calls_visible_to(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.publish(call, by=request.person, at=clock.now())
        messages.success(request, _("The call is published; its rules are frozen."))
        return redirect("selection:call", call.pk)
    problems = [wording_of(each) for each in rule_problems(call)]
    context = {"call": call, "rules": rules_in_words(call), "problems": problems}
    return render(request, "selection/call_publish.html", context)


@signed_in
def close(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage_calls(request.person)
    call = get_object_or_404(queries.calls_visible_to(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.close(call, by=request.person, at=clock.now())
        messages.success(request, _("The call is closed; the requirements are checked."))
        return redirect("selection:call", call.pk)
    return render(request, "selection/call_close.html", {"call": call})
