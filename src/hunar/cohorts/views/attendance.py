from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from hunar.cohorts import queries
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def register(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_visible_to(request.person), pk=pk)
    if not queries.sees_everybody_in(request.person, cohort):
        raise Http404
    register = queries.register_of(cohort, until=clock.now())
    return render(request, "cohorts/attendance.html", {"cohort": cohort, "register": register})
