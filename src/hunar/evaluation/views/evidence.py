from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.evaluation import forms, permissions, printing, queries, services
from hunar.evaluation.indicators import Indicator, Record
from hunar.evaluation.pictures import progress_chart, trend_chart
from hunar.kernel import clock
from hunar.kernel.tables import write_xlsx
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def programme_list(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see(request.person)
    context = {
        "programmes": queries.programmes(),
        "can_report": permissions.can_report(request.person),
    }
    return render(request, "evaluation/programme_list.html", context)


@signed_in
def programme(request: PersonRequest, pk: int) -> HttpResponse:
    scope = _scope(request, pk)
    view = queries.programme_view(scope)
    context = {
        "view": view,
        "programme": scope.programme,
        "chart": progress_chart(view.lines),
        "dimension_rows": view.framework.cuts,
        "can_report": permissions.can_report(request.person),
        "level_titles": queries.LEVEL_TITLES,
    }
    return render(request, "evaluation/programme.html", context)


@signed_in
def indicator(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    scope = _scope(request, pk)
    figure = _figure(scope, code)
    page = Paginator(_records(request, figure), 25).get_page(request.GET.get("page"))
    rows = queries.rows(page.object_list, indicator=figure.indicator, seen_by=request.person)
    context = {
        "programme": scope.programme,
        "scope": scope,
        "figure": figure,
        "indicator": figure.indicator,
        "shown": printing.figure_words(figure),
        "target": queries.targets_of(scope.programme).get(code),
        "chart": trend_chart(figure),
        "page_obj": page,
        "rows": rows,
        "shows": queries.columns_of(rows),
        "sees_names": permissions.can_see_names(request.person),
        "can_report": permissions.can_report(request.person),
    }
    template = "evaluation/indicator.html" + ("#rows" if request.htmx else "")  # type: ignore[attr-defined]
    return render(request, template, context)


@signed_in
def export(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    scope = _scope(request, pk)
    figure = _figure(scope, code)
    found = figure.indicator
    rows = queries.rows(_records(request, figure), indicator=found, seen_by=request.person)
    services.note_export(
        scope.programme, indicator=found, count=len(rows), by=request.person, at=clock.now()
    )
    head = [_("Record"), _("Title or name"), _("About"), _("Date"), _("Amount"), _("Counts")]
    lines = [[row.ref, row.title, row.about, row.day, row.amount, row.hit] for row in rows]
    response = HttpResponse(write_xlsx(head, lines, sheet=found.code), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.code}.xlsx"'
    return response


def _figure(scope: queries.Scope, code: str) -> queries.Figure:
    found = _indicator(code)
    facts = queries.load(scope, sources=found.sources)
    return queries.framework(facts, audience="internal", indicators=[found]).figures[0]


def _records(request: PersonRequest, figure: queries.Figure) -> list[Record]:
    return queries.matching(
        queries.open_records(figure, seen_by=request.person),
        wish=request.GET.get("q", ""),
        order=request.GET.get("sort", ""),
        seen_by=request.person,
    )


@signed_in
def target(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    permissions.check_can_report(request.person)
    programme = get_object_or_404(queries.programmes(), pk=pk)
    found = _indicator(code)
    present = queries.targets_of(programme).get(code)
    initial = {name: getattr(present, name, None) for name in forms.TargetForm.base_fields}
    form = forms.TargetForm(request.POST or None, initial=initial if present else None)
    if request.method == "POST" and form.is_valid():
        services.set_target(
            programme, indicator=code, by=request.person, at=clock.now(), **form.cleaned_data
        )
        return redirect("evaluation:programme", pk)
    context = {"form": form, "programme": programme, "indicator": found}
    return render(request, "evaluation/target.html", context)


def _scope(request: PersonRequest, pk: int) -> queries.Scope:
    permissions.check_can_see(request.person)
    programme = get_object_or_404(queries.programmes(), pk=pk)
    since, until = queries.whole_period(programme, on=clock.today())
    intake = request.GET.get("round", "")
    return queries.Scope(
        programme,
        since,
        until,
        intake=int(intake) if intake.isdecimal() and len(intake) < 10 else 0,
        course=request.GET.get("course", "")[:20],
    )


def _indicator(code: str) -> Indicator:
    found = queries.definition(code)
    if found is None:
        raise Http404
    return found
