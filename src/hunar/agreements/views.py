from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hunar.agreements import forms, permissions, queries, services
from hunar.agreements.enums import AgreementState, RequestState
from hunar.kernel import clock
from hunar.kernel.tables import write_xlsx
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def agreement_list(request: PersonRequest) -> HttpResponse:
    found = queries.agreements_matching(
        queries.agreements_visible_to(request.person),
        wish=request.GET.get("q", ""),
        state=request.GET.get("state", ""),
    )
    context = {
        "agreements": found,
        "states": AgreementState.choices,
        "can_manage": permissions.can_manage(request.person),
        "can_ask": permissions.can_ask_somewhere(request.person),
        "can_see_roster": permissions.can_see_roster(request.person),
    }
    return render(request, "agreements/agreement_list.html", context)


@signed_in
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.agreements_with_parts(request.person), pk=pk)
    view = queries.view_of(found, seen_by=request.person, on=clock.today())
    return render(request, "agreements/agreement.html", {"view": view})


@signed_in
def new_agreement(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage(request.person)
    form = forms.AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.draft_agreement(**form.facts(), by=request.person, at=clock.now())
        return redirect("agreements:agreement", made.pk)
    return render(request, "agreements/agreement_form.html", {"form": form})


@signed_in
def edit_agreement(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = get_object_or_404(queries.agreements_visible_to(request.person), pk=pk)
    form = forms.AgreementForm(request.POST or None, agreement=found)
    if request.method == "POST" and form.is_valid():
        services.edit_draft(found, **form.facts(), by=request.person, at=clock.now())
        return redirect("agreements:agreement", pk)
    return render(request, "agreements/agreement_form.html", {"form": form, "agreement": found})


@signed_in
def sign(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = get_object_or_404(queries.agreements_visible_to(request.person), pk=pk)
    form = forms.SignForm(request.POST or None, initial={"signed_date": clock.today()})
    if request.POST.get("confirmed") == "yes" and form.is_valid():
        services.sign(found, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("agreements:agreement", pk)
    return render(request, "agreements/sign.html", {"form": form, "agreement": found})


@signed_in
def end(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = get_object_or_404(queries.agreements_visible_to(request.person), pk=pk)
    form = forms.EndForm(request.POST or None, initial=forms.proposed_end(found, clock.today()))
    if request.POST.get("confirmed") == "yes" and form.is_valid():
        services.end_agreement(found, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("agreements:agreement", pk)
    return render(request, "agreements/end.html", {"form": form, "agreement": found})


@signed_in
def new_obligation(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = get_object_or_404(queries.agreements_visible_to(request.person), pk=pk)
    form = forms.ObligationForm(request.POST or None, agreement=found)
    if request.method == "POST" and form.is_valid():
        services.add_obligation(
            found,
            party=form.cleaned_data["party"],
            text=form.text("text"),
            due_date=form.cleaned_data["due_date"],
            by=request.person,
            at=clock.now(),
        )
        return redirect("agreements:agreement", pk)
    return render(request, "agreements/obligation_form.html", {"form": form, "agreement": found})


@signed_in
def obligation(request: PersonRequest, pk: int, obligation: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = get_object_or_404(queries.agreements_visible_to(request.person), pk=pk)
    duty = queries.obligation_in(found, obligation)
    if duty is None:
        raise Http404
    form = forms.ObligationStateForm(
        request.POST or None, moves=queries.moves_of(duty), initial={"evidence": duty.evidence}
    )
    if request.method == "POST" and form.is_valid():
        services.change_obligation(duty, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("agreements:agreement", pk)
    context = {"form": form, "obligation": duty, "agreement": found}
    return render(request, "agreements/obligation.html", context)


@require_POST
@signed_in
def remove_obligation(request: PersonRequest, pk: int, obligation: int) -> HttpResponse:
    found = get_object_or_404(queries.agreements_visible_to(request.person), pk=pk)
    duty = queries.obligation_in(found, obligation)
    if duty is None:
        raise Http404
    services.remove_obligation(duty, by=request.person, at=clock.now())
    return redirect("agreements:agreement", pk)


@signed_in
def roster(request: PersonRequest) -> HttpResponse:
    permissions.check_can_see_roster(request.person)
    found = queries.experts(wish=request.GET.get("q", ""), language=request.GET.get("language", ""))
    context = {
        "page_obj": Paginator(found, 25).get_page(request.GET.get("page")),
        "languages": forms.LANGUAGES,
        "can_manage": permissions.can_manage(request.person),
    }
    return render(request, "agreements/roster.html", context)


@signed_in
def new_expert(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage(request.person)
    form = forms.ExpertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        services.add_expert(person, **form.facts(), by=request.person, at=clock.now())
        return redirect("agreements:experts")
    return render(request, "agreements/expert_form.html", {"form": form})


@signed_in
def edit_expert(request: PersonRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.person)
    expert = queries.expert_by_pk(pk)
    if expert is None:
        raise Http404
    form = forms.ExpertForm(request.POST or None, expert=expert)
    if request.method == "POST" and form.is_valid():
        services.edit_expert(expert, **form.facts(), by=request.person, at=clock.now())
        return redirect("agreements:experts")
    return render(request, "agreements/expert_form.html", {"form": form, "expert": expert})


@signed_in
def request_list(request: PersonRequest) -> HttpResponse:
    found = queries.requests_matching(
        queries.requests_visible_to(request.person),
        wish=request.GET.get("q", ""),
        state=request.GET.get("state", ""),
        sort=request.GET.get("sort", ""),
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": queries.with_clocks(list(page), on=clock.today()),
        "states": RequestState.choices,
    }
    template = "request_list.html#rows" if getattr(request, "htmx", False) else "request_list.html"
    return render(request, f"agreements/{template}", context)


@signed_in
def export_requests(request: PersonRequest) -> HttpResponse:
    found = queries.requests_matching(
        queries.requests_visible_to(request.person),
        wish=request.GET.get("q", ""),
        state=request.GET.get("state", ""),
    )
    head, rows = queries.request_table(list(found), on=clock.today())
    book = write_xlsx(head, rows, sheet=_("Advisory requests"))
    name = f"advisory-requests-{clock.today().isoformat()}.xlsx"
    return HttpResponse(
        book,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@signed_in
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.agreements_visible_to(request.person), pk=pk)
    permissions.check_can_ask_under(request.person, found)
    form = forms.AskForm(request.POST or None, agreement=found, person=request.person)
    if request.method == "POST" and form.is_valid():
        sent = services.ask(found, **form.cleaned_data, by=request.person, at=clock.now())
        return redirect("agreements:request", sent.pk)
    context = {"form": form, "agreement": found, "term": queries.answer_term()}
    return render(request, "agreements/ask.html", context)


@signed_in
def request_detail(request: PersonRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(queries.requests_visible_to(request.person), pk=pk)
    view = queries.request_view(asked, seen_by=request.person, on=clock.today())
    context = {
        "view": view,
        "assign_form": forms.AssignForm(experts=queries.experts(available=True))
        if view.can_assign
        else None,
        "answer_form": forms.AnswerForm() if view.can_answer else None,
        "close_form": forms.CloseForm() if view.can_close else None,
    }
    return render(request, "agreements/request.html", context)


@require_POST
@signed_in
def assign(request: PersonRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(queries.requests_visible_to(request.person), pk=pk)
    form = forms.AssignForm(request.POST, experts=queries.experts(available=True))
    if not form.is_valid():
        return render(request, "agreements/act.html", {"form": form, "asked": asked}, status=422)
    expert = queries.expert_by_pk(int(form.cleaned_data["expert"]))
    if expert is None:
        raise Http404
    services.assign(asked, expert=expert, by=request.person, at=clock.now())
    return redirect("agreements:request", pk)


@require_POST
@signed_in
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(queries.requests_visible_to(request.person), pk=pk)
    form = forms.AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "agreements/act.html", {"form": form, "asked": asked}, status=422)
    services.answer(asked, **form.cleaned_data, by=request.person, at=clock.now())
    return redirect("agreements:request", pk)


@require_POST
@signed_in
def close(request: PersonRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(queries.requests_visible_to(request.person), pk=pk)
    form = forms.CloseForm(request.POST)
    if not form.is_valid():
        return render(request, "agreements/act.html", {"form": form, "asked": asked}, status=422)
    services.close(asked, **form.cleaned_data, by=request.person, at=clock.now())
    return redirect("agreements:request", pk)
