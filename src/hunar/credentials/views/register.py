"""The officer's side: the register, issuing per cohort, revoking and replacing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hunar.credentials import checking, permissions, queries, services, spreadsheet
from hunar.credentials.enums import CredentialKind, Standing
from hunar.credentials.forms import ReasonForm
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def register(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see_register(request.person)
    visible = queries.credentials_visible_to(request.person)
    page = Paginator(_asked(request, visible), 25).get_page(request.GET.get("page"))
    at = clock.now()
    context = {
        "page_obj": page,
        "rows": [checking.standing_row(row, at=at) for row in page],
        "years": [(year, year) for year in queries.years()],
        "cohorts": [(code, code) for code in queries.cohorts_with_certificates(visible)],
        "kinds": CredentialKind.choices,
        "standings": Standing.choices,
        "can_issue": permissions.can_issue(request.person),
    }
    template = "credentials/register.html" + ("#rows" if getattr(request, "htmx", False) else "")
    return render(request, template, context)


@signed_in
def export(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see_register(request.person)
    rows = _asked(request, queries.credentials_visible_to(request.person))
    content = spreadsheet.register_xlsx(rows, at=clock.now())
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="certificates.xlsx"'
    return response


def _asked(request: PersonRequest, visible: QuerySet[Any]) -> QuerySet[Any]:
    asked = {name: request.GET.get(name, "") for name in ("year", "cohort", "kind", "standing")}
    return queries.credentials_matching(
        visible,
        at=clock.now(),
        wish=request.GET.get("q", ""),
        order=request.GET.get("sort", ""),
        **asked,
    )


@signed_in
def cohorts(request: PersonRequest) -> HttpResponse:
    permissions.check_can_issue(request.person)
    page = Paginator(queries.cohorts_to_issue(), 25).get_page(request.GET.get("page"))
    return render(request, "credentials/cohorts.html", {"page_obj": page})


@signed_in
def cohort(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_issue(request.person)
    cohort = get_object_or_404(queries.cohorts_to_issue(), pk=pk)
    without_exam = request.GET.get("without_exam") == "yes"
    dues = queries.due_in(cohort, without_exam=without_exam)
    context = {
        "cohort": cohort,
        "dues": dues,
        "count": sum(due.is_to_issue for due in dues),
        "is_awaited": any(due.finding.reason == "exam-awaited" for due in dues),
        "without_exam": without_exam,
        "issued": any(due.held for due in dues),
    }
    return render(request, "credentials/cohort.html", context)


@require_POST
@signed_in
def issue(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_to_issue(), pk=pk)
    without_exam = request.POST.get("without_exam") == "yes"
    issued = services.issue_for_cohort(
        cohort, by=request.person, at=clock.now(), without_exam=without_exam
    )
    words = ngettext("%(count)d certificate issued.", "%(count)d certificates issued.", len(issued))
    messages.success(request, words % {"count": len(issued)})
    return redirect("credentials:cohort", pk)


@require_POST
@signed_in
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = get_object_or_404(queries.cohorts_to_issue(), pk=pk)
    document = services.register_document(cohort, by=request.person, at=clock.now())
    return redirect("cohorts:document", document.pk)


@signed_in
def revoke(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_issue(request.person)
    credential = get_object_or_404(queries.credentials_visible_to(request.person), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and request.POST.get("confirmed") == "yes" and form.is_valid():
        services.revoke(
            credential, reason=form.cleaned_data["reason"], by=request.person, at=clock.now()
        )
        messages.success(request, _("The certificate is revoked, and the holder was told."))
        return redirect("credentials:credential", pk)
    return render(request, "credentials/revoke.html", {"credential": credential, "form": form})


@signed_in
def replace(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_issue(request.person)
    credential = get_object_or_404(queries.credentials_visible_to(request.person), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and request.POST.get("confirmed") == "yes" and form.is_valid():
        new = services.supersede(
            credential, reason=form.cleaned_data["reason"], by=request.person, at=clock.now()
        )
        messages.success(request, _("The certificate is replaced by this one."))
        return redirect("credentials:credential", new.pk)
    return render(request, "credentials/replace.html", {"credential": credential, "form": form})
