from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hunar.catalogue import permissions, queries, services
from hunar.catalogue.forms import ProgrammeForm
from hunar.competencies import queries as competencies
from hunar.kernel import clock
from hunar.kernel.access import person_asking
from hunar.people.requests import PersonRequest, signed_in


def course_list(request: HttpRequest) -> HttpResponse:
    found = queries.published_versions(
        wish=request.GET.get("q", ""), competency=request.GET.get("competency", "")
    )
    page = Paginator(found, 12).get_page(request.GET.get("page"))
    served = queries.with_competencies(list(page))
    context = {
        "page_obj": page,
        "cards": [(version, served[version.pk]) for version in page],
        "competencies": [(row.code, str(row)) for row in competencies.competencies()],
        "can_manage": permissions.can_manage(person_asking(request)),
    }
    template = "course_list.html#cards" if getattr(request, "htmx", False) else "course_list.html"
    return render(request, f"catalogue/{template}", context)


def course(request: HttpRequest, code: str) -> HttpResponse:
    versions = queries.versions_of(code, seen_by=person_asking(request))
    if not versions:
        raise Http404
    taught = next((row for row in versions if row.is_published), versions[0])
    return redirect("catalogue:version", taught.pk)


def history(request: HttpRequest, code: str) -> HttpResponse:
    versions = queries.versions_of(code, seen_by=person_asking(request))
    if not versions:
        raise Http404
    context = {"versions": versions, "newest": versions[0]}
    return render(request, "catalogue/history.html", context)


def programme_list(request: HttpRequest) -> HttpResponse:
    context = {
        "programmes": queries.programmes_with_counts(),
        "can_manage": permissions.can_manage(person_asking(request)),
    }
    return render(request, "catalogue/programme_list.html", context)


def programme(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.programmes(), pk=pk)
    person = person_asking(request)
    context = {
        "programme": found,
        "versions": queries.versions_visible_to(person).filter(course__programme=found),
        "can_manage": permissions.can_manage(person),
    }
    return render(request, "catalogue/programme.html", context)


@signed_in
def new_programme(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage(request.person)
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.create_programme(**form.facts(), by=request.person, at=clock.now())
        return redirect("catalogue:programme", made.pk)
    return render(request, "catalogue/programme_form.html", {"form": form})
