from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hunar.cohorts import permissions, printing, queries, services
from hunar.cohorts.views.pages import cohort_context, cohort_of_staff, download
from hunar.kernel import clock
from hunar.kernel.errors import Malformed
from hunar.kernel.text import LANGUAGES
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def document_list(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of_staff(request, pk)
    if request.method == "POST":
        permissions.check_can_manage(request.person)
        kind = request.POST.get("kind", "")
        if kind not in queries.own_document_kinds():
            raise Malformed
        made = services.register_own_document(cohort, kind=kind, by=request.person, at=clock.now())
        return redirect("cohorts:document", made.pk)
    documents = list(queries.documents_of(cohort))
    context = cohort_context(request, cohort, current="cohorts:documents") | {
        "documents": documents,
        "kinds": queries.own_document_kinds().items(),
        "registered": {row.kind for row in documents},
    }
    return render(request, "cohorts/documents.html", context)


@signed_in
def document(request: PersonRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(queries.documents_visible_to(request.person), pk=pk)
    context = {"document": document, "latest": queries.latest_like(document)}
    return render(request, "cohorts/document.html", context)


@signed_in
def pdf(request: PersonRequest, pk: int, language: str) -> HttpResponse:
    document = get_object_or_404(queries.documents_visible_to(request.person), pk=pk)
    if language not in LANGUAGES:
        raise Http404
    name = f"{document.kind}-{document.number}-{document.year}-{language}.pdf"
    return download(
        printing.document_pdf(document, language=language), name=name, kind="application/pdf"
    )
