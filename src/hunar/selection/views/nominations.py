from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.selection import exports, permissions, services
from hunar.selection.forms.filters import NOMINATION_STATES, ROLE_GROUPS
from hunar.selection.forms.nominations import NominationForm
from hunar.selection.queries import nominations as queries
from hunar.selection.queries.calls import calls_visible_to
from hunar.selection.queries.facts import cohorts_of
from hunar.selection.queries.pages import StaffPage, nomination_page, staff_page
from hunar.selection.queries.presentation import checks_in_words
from hunar.selection.queries.staff import candidate


def _narrowed(request: PersonRequest, pk: int):  # type: ignore[no-untyped-def]
    wishes = request.GET
    visible = queries.nominations_visible_to(request.person).filter(call_id=pk)
    return queries.narrowed(
        visible,
        wish=wishes.get("q", ""),
        state=wishes.get("state", ""),
        organisation=wishes.get("organisation", ""),
        cohort=wishes.get("cohort", ""),
        sort=wishes.get("sort", ""),
    )


@signed_in
def nomination_list(request: PersonRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    _check_sees_list(request)
    context = {
        "call": call,
        "page_obj": Paginator(
            _narrowed(request, pk).prefetch_related("places__cohort"), 25
        ).get_page(request.GET.get("page")),
        "states": NOMINATION_STATES,
        "organisations": queries.organisations_in(call, request.person),
        "cohorts": [(each.code, each.code) for each in cohorts_of(call)],
        "may_manage": permissions.can_manage_calls(request.person),
    }
    template = "selection/nomination_list.html"
    return render(
        request, f"{template}#rows" if getattr(request, "htmx", False) else template, context
    )


def _check_sees_list(request: PersonRequest) -> None:
    if not (
        permissions.can_manage_calls(request.person) or permissions.can_nominate(request.person)
    ):
        raise Http404


@signed_in
def export(request: PersonRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    _check_sees_list(request)
    content = exports.nominations_xlsx(_narrowed(request, pk).prefetch_related("places__cohort"))
    return exports.as_download(content, f"nominations-{call.ref}.xlsx")


@signed_in
def nomination(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.nominations_visible_to(request.person), pk=pk)
    if not (
        permissions.can_manage_calls(request.person) or permissions.can_nominate(request.person)
    ):
        return redirect("selection:own_nomination", found.pk)
    context = {
        "page": nomination_page(found),
        "may_withdraw": permissions.can_withdraw(request.person, found) and not found.is_withdrawn,
    }
    return render(request, "selection/nomination.html", context)


@signed_in
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.nominations_visible_to(request.person), pk=pk)
    permissions.check_can_withdraw(request.person, found)
    if request.POST.get("confirmed") == "yes":
        services.withdraw(found, by=request.person, at=clock.now())
        messages.success(request, _("The nomination is withdrawn."))
        if request.POST.get("then") == "replace":
            return redirect("selection:staff", found.call_id)
        return redirect("selection:nomination", found.pk)
    return render(request, "selection/nomination_withdraw.html", {"nomination": found})


def _staff_page(request: PersonRequest, pk: int) -> StaffPage:
    permissions.check_nominates(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    wishes = request.GET
    return staff_page(
        call,
        by=request.person,
        on=clock.today(),
        wish=wishes.get("q", ""),
        sort=wishes.get("sort", "-gap"),
        role_group=wishes.get("role_group", ""),
        ticked=wishes.getlist("selected"),
        page=wishes.get("page", "1"),
    )


@signed_in
def staff(request: PersonRequest, pk: int) -> HttpResponse:
    page = _staff_page(request, pk)
    if request.GET.get("act") == "nominate" and page.ticked:
        first, *rest = page.ticked
        url = page.nominate_url(first, queue=rest)
        return redirect(url)
    context = {
        "page": page,
        "page_obj": page.page_obj,
        "call": page.call,
        "role_groups": ROLE_GROUPS,
        "is_open": page.call.takes_nominations(clock.now()),
    }
    return render(request, "selection/staff_list.html", context)


@signed_in
def balance(request: PersonRequest, pk: int) -> HttpResponse:
    page = _staff_page(request, pk)
    return render(request, "selection/staff_list.html#balance", {"page": page, "call": page.call})


@signed_in
def nominate(request: PersonRequest, pk: int, person_id: int) -> HttpResponse:
    permissions.check_nominates(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    found = candidate(call, by=request.person, person_id=person_id, on=clock.today())
    if found is None:
        raise Http404
    form = NominationForm(request.POST or None, cohorts=cohorts_of(call), facts=found.facts)
    if request.method == "POST" and form.is_valid():
        services.nominate(
            call, person=found.person, **form.wishes(), by=request.person, at=clock.now()
        )
        messages.success(request, _("%(name)s is nominated.") % {"name": found.person})
        queue = request.GET.getlist("queue")
        return redirect(StaffPage.next_url(call, queue))
    failed = checks_in_words(each.to_json() for each in found.failed)
    context = {"call": call, "candidate": found, "form": form, "failed": failed}
    return render(request, "selection/nominate.html", context)
