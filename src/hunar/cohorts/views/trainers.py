from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hunar.cohorts import permissions, queries, services
from hunar.cohorts.forms import PersonForm, TrainerForm
from hunar.cohorts.views.pages import cohort_context, cohort_of_staff
from hunar.kernel import clock
from hunar.kernel.errors import Malformed
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def trainers(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    cohort = cohort_of_staff(request, pk)
    if request.method == "POST":
        form = TrainerForm(request.POST)
        if not form.is_valid():
            raise Malformed
        services.appoint_trainer(cohort, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("cohorts:trainers", pk)
    wish = request.GET.get("q", "")
    context = cohort_context(request, cohort, current="cohorts:trainers") | {
        "trainers": queries.trainers_with_load(cohort),
        "found": queries.people_matching(wish),
        "proposed": queries.usual_trainers(without=cohort),
        "wish": wish,
        "parts": TrainerForm.base_fields["part"].choices,  # type: ignore[attr-defined]
    }
    return render(request, "cohorts/trainers.html", context)


@require_POST
@signed_in
def release(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    cohort = cohort_of_staff(request, pk)
    form = PersonForm(request.POST)
    if not form.is_valid():
        raise Malformed
    services.release_trainer(
        cohort, person=form.cleaned_data["person"], by=request.person, at=clock.now()
    )
    return redirect("cohorts:trainers", pk)
