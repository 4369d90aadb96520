from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from hunar.competencies import pictures, queries, services
from hunar.competencies.forms import SelfAssessmentForm
from hunar.kernel import clock
from hunar.people import services as people
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def mine(request: PersonRequest) -> HttpResponse:
    standing = queries.standing_of(request.person, on=clock.today())
    context = {"standing": standing, "is_mine": True, "chart": _chart(standing)}
    return render(request, "competencies/standing.html", context)


@signed_in
def person(request: PersonRequest, pk: int) -> HttpResponse:
    someone = people.open_dossier(pk, by=request.person, at=clock.now())
    standing = queries.standing_of(someone, on=clock.today())
    context = {
        "standing": standing,
        "is_mine": someone == request.person,
        "chart": _chart(standing),
    }
    return render(request, "competencies/standing.html", context)


def _chart(standing: queries.Standing) -> object:
    return pictures.attained_and_required(standing.gaps) if standing.gaps else None


@signed_in
def assess(request: PersonRequest) -> HttpResponse:
    competencies, levels = list(queries.competencies()), list(queries.levels())
    form = SelfAssessmentForm(
        request.POST or None,
        competencies=competencies,
        levels=levels,
        claimed=queries.claims(request.person, on=clock.today()),
    )
    if request.method == "POST" and form.is_valid():
        services.assess_self(request.person, levels=form.levels(), at=clock.now())
        return redirect("competencies:mine")
    parts = [
        (part.title, [form.field_of(row) for row in part.competencies])
        for part in queries.in_areas(competencies)
    ]
    context = {"form": form, "parts": parts, "levels": levels}
    return render(request, "competencies/assess.html", context)
