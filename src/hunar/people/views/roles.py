from __future__ import annotations

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hunar.kernel import clock
from hunar.people import permissions, queries, services
from hunar.people.enums import Permission, Role
from hunar.people.forms import RoleForm
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def powers(request: PersonRequest) -> HttpResponse:
    return render(request, "people/powers.html", {"table": queries.powers()})


@signed_in
def assignments(request: PersonRequest) -> HttpResponse:
    permissions.check(request.person, Permission.MANAGE_PEOPLE)
    found = queries.assignments_visible_to(
        request.person,
        on=clock.today(),
        wish=request.GET.get("q", ""),
        role=request.GET.get("role", ""),
    )
    context = {
        "page_obj": Paginator(found, 25).get_page(request.GET.get("page")),
        "roles": Role.choices,
    }
    return render(request, "people/assignments.html", context)


@signed_in
def grant(request: PersonRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(queries.people_within_reach(request.person), pk=pk)
    permissions.check(request.person, Permission.MANAGE_PEOPLE)
    form = RoleForm(
        request.POST or None,
        roles=queries.roles_grantable_by(request.person),
        organisations=queries.organisations_where(request.person, Permission.MANAGE_PEOPLE),
        initial={"valid_from": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        wished = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        services.grant_role(person, **wished, by=request.person, at=clock.now())
        return redirect("people:person", pk)
    return render(request, "people/role_grant.html", {"form": form, "person": person})


@signed_in
def end(request: PersonRequest, pk: int) -> HttpResponse:
    assignment = get_object_or_404(
        queries.assignments_visible_to(request.person, on=clock.today()), pk=pk
    )
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        services.end_role(
            assignment,
            ended_date=clock.today() - timedelta(days=1),
            by=request.person,
            at=clock.now(),
        )
        return redirect("people:person", assignment.person_id)
    return render(request, "people/role_end.html", {"assignment": assignment})
