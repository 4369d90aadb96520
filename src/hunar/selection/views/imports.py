from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.selection import exports, permissions, services
from hunar.selection.forms.nominations import UploadForm
from hunar.selection.queries.calls import calls_visible_to
from hunar.selection.queries.facts import cohorts_of
from hunar.selection.queries.imports import imports_visible_to, preview_rows
from hunar.selection.uploads import size_limited


@size_limited
@signed_in
def upload(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_nominates(request.person)
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        read = services.upload_list(
            call, file=file, file_name=file.name, by=request.person, at=clock.now()
        )
        return redirect("selection:import", read.pk)
    return render(request, "selection/upload.html", {"call": call, "form": form})


@signed_in
def template(request: PersonRequest, pk: int) -> HttpResponse:
    call = get_object_or_404(calls_visible_to(request.person), pk=pk)
    codes = [each.code for each in cohorts_of(call)]
    return exports.as_download(exports.template_xlsx(codes), f"template-{call.ref}.xlsx")


@signed_in
def preview(request: PersonRequest, pk: int) -> HttpResponse:
    upload = get_object_or_404(imports_visible_to(request.person), pk=pk)
    rows = preview_rows(upload)
    show = request.GET.get("show", "")
    shown = [row for row in rows if not show or row.kind == show]
    context = {
        "upload": upload,
        "call": upload.call,
        "good": sum(row.kind != "bad" for row in rows),
        "bad": sum(row.kind == "bad" for row in rows),
        "warned": sum(row.kind == "warned" for row in rows),
        "taken": sum(bool(row.nomination) for row in rows),
        "page_obj": Paginator(shown, 50).get_page(request.GET.get("page")),
    }
    return render(request, "selection/import.html", context)


@require_POST
@signed_in
def confirm(request: PersonRequest, pk: int) -> HttpResponse:
    upload = get_object_or_404(imports_visible_to(request.person), pk=pk)
    taken = services.confirm_import(upload, by=request.person, at=clock.now())
    messages.success(request, _("Nominated from the list: %(count)s.") % {"count": taken})
    return redirect("selection:import", upload.pk)
