from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.selection import permissions, services
from hunar.selection.forms.appeals import AppealDecisionForm
from hunar.selection.forms.filters import APPEAL_STATES
from hunar.selection.queries import appeals as queries
from hunar.selection.queries.pages import case_file


@signed_in
def appeal_list(request: PersonRequest) -> HttpResponse:
    permissions.check_decides_appeals(request.person)
    found = queries.narrowed_appeals(
        queries.appeals_visible_to(request.person),
        state=request.GET.get("state", ""),
        wish=request.GET.get("q", ""),
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": queries.with_clocks(list(page.object_list), on=clock.today()),
        "states": APPEAL_STATES,
    }
    return render(request, "selection/appeal_list.html", context)


@signed_in
def appeal(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_decides_appeals(request.person)
    found = get_object_or_404(queries.appeals_visible_to(request.person), pk=pk)
    form = AppealDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.decide_appeal(found, **form.wishes(), by=request.person, at=clock.now())
        messages.success(request, _("The appeal is decided and the person is told."))
        return redirect("selection:appeal", found.pk)
    context = {
        "appeal": found,
        "page": case_file(found, on=clock.today()),
        "form": form,
        "took_part": permissions.took_part(request.person, found.nomination.call),
    }
    return render(request, "selection/appeal.html", context)
