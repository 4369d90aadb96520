from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from hunar.kernel import clock
from hunar.people import queries as people
from hunar.people import services as dossiers
from hunar.people.models import Person
from hunar.people.requests import PersonRequest, signed_in
from hunar.records import queries
from hunar.records.forms import FilterForm


@signed_in
def mine(request: PersonRequest) -> HttpResponse:
    openings = people.openings_of(request.person)
    return _page(request, request.person, is_mine=True, openings=openings)


@signed_in
def person(request: PersonRequest, pk: int) -> HttpResponse:
    someone = dossiers.open_dossier(pk, by=request.person, at=clock.now())
    return _page(request, someone, is_mine=someone == request.person, openings=[])


def _page(
    request: PersonRequest, person: Person, *, is_mine: bool, openings: list[people.Opening]
) -> HttpResponse:
    form = FilterForm(request.GET)
    statements = queries.statements_of(person, wish=form.wish())
    page = Paginator(statements, 25).get_page(request.GET.get("page"))
    context = {
        "subject": person,
        "is_mine": is_mine,
        "form": form,
        "page_obj": page,
        "lines": queries.in_words(page),
        "verbs": queries.verbs_of(person),
        "openings": openings,
    }
    template = "record.html#lines" if getattr(request, "htmx", False) else "record.html"
    return render(request, f"records/{template}", context)


@signed_in
def export(request: PersonRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    content = queries.export_of(request.person, wish=form.wish())
    name = f"learning-record-{request.person.ref}.json"
    return JsonResponse(
        content,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
