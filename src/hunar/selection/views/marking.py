from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.selection import permissions, rules, services
from hunar.selection.forms.marking import MarkForm
from hunar.selection.queries import marking as queries


@signed_in
def call_list(request: PersonRequest) -> HttpResponse:
    permissions.check_marks(request.person)
    calls = [
        (each, queries.marking_progress(each, person=request.person))
        for each in queries.calls_to_mark()[:5]
    ]
    return render(request, "selection/marking_list.html", {"calls": calls})


@signed_in
def call(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_marks(request.person)
    found = get_object_or_404(queries.calls_to_mark(), pk=pk)
    context = {
        "call": found,
        "progress": queries.marking_progress(found, person=request.person),
        "next": queries.next_file(found, request.person),
        "marked": queries.files_marked_by(found, request.person),
    }
    return render(request, "selection/marking_call.html", context)


@signed_in
def next_file(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_marks(request.person)
    found = get_object_or_404(queries.calls_to_mark(), pk=pk)
    following = queries.next_file(found, request.person)
    if following is None:
        messages.info(request, _("No file waits for your marks."))
        return redirect("selection:marking_call", found.pk)
    return redirect("selection:file", found.pk, following.blind_code)


@signed_in
def file(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    permissions.check_marks(request.person)
    call = get_object_or_404(queries.calls_to_mark(), pk=pk)
    nomination = queries.file_of(call, code)
    if nomination is None:
        raise Http404
    permissions.check_can_mark(request.person, nomination)
    criteria = rules.from_json(call.rules).marked_criteria
    own = queries.own_marks(nomination, request.person)
    form = MarkForm(request.POST or None, criteria=criteria, own=own)
    if request.method == "POST" and form.is_valid():
        services.mark(nomination, **form.wishes(), by=request.person, at=clock.now())
        return redirect("selection:next_file", call.pk)
    context = {
        "call": call,
        "file": queries.blind_file(nomination),
        "form": form,
        "progress": queries.marking_progress(call, person=request.person),
    }
    return render(request, "selection/marking_file.html", context)
