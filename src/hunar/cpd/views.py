from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hunar.audit.services import with_log_proof
from hunar.cpd import pages, permissions, queries, services
from hunar.cpd.forms import ClaimForm, DrawForm, PolicyForm, RejectForm
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def mine(request: PersonRequest) -> HttpResponse:
    account = queries.account(request.person, on=clock.today())
    found = queries.records_of(request.person)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {
        "account": account,
        "page_obj": page,
        "chart": pages.balance_chart(account),
        "explanation": pages.explanation(account),
    }
    return render(request, "cpd/mine.html", context)


@signed_in
def claim(request: PersonRequest) -> HttpResponse:
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = {
            name: value
            for name, value in form.cleaned_data.items()
            if name not in ("hours", "rest")
        }
        services.claim(by=request.person, at=clock.now(), **given)
        messages.success(request, _("Your claim was received. An officer will look at it."))
        return redirect("cpd:mine")
    return render(request, "cpd/claim.html", {"form": form})


@signed_in
def record(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.records_visible_to(request.person), pk=pk)
    is_own = found.person_id == request.person.pk
    context = {
        "record": found,
        "is_own": is_own,
        "can_decide": permissions.can_verify(request.person) and not is_own,
        "form": RejectForm(),
    }
    return render(request, "cpd/record.html", context)


@require_POST
@signed_in
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.records_of(request.person), pk=pk)
    services.withdraw(found, by=request.person, at=clock.now())
    messages.success(request, _("The claim was taken back."))
    return redirect("cpd:mine")


@signed_in
def evidence(request: PersonRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(queries.records_visible_to(request.person), pk=pk)
    if not found.evidence:
        raise NotFound
    name = str(found.evidence.name).rsplit("/", 1)[-1]
    return FileResponse(found.evidence.open("rb"), as_attachment=True, filename=name)


@signed_in
def claims(request: PersonRequest) -> HttpResponse:
    permissions.check_can_verify(request.person)
    found = queries.open_claims(
        wish=request.GET.get("q", ""), order=request.GET.get("sort", "recorded_at")
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    template = "cpd/claims.html" + ("#rows" if getattr(request, "htmx", False) else "")
    return render(request, template, {"page_obj": page})


@require_POST
@signed_in
def verify(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.records_visible_to(request.person), pk=pk)
    services.verify(found, by=request.person, at=clock.now())
    messages.success(request, _("The activity was credited."))
    return redirect("cpd:claims")


@require_POST
@signed_in
def reject(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.records_visible_to(request.person), pk=pk)
    reason = request.POST.get("reason", "")
    services.reject(found, reason=reason, by=request.person, at=clock.now())
    messages.success(request, _("The claim was rejected with your reason."))
    return redirect("cpd:claims")


@require_POST
@signed_in
def reverse(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.records_visible_to(request.person), pk=pk)
    reason = request.POST.get("reason", "")
    services.reverse_claim(found, reason=reason, by=request.person, at=clock.now())
    messages.success(request, _("The activity no longer counts; the person was told."))
    return redirect("cpd:record", pk)


@signed_in
def policies(request: PersonRequest) -> HttpResponse:
    context = {
        "policies": queries.all_policies(),
        "can_adopt": permissions.can_adopt(request.person),
        "can_verify": permissions.can_verify(request.person),
        "today": clock.today(),
    }
    return render(request, "cpd/policies.html", context)


@signed_in
def new_policy(request: PersonRequest) -> HttpResponse:
    permissions.check_can_adopt(request.person)
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.adopt_policy(form.policy(), by=request.person, at=clock.now())
        messages.success(request, _("The policy is in force from its first day."))
        return redirect("cpd:policies")
    return render(request, "cpd/policy.html", {"form": form})


@signed_in
def audit(request: PersonRequest) -> HttpResponse:
    permissions.check_can_verify(request.person)
    form = DrawForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        services.draw_audit(**form.cleaned_data, by=request.person, at=clock.now())
        return redirect("cpd:audit")
    draws = list(queries.draws()[:20])
    latest = draws[0] if draws else None
    context = {
        "form": form,
        "draws": draws,
        "latest": latest,
        "records": queries.drawn_records(latest) if latest else [],
    }
    return render(request, "cpd/audit.html", context)


@signed_in
def staff(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see_staff(request.person)
    found, order = _staff(request)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    rows = page.object_list if order else queries.accounts(page.object_list, on=clock.today())
    return render(request, "cpd/staff.html", {"page_obj": page, "rows": rows})


@signed_in
def staff_table(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see_staff(request.person)
    found, order = _staff(request)
    rows = found if order else queries.accounts(found, on=clock.today())
    response = HttpResponse(pages.staff_workbook(rows), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="cpd.xlsx"'
    return response


def _staff(request: PersonRequest) -> tuple[Any, str]:
    """The staff as asked for; sorted by a figure they come as accounts."""
    found = queries.staff_of(request.person, wish=request.GET.get("q", ""))
    order = request.GET.get("sort", "")
    if order.lstrip("-") not in ("missing", "counted"):
        return found, ""
    return queries.accounts_sorted(found, on=clock.today(), order=order), order


@signed_in
def statement_json(request: PersonRequest) -> HttpResponse:
    document, entry = services.statement(request.person, by=request.person, at=clock.now())
    response = JsonResponse(
        with_log_proof(document, entry=entry),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    response["Content-Disposition"] = 'attachment; filename="cpd-statement.json"'
    return response


@signed_in
def statement_pdf(request: PersonRequest) -> HttpResponse:
    document, entry = services.statement(request.person, by=request.person, at=clock.now())
    content = pages.statement_paper(document, entry=entry, language=get_language() or "tk")
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="cpd-statement.pdf"'
    return response
