"""What the views of this room share."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from hunar.cohorts import permissions, queries
from hunar.cohorts.tabs import tabs_for
from hunar.people.requests import PersonRequest

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def cohort_of_staff(request: PersonRequest, pk: int) -> Any:
    """The cohort, for who sees everybody in it; for others it does not exist."""
    cohort = get_object_or_404(queries.cohorts_visible_to(request.person), pk=pk)
    if not queries.sees_everybody_in(request.person, cohort):
        raise Http404
    return cohort


def session_of_staff(request: PersonRequest, pk: int) -> Any:
    """The session, for who may record its attendance.

    :raises NotYourCohort: for others who see the cohort.
    """
    session = get_object_or_404(queries.sessions_visible_to(request.person), pk=pk)
    permissions.check_can_record(request.person, session.cohort)
    return session


def cohort_context(request: PersonRequest, cohort: Any, *, current: str) -> dict[str, Any]:
    """What every page of a cohort shows: itself, its tabs, what the reader may do."""
    return {
        "cohort": cohort,
        "tabs": tabs_for(request.person, cohort, current=current),
        "can_manage": permissions.can_manage(request.person),
    }


def page_of(request: PersonRequest, rows: Any, *, size: int = PER_PAGE) -> Page[Any]:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def download(content: bytes, *, name: str, kind: str = XLSX) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
