from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.selection import permissions, rules, services
from hunar.selection.errors import CallFrozen
from hunar.selection.forms.calls import CallForm
from hunar.selection.forms.rules import RulesForms
from hunar.selection.queries.calls import calls_visible_to
from hunar.selection.queries.facts import cohorts_of
from hunar.selection.rules.presets import usual_rules


@signed_in
def create(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage_calls(request.person)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wishes = form.wishes()
        cohorts = wishes["cohorts"]
        call = services.draft_call(
            **wishes,
            rules_wanted=usual_rules(
                (each.code, each.version.course.code, each.seats) for each in cohorts
            ),
            by=request.person,
            at=clock.now(),
        )
        return redirect("selection:edit_rules", call.pk)
    return render(request, "selection/call_form.html", {"form": form})


@signed_in
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage_calls(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    if not call.is_draft:
        raise CallFrozen
    form = CallForm(request.POST or None, initial=CallForm.initial_of(call, cohorts_of(call)))
    if request.method == "POST" and form.is_valid():
        wishes = form.wishes()
        services.revise_call(
            call,
            **wishes,
            rules_wanted=rules.with_cohorts(
                rules.from_json(call.rules),
                [(each.code, each.version.course.code, each.seats) for each in wishes["cohorts"]],
            ),
            by=request.person,
            at=clock.now(),
        )
        return redirect("selection:edit_rules", call.pk)
    return render(request, "selection/call_form.html", {"form": form, "call": call})


@signed_in
def edit_rules(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage_calls(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    if not call.is_draft:
        raise CallFrozen
    forms = RulesForms(rules.from_json(call.rules), request.POST or None)
    if request.method == "POST" and forms.is_valid():
        services.revise_call(call, rules_wanted=forms.rules(), by=request.person, at=clock.now())
        messages.success(request, _("The rules are saved."))
        return redirect("selection:call", call.pk)
    return render(request, "selection/rules_form.html", {"call": call, "forms": forms})
