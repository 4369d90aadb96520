from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hunar.catalogue import permissions, printing, queries, services
from hunar.catalogue.forms import RetireForm
from hunar.kernel import clock
from hunar.kernel.access import person_asking
from hunar.kernel.text import LANGUAGES
from hunar.people.requests import PersonRequest, signed_in


def version(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_asking(request)
    found = get_object_or_404(queries.versions_visible_to(person), pk=pk)
    view = queries.view_of(found, seen_by=person)
    return render(request, "catalogue/version.html", {"view": view})


def changes(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_asking(request)
    found = get_object_or_404(queries.versions_visible_to(person), pk=pk)
    before = queries.predecessor(found, seen_by=person)
    if before is None:
        raise Http404
    context = {
        "version": found,
        "before": before,
        "differences": queries.differences(before, found),
    }
    return render(request, "catalogue/changes.html", context)


def syllabus(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    found = get_object_or_404(queries.versions_visible_to(person_asking(request)), pk=pk)
    if language not in LANGUAGES:
        raise Http404
    name = f"{found.course.code}-{found.number}-{language}.pdf"
    return HttpResponse(
        printing.syllabus(found, language=language),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@signed_in
def lesson(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = get_object_or_404(queries.versions_visible_to(request.person), pk=pk)
    lesson = queries.lesson_in(found, code)
    if lesson is None:
        raise Http404
    context = {"version": found, "lesson": lesson, "preview": queries.preview_of(lesson)}
    return render(request, "catalogue/lesson.html", context)


@signed_in
def publish(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = get_object_or_404(queries.versions_visible_to(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.publish_version(found, by=request.person, at=clock.now())
        return redirect("catalogue:version", pk)
    context = {"version": found, "problems": queries.what_is_missing(found)}
    return render(request, "catalogue/publish.html", context)


@signed_in
def retire(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = get_object_or_404(queries.versions_visible_to(request.person), pk=pk)
    form = RetireForm(request.POST or None)
    if request.POST.get("confirmed") == "yes" and form.is_valid():
        services.retire_version(found, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("catalogue:version", pk)
    return render(request, "catalogue/retire.html", {"version": found, "form": form})
