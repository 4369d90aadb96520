from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from hunar.audit import services as audit
from hunar.evaluation import forms, permissions, printing, queries, services
from hunar.kernel import clock
from hunar.kernel.access import person_asking
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def ledger(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see(request.person)
    reports = queries.reports_visible_to(request.person)
    if audience := request.GET.get("audience", ""):
        reports = reports.filter(audience=audience)
    context = {
        "page_obj": Paginator(reports, 25).get_page(request.GET.get("page")),
        "audiences": forms.ReportForm.base_fields["audience"].choices,  # type: ignore[attr-defined]
        "can_report": permissions.can_report(request.person),
    }
    return render(request, "evaluation/ledger.html", context)


@signed_in
def prepare(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose, preview, release: the preview stands under the same address."""
    permissions.check_can_report(request.person)
    programme = get_object_or_404(queries.programmes(), pk=pk)
    at = clock.now()
    form = forms.ReportForm(request.GET or None)
    context: dict[str, Any] = {"programme": programme, "form": form}
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        if request.POST.get("confirmed") == "yes":
            accept = request.POST.get("accept") == "yes"
            report = services.release(
                programme, **chosen, accept_differences=accept, by=request.person, at=at
            )
            return redirect("evaluation:report", report.pk)
        made = queries.content(programme, **chosen, at=at, salt="preview")
        context |= {
            "document": printing.readable(made.document),
            "warnings": queries.differences(
                made.document, programme=programme, audience=chosen["audience"]
            ),
            "audience": chosen["audience"],
        }
    return render(request, "evaluation/prepare.html", context)


@signed_in
def report(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_see(request.person)
    found = get_object_or_404(queries.reports_visible_to(request.person), pk=pk)
    context = {"report": found, "document": printing.readable(found.document)}
    return render(request, "evaluation/report.html", context)


def report_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A report as PDF, XLSX or proven JSON; public ones need no signing in."""
    found = get_object_or_404(queries.reports_visible_to(person_asking(request)), pk=pk)
    return _file(found, kind)


def public(request: HttpRequest, code: str) -> HttpResponse:
    """What was published of a programme, out of its latest public report."""
    programme = get_object_or_404(queries.public_programmes(), code=code)
    found = queries.latest_public(programme)
    assert found is not None
    context = {
        "report": found,
        "programme": programme,
        "document": printing.readable(found.document),
    }
    return render(request, "evaluation/public.html", context)


def public_list(request: HttpRequest) -> HttpResponse:
    """The programmes of which figures were published."""
    context = {"programmes": queries.public_programmes()}
    return render(request, "evaluation/public_list.html", context)


def _file(found: Any, kind: str) -> HttpResponse:
    language = get_language() or "tk"
    if kind == "json":
        entry = queries.release_entry(found)
        if entry is None:
            raise Http404
        response: HttpResponse = JsonResponse(audit.with_log_proof(found.document, entry=entry))
    elif kind == "pdf":
        content = printing.report_pdf(found, language=language)
        response = HttpResponse(content, content_type="application/pdf")
    else:
        content = printing.report_xlsx(found, language=language)
        response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.ref}.{kind}"'
    return response
