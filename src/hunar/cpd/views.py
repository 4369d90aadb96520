from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hunar.audit.services import with_log_proof
from hunar.cpd import pages, permissions, queries, services
from hunar.cpd.forms import ClaimForm, RejectForm
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def mine(request: PersonRequest) -> HttpResponse:
    account = queries.account(request.person, on=clock.today())
    found = queries.records_of(request.person)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"account": account, "page_obj": page, "chart": pages.balance_chart(account)}
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
    context = {
        "record": found,
        "is_own": found.person_id == request.person.pk,
        "can_decide": permissions.can_verify(request.person)
        and found.person_id != request.person.pk,
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
    return render(request, "cpd/claims.html", {"page_obj": page})


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


@signed_in
def staff(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see_staff(request.person)
    found = queries.staff_of(request.person, wish=request.GET.get("q", ""))
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    rows = queries.accounts(page.object_list, on=clock.today())
    return render(request, "cpd/staff.html", {"page_obj": page, "rows": rows})


@signed_in
def staff_table(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see_staff(request.person)
    found = queries.staff_of(request.person, wish=request.GET.get("q", ""))
    rows = queries.accounts(found, on=clock.today())
    response = HttpResponse(pages.staff_workbook(rows), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="cpd.xlsx"'
    return response


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
