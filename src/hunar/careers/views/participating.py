from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from hunar.audit import services as audit
from hunar.careers import forms, permissions, printing, queries, services
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in

PHASES = ("open", "announced", "closed", "ranked")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def competition_list(request: PersonRequest) -> HttpResponse:
    at, person = clock.now(), request.person
    found = queries.matching(
        queries.competitions_visible_to(person).exclude(state="draft"),
        at=at,
        wish=request.GET.get("q", ""),
        phase=request.GET.get("phase", ""),
        order=request.GET.get("sort", ""),
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": queries.rows(list(page.object_list), at=at),
        "phases": [(code, queries.PHASES[code][0]) for code in PHASES],
        "can_manage": permissions.can_manage_somewhere(person),
    }
    template = "careers/competition_list.html" + ("#rows" if request.htmx else "")  # type: ignore[attr-defined]
    return render(request, template, context)


@signed_in
def competition(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.competitions_visible_to(request.person), pk=pk)
    view = queries.view_of(found, seen_by=request.person, at=clock.now())
    return render(request, "careers/competition.html", {"view": view})


@signed_in
def apply(request: PersonRequest, pk: int) -> HttpResponse:
    at = clock.now()
    found = get_object_or_404(queries.competitions_visible_to(request.person), pk=pk)
    form = forms.ApplyForm(request.POST or None)
    if request.POST.get("confirmed") == "yes" and form.is_valid():
        made = services.apply(found, person=request.person, at=at, **form.cleaned_data)
        return redirect("careers:candidacy", made.pk)
    context = {
        "competition": found,
        "can_apply": queries.can_apply(found, request.person, at=at),
        "preview": queries.preview(found, request.person, at=at),
        "form": form,
    }
    return render(request, "careers/apply.html", context)


@signed_in
def mine(request: PersonRequest) -> HttpResponse:
    page = Paginator(queries.own_candidacies(request.person), 25).get_page(request.GET.get("page"))
    return render(request, "careers/mine.html", {"page_obj": page})


@signed_in
def candidacy(request: PersonRequest, pk: int) -> HttpResponse:
    at = clock.now()
    found = get_object_or_404(queries.own_candidacies(request.person), pk=pk)
    result = queries.result_of(found)
    context = {
        "candidacy": found,
        "competition": found.competition,
        "phase": queries.PHASES[queries.phase(found.competition, at=at)],
        "result": result,
        "preview": None if result else queries.preview(found.competition, request.person, at=at),
        "can_withdraw": not found.is_withdrawn and found.competition.is_open_at(at),
    }
    return render(request, "careers/candidacy.html", context)


@signed_in
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.own_candidacies(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.withdraw(found, by=request.person, at=clock.now())
        return redirect("careers:mine")
    return render(request, "careers/withdraw.html", {"candidacy": found})


@signed_in
def merit_list(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.lists_visible_to(request.person), competition=pk)
    view = queries.list_view(found, seen_by=request.person)
    context = {"view": view, "competition": found.competition}
    return render(request, "careers/merit_list.html", context)


@signed_in
def merit_list_file(request: PersonRequest, pk: int, kind: str) -> HttpResponse:
    """The list as PDF (numbers only), as XLSX, or as signed JSON with its proof."""
    found = get_object_or_404(queries.lists_visible_to(request.person), competition=pk)
    if kind == "json":
        entry = queries.list_entry(found)
        if entry is None:
            raise Http404
        response: HttpResponse = JsonResponse(audit.with_log_proof(found.document, entry=entry))
    else:
        view = queries.list_view(found, seen_by=request.person)
        pdf = kind == "pdf"
        content = (
            printing.list_pdf(view, language=get_language() or "tk")
            if pdf
            else printing.list_xlsx(view)
        )
        response = HttpResponse(content, content_type="application/pdf" if pdf else XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.ref}.{kind}"'
    return response
