from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from hunar.cohorts import queries
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def document(request: PersonRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(queries.documents_visible_to(request.person), pk=pk)
    return render(request, "cohorts/document.html", {"document": document})
