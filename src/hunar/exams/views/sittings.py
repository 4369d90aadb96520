from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hunar.exams import exports, permissions, queries, services
from hunar.exams.forms import SittingForm
from hunar.exams.views.tabs import check_may_look, sitting_tabs, staff_tabs
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def sitting_list(request: PersonRequest) -> HttpResponse:
    check_may_look(request.person)
    return _listed(request, queries.sittings_visible_to(request.person))


@signed_in
def of_cohort(request: PersonRequest, pk: int) -> HttpResponse:
    check_may_look(request.person)
    sittings = queries.sittings_visible_to(request.person).filter(cohort=pk)
    return _listed(request, sittings, cohort=queries.cohort_of_tab(pk))


def _listed(request: PersonRequest, sittings: Any, *, cohort: Any = None) -> HttpResponse:
    at = clock.now()
    state = request.GET.get("state", "")
    found = queries.matching_sittings(sittings, wish=request.GET.get("q", ""), state=state, at=at)
    context = {
        "page_obj": Paginator(found, 25).get_page(request.GET.get("page")),
        "states": queries.SITTING_STATES,
        "tabs": staff_tabs(request.person, current="exams:sittings"),
        "can_manage": permissions.can_manage_exams(request.person),
        "cohort": cohort,
        "now": at,
    }
    return render(request, "exams/sitting_list.html" + ("#rows" if request.htmx else ""), context)  # type: ignore[attr-defined]


@signed_in
def plan(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage_exams(request.person)
    form = SittingForm(
        request.POST or None, on=clock.today(), initial={"cohort": request.GET.get("cohort")}
    )
    if form.is_valid():
        facts = dict(form.cleaned_data)
        sitting = services.plan_sitting(
            facts.pop("form"), **facts, by=request.person, at=clock.now()
        )
        return redirect("exams:sitting", sitting.pk)
    return render(request, "exams/sitting_form.html", {"form": form})


@signed_in
def sitting(request: PersonRequest, pk: int) -> HttpResponse:
    at = clock.now()
    sitting = _visible(request, pk)
    may_watch = permissions.can_invigilate(request.person, sitting)
    context = _context(request, sitting, "exams:sitting") | {
        "roll": queries.roll_of(sitting, at=at) if may_watch else [],
        "may_watch": may_watch,
        "is_over": at >= sitting.closes_at,
        "now": at,
    }
    return render(request, "exams/sitting.html" + ("#roll" if request.htmx else ""), context)  # type: ignore[attr-defined]


@signed_in
def results(request: PersonRequest, pk: int) -> HttpResponse:
    sitting = _visible(request, pk)
    permissions.check_can_see_results(request.person, sitting)
    rows = queries.sorted_results(queries.results_of(sitting), request.GET.get("sort", ""))
    context = _context(request, sitting, "exams:results") | {
        "rows": rows,
        "passed": sum(row.score.is_passed for row in rows),
        "chart": queries.distribution(rows) if rows else None,
    }
    return render(request, "exams/results.html", context)


@require_GET
@signed_in
def results_table(request: PersonRequest, pk: int) -> HttpResponse:
    sitting = _visible(request, pk)
    permissions.check_can_see_results(request.person, sitting)
    content = exports.results_workbook(sitting)
    name = f'attachment; filename="{sitting.ref}-results.xlsx"'
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": name})


@signed_in
def statistics(request: PersonRequest, pk: int) -> HttpResponse:
    sitting = _visible(request, pk)
    permissions.check_can_see_results(request.person, sitting)
    statistics = queries.statistics_of(sitting)
    context = _context(request, sitting, "exams:statistics") | {
        "statistics": statistics,
        "chart": queries.difficulty_chart(statistics) if statistics else None,
    }
    return render(request, "exams/statistics.html", context)


@signed_in
def release(request: PersonRequest, pk: int) -> HttpResponse:
    sitting = _visible(request, pk)
    permissions.check_can_manage_exams(request.person)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        services.release(sitting, by=request.person, at=clock.now())
        messages.success(request, _("The results are released; each candidate has a message."))
        return redirect("exams:results", pk)
    context = _context(request, sitting, "") | {"is_over": clock.now() >= sitting.closes_at}
    return render(request, "exams/release.html", context)


def _visible(request: PersonRequest, pk: int) -> Any:
    return get_object_or_404(queries.sittings_visible_to(request.person), pk=pk)


def _context(request: PersonRequest, sitting: Any, current: str) -> dict[str, Any]:
    return {
        "sitting": sitting,
        "can_manage": permissions.can_manage_exams(request.person),
        "tabs": sitting_tabs(sitting, person=request.person, current=current),
    }
