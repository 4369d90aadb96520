from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from hunar.cohorts import queries
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def course(request: PersonRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(queries.own_enrolments(request.person), pk=pk)
    return render(request, "cohorts/course.html", {"enrolment": enrolment})
