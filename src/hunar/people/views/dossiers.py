from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hunar.kernel import clock
from hunar.people import permissions, queries, services
from hunar.people.enums import Permission
from hunar.people.forms import CorrectionForm, EmploymentForm, EndOfEmploymentForm
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def me(request: PersonRequest) -> HttpResponse:
    return redirect("people:person", request.person.pk)


@signed_in
def person(request: PersonRequest, pk: int) -> HttpResponse:
    someone = services.open_dossier(pk, by=request.person, at=clock.now())
    dossier = queries.dossier(someone, seen_by=request.person)
    return render(request, "people/person.html", {"dossier": dossier})


@signed_in
def correct(request: PersonRequest, pk: int) -> HttpResponse:
    someone = _managed(request, pk)
    form = CorrectionForm(request.POST or None, instance=someone)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.pop("reason")
        services.correct_person(
            someone, form.cleaned_data, reason=reason, by=request.person, at=clock.now()
        )
        return redirect("people:person", pk)
    return render(request, "people/person_correct.html", {"form": form, "person": someone})


@signed_in
def employ(request: PersonRequest, pk: int, organisation: int) -> HttpResponse:
    someone = get_object_or_404(queries.people_within_reach(request.person), pk=pk)
    employer = get_object_or_404(
        queries.organisations_where(request.person, Permission.MANAGE_PEOPLE), pk=organisation
    )
    form = EmploymentForm(
        request.POST or None, organisation=employer, initial={"started_date": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        services.employ(someone, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("people:person", pk)
    context = {"form": form, "person": someone, "organisation": employer}
    return render(request, "people/employ.html", context)


@signed_in
def end_employment(request: PersonRequest, pk: int) -> HttpResponse:
    someone = _managed(request, pk)
    form = EndOfEmploymentForm(request.POST or None, initial={"ended_date": clock.today()})
    if request.method == "POST" and form.is_valid():
        services.end_employment(someone, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("people:person", pk)
    return render(request, "people/employment_end.html", {"form": form, "person": someone})


def _managed(request: PersonRequest, pk: int) -> Any:
    someone = get_object_or_404(queries.people_within_reach(request.person), pk=pk)
    permissions.check_can_manage_person(request.person, someone)
    return someone
