from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hunar.cohorts import permissions, queries, services
from hunar.cohorts.forms import IntakeForm, RoomForm
from hunar.cohorts.views.pages import page_of
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def round_list(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage(request.person)
    return render(
        request, "cohorts/round_list.html", {"page_obj": page_of(request, queries.intakes())}
    )


@signed_in
def new_round(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage(request.person)
    form = IntakeForm(request.POST or None)
    if form.is_valid():
        services.plan_intake(
            form.cleaned_data["programme"],
            title=form.title,
            starts_date=form.cleaned_data["starts_date"],
            ends_date=form.cleaned_data["ends_date"],
            by=request.person,
            at=clock.now(),
        )
        return redirect("cohorts:rounds")
    return render(request, "cohorts/round_form.html", {"form": form})


@signed_in
def edit_round(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    intake = get_object_or_404(queries.intakes(), pk=pk)
    form = IntakeForm(request.POST or None, intake=intake)
    if form.is_valid():
        services.change_intake(
            intake,
            title=form.title,
            starts_date=form.cleaned_data["starts_date"],
            ends_date=form.cleaned_data["ends_date"],
            by=request.person,
            at=clock.now(),
        )
        return redirect("cohorts:rounds")
    return render(request, "cohorts/round_form.html", {"form": form, "intake": intake})


@signed_in
def room_list(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage(request.person)
    form = RoomForm(request.POST or None)
    if form.is_valid():
        services.add_room(
            form.cleaned_data["organisation"],
            code=form.cleaned_data["code"],
            title=form.title,
            capacity=form.cleaned_data["capacity"],
            by=request.person,
            at=clock.now(),
        )
        return redirect("cohorts:rooms")
    context = {"form": form, "rooms": queries.rooms()}
    return render(request, "cohorts/room_list.html", context)
