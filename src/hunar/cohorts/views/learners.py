from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.cohorts import exports, permissions, queries, services
from hunar.cohorts.forms import PersonForm, WithdrawForm
from hunar.cohorts.views.pages import cohort_context, cohort_of_staff, download, page_of
from hunar.kernel import clock
from hunar.kernel.errors import Malformed
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def learners(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of_staff(request, pk)
    everybody = queries.enrolments_of(cohort)
    found = queries.enrolments_matching(
        everybody,
        wish=request.GET.get("q", ""),
        state=request.GET.get("state", ""),
        organisation=request.GET.get("institution", ""),
    )
    page = page_of(request, queries.sorted_enrolments(found, request.GET.get("sort", "")), size=50)
    shares = queries.attendance_shares(cohort, until=clock.now())
    context = cohort_context(request, cohort, current="cohorts:learners") | {
        "page_obj": page,
        "rows": [(row, shares.get(row.pk)) for row in page],
        "states": queries.enrolment_states(),
        "institutions": queries.organisations_in(everybody),
        "free": queries.seats_free(cohort),
    }
    return render(request, "cohorts/learners.html" + ("#rows" if request.htmx else ""), context)  # type: ignore[attr-defined]


@signed_in
def export(request: PersonRequest, pk: int) -> HttpResponse:
    cohort = cohort_of_staff(request, pk)
    rows = queries.enrolments_of(cohort).select_related("cohort")
    shares = queries.attendance_shares(cohort, until=clock.now())
    return download(exports.enrolments_xlsx(rows, shares), name=f"{cohort.code}.xlsx")


@signed_in
def enrol(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    cohort = cohort_of_staff(request, pk)
    if request.method == "POST":
        form = PersonForm(request.POST)
        if not form.is_valid():
            raise Malformed
        person = form.cleaned_data["person"]
        services.enrol(cohort, person=person, by=request.person, at=clock.now())
        messages.success(request, _("%(name)s is enrolled.") % {"name": person})
        return redirect("cohorts:learners", pk)
    wish = request.GET.get("q", "")
    found = queries.people_matching(wish)
    context = cohort_context(request, cohort, current="cohorts:learners") | {
        "wish": wish,
        "found": queries.candidates(cohort, found),
        "free": queries.seats_free(cohort),
    }
    return render(request, "cohorts/enrol.html", context)


@signed_in
def enrolment(request: PersonRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_visible_to(request.person), pk=pk)
    if enrolment.person == request.person:
        return redirect("cohorts:course", pk)
    context = {
        "enrolment": enrolment,
        "attendances": queries.attendances_of(enrolment),
        "share": queries.attendance_share(enrolment, until=clock.now()),
        "can_withdraw": enrolment.is_enrolled
        and permissions.can_withdraw(request.person, enrolment),
    }
    return render(request, "cohorts/enrolment.html", context)


@signed_in
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_visible_to(request.person), pk=pk)
    permissions.check_can_withdraw(request.person, enrolment)
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and request.POST.get("confirmed") == "yes":
        reason = form.cleaned_data["reason"]
        services.withdraw(enrolment, by=request.person, at=clock.now(), reason=reason)
        messages.success(request, _("The seat is free again."))
        own = enrolment.person == request.person
        return redirect("cohorts:courses") if own else redirect("cohorts:enrolment", pk)
    return render(request, "cohorts/withdraw.html", {"enrolment": enrolment, "form": form})
