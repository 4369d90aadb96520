from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.kernel import clock
from hunar.kernel.tables import write_xlsx
from hunar.organisations.enums import RoleGroup
from hunar.people import exports, permissions, queries, services
from hunar.people.enums import Permission, Sex
from hunar.people.errors import PossibleDuplicate
from hunar.people.forms import NewPersonForm, StaffFilterForm
from hunar.people.requests import PersonRequest, signed_in


def _wished(request: PersonRequest) -> dict[str, str]:
    form = StaffFilterForm(request.GET)
    form.is_valid()
    wished = form.cleaned_data
    return {
        "wish": wished.get("q", ""),
        "organisation": wished.get("organisation", ""),
        "role_group": wished.get("role_group", ""),
        "sex": wished.get("sex", ""),
        "order": wished.get("sort") or "name",
    }


@signed_in
def staff(request: PersonRequest) -> HttpResponse:
    permissions.check(request.person, Permission.SEE_STAFF)
    found = queries.staff_visible_to(request.person, **_wished(request))
    context = {
        "page_obj": Paginator(found, 25).get_page(request.GET.get("page")),
        "organisations": queries.organisations_with_staff_for(request.person),
        "role_groups": RoleGroup.choices,
        "sexes": Sex.choices,
        "managed": queries.organisation_managed_by(request.person, request.GET.get("organisation")),
    }
    return render(request, "people/staff.html", context)


@signed_in
def export(request: PersonRequest) -> HttpResponse:
    permissions.check(request.person, Permission.SEE_STAFF)
    found = queries.staff_visible_to(request.person, **_wished(request))
    workbook = write_xlsx(*exports.staff_table(found), sheet=_("Staff list"))
    return HttpResponse(
        workbook,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="staff.xlsx"'},
    )


@signed_in
def new_person(request: PersonRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(
        queries.organisations_where(request.person, Permission.MANAGE_PEOPLE), pk=pk
    )
    form = NewPersonForm(request.POST or None, organisation=organisation)
    alike = []
    if request.method == "POST" and form.is_valid():
        try:
            person = services.take_on(form.cleaned_data, by=request.person, at=clock.now())
            return redirect("people:person", person.pk)
        except PossibleDuplicate:
            alike = queries.alike_with_posts(form.instance)
    context = {"form": form, "organisation": organisation, "alike": alike}
    return render(request, "people/person_new.html", context, status=409 if alike else 200)
