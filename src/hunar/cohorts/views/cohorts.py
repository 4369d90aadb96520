from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hunar.cohorts import permissions, queries, services
from hunar.cohorts.forms import CohortForm
from hunar.cohorts.views.pages import cohort_context, page_of
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def cohort_list(request: PersonRequest) -> HttpResponse:
    visible = queries.cohorts_visible_to(request.person)
    found = queries.cohorts_matching(
        visible,
        wish=request.GET.get("q", ""),
        state=request.GET.get("state", ""),
        intake=request.GET.get("round", ""),
    )
    sort = request.GET.get("sort", "")
    context = {
        "page_obj": page_of(request, queries.sorted_cohorts(queries.with_counts(found), sort)),
        "states": queries.cohort_states(),
        "rounds": [(row.pk, str(row)) for row in queries.intakes()],
        "can_manage": permissions.can_manage(request.person),
    }
    return render(request, "cohorts/cohort_list.html" + ("#rows" if request.htmx else ""), context)  # type: ignore[attr-defined]


@signed_in
def new_cohort(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage(request.person)
    form = CohortForm(request.POST or None, initial={"intake": request.GET.get("round")})
    if form.is_valid():
        facts = dict(form.cleaned_data)
        cohort = services.plan_cohort(
            facts.pop("intake"), **facts, by=request.person, at=clock.now()
        )
        messages.success(request, _("The cohort is planned. Now give it trainers and a timetable."))
        return redirect("cohorts:cohort", cohort.pk)
    return render(request, "cohorts/cohort_form.html", {"form": form})


@signed_in
def cohort(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(
        queries.with_counts(queries.cohorts_visible_to(request.person)), pk=pk
    )
    if not queries.sees_everybody_in(request.person, cohort):
        enrolment = queries.enrolment_of(request.person, cohort)
        if enrolment:
            return redirect("cohorts:course", enrolment.pk)
        return redirect("cohorts:staff")
    context = cohort_context(request, cohort, current="cohorts:cohort") | {
        "overview": queries.overview(cohort, on=clock.now()),
    }
    return render(request, "cohorts/cohort.html", context)


@signed_in
def edit_cohort(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    cohort = get_object_or_404(queries.cohorts_visible_to(request.person), pk=pk)
    form = CohortForm(request.POST or None, cohort=cohort)
    if form.is_valid():
        services.change_cohort(cohort, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("cohorts:cohort", pk)
    return render(request, "cohorts/cohort_form.html", {"form": form, "cohort": cohort})


@require_POST
@signed_in
def start(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_visible_to(request.person), pk=pk)
    services.start_cohort(cohort, by=request.person, at=clock.now())
    return redirect("cohorts:cohort", pk)


@signed_in
def close(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    cohort = get_object_or_404(queries.cohorts_visible_to(request.person), pk=pk)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        services.close_cohort(cohort, by=request.person, at=clock.now())
        messages.success(request, _("The cohort is closed. Certificates can be issued now."))
        return redirect("cohorts:cohort", pk)
    context = {"cohort": cohort, "overview": queries.overview(cohort, on=clock.now())}
    return render(request, "cohorts/close.html", context)
