from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hunar.careers import forms, permissions, queries, services
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def manage(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage_somewhere(request.person)
    at = clock.now()
    found = queries.matching(
        queries.competitions_managed_by(request.person),
        at=at,
        wish=request.GET.get("q", ""),
        phase=request.GET.get("phase", ""),
        order=request.GET.get("sort", ""),
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": queries.rows(list(page.object_list), at=at),
        "phases": [(code, words) for code, (words, _) in queries.PHASES.items()],
    }
    return render(request, "careers/manage.html", context)


@signed_in
def new(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage_somewhere(request.person)
    form = forms.CompetitionForm(request.POST or None, person=request.person)
    if request.method == "POST" and form.is_valid():
        post = form.cleaned_data["post"]
        made = services.draft(post, terms=form.terms(), by=request.person, at=clock.now())
        return redirect("careers:competition", made.pk)
    return render(request, "careers/competition_form.html", {"form": form})


@signed_in
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.competitions_managed_by(request.person), pk=pk)
    form = forms.CompetitionForm(request.POST or None, person=request.person, competition=found)
    if request.method == "POST" and form.is_valid():
        services.edit(found, terms=form.terms(), by=request.person, at=clock.now())
        return redirect("careers:competition", pk)
    return render(request, "careers/competition_form.html", {"form": form, "competition": found})


@signed_in
def publish(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.competitions_managed_by(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.publish(found, by=request.person, at=clock.now())
        return redirect("careers:competition", pk)
    view = queries.view_of(found, seen_by=request.person, at=clock.now())
    return render(request, "careers/publish.html", {"view": view})


@signed_in
def rank(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.competitions_managed_by(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.rank(found, by=request.person, at=clock.now())
        return redirect("careers:merit_list", pk)
    view = queries.view_of(found, seen_by=request.person, at=clock.now())
    return render(request, "careers/rank.html", {"view": view})
