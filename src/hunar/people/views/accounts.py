from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hunar.kernel import clock
from hunar.people import permissions, queries, services
from hunar.people.forms import ChoosePasswordForm, LoginForPersonForm
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def my_account(request: PersonRequest) -> HttpResponse:
    context = {
        "account": queries.account_of(request.person),
        "factors": queries.second_factors_of(request.person),
    }
    return render(request, "people/my_account.html", context)


@never_cache
@sensitive_post_parameters()
@signed_in
def choose_password(request: PersonRequest) -> HttpResponse:
    account = cast(Any, request.user)
    if not account.has_one_time_code:
        return redirect("account_change_password")
    form = ChoosePasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        services.choose_password(account, password=form.cleaned_data["password"], at=clock.now())
        update_session_auth_hash(request, account)
        return redirect("home")
    return render(request, "people/choose_password.html", {"form": form})


@never_cache
@signed_in
def open_account(request: PersonRequest, pk: int) -> HttpResponse:
    person = _of_manageable_account(request, pk)
    form = None if person.personnel_number else LoginForPersonForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        login = form.cleaned_data["login"] if form else ""
        account, code = services.open_account(
            person, login=login, by=request.person, at=clock.now()
        )
        context = {"person": person, "account": account, "code": code}
        return render(request, "people/one_time_code.html", context)
    return render(request, "people/account_open.html", {"form": form, "person": person})


@never_cache
@signed_in
def new_code(request: PersonRequest, pk: int) -> HttpResponse:
    person = _of_manageable_account(request, pk)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        account, code = services.print_new_code(person, by=request.person, at=clock.now())
        context = {"person": person, "account": account, "code": code}
        return render(request, "people/one_time_code.html", context)
    return render(request, "people/account_code.html", {"person": person})


@require_POST
@signed_in
def close(request: PersonRequest, pk: int) -> HttpResponse:
    services.close_account(_of_manageable_account(request, pk), by=request.person, at=clock.now())
    return redirect("people:person", pk)


@require_POST
@signed_in
def reopen(request: PersonRequest, pk: int) -> HttpResponse:
    services.reopen_account(_of_manageable_account(request, pk), by=request.person, at=clock.now())
    return redirect("people:person", pk)


def _of_manageable_account(request: PersonRequest, pk: int) -> Any:
    person = get_object_or_404(queries.people_within_reach(request.person), pk=pk)
    permissions.check_can_manage_account(request.person, person)
    return person
