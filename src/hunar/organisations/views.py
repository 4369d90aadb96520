from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hunar.kernel import clock
from hunar.kernel.access import person_asking, signed_in
from hunar.kernel.tables import write_xlsx
from hunar.organisations import forms, permissions, queries, services


def _wished(request: HttpRequest) -> dict[str, Any]:
    return {
        "wish": request.GET.get("q", ""),
        "kind": request.GET.get("kind", ""),
        "region": request.GET.get("region", ""),
        "order": request.GET.get("sort") or "title",
        "with_closed": request.GET.get("closed") == "yes",
    }


@signed_in
def organisations(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    found = queries.organisations(on=today, **_wished(request))
    context = {
        "page_obj": Paginator(found, 25).get_page(request.GET.get("page")),
        "kinds": queries.kinds(),
        "regions": [(region.code, str(region)) for region in queries.regions(on=today)],
        "may_create": permissions.can_manage(person_asking(request), None),
    }
    return render(request, "organisations/organisations.html", context)


@signed_in
def export(request: HttpRequest) -> HttpResponse:
    headings = [_("Code"), _("Title"), _("Kind"), _("Region"), _("Staff"), _("Exists since")]
    rows = (
        (
            row.code,
            row,
            row.get_kind_display(),
            row.region or "",
            row.staff_count,  # type: ignore[attr-defined]
            row.valid_from,
        )
        for row in queries.organisations(on=clock.today(), **_wished(request))
    )
    return HttpResponse(
        write_xlsx(headings, rows, sheet=_("Organisations")),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="organisations.xlsx"'},
    )


@signed_in
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(queries.organisation(pk))
    person = person_asking(request)
    context = {
        "organisation": organisation,
        "units": list(queries.units_of(organisation)),
        "posts": list(queries.posts_of(organisation)),
        "former_titles": list(queries.former_titles_of(organisation)),
        "may_manage": permissions.can_manage(person, organisation),
        "may_manage_units": permissions.can_manage_units(person, organisation),
    }
    return render(request, "organisations/organisation.html", context)


@signed_in
def new_organisation(request: HttpRequest) -> HttpResponse:
    person = person_asking(request)
    permissions.check_can_manage(person, None)
    form = forms.OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.create_organisation(**form.wishes(), by=person, at=clock.now())
        return redirect("organisations:organisation", made.pk)
    title = _("Enter an organisation")
    return render(request, "organisations/form.html", {"form": form, "title": title})


@signed_in
def new_unit(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(queries.organisation(pk))
    person = person_asking(request)
    permissions.check_can_manage_units(person, organisation)
    form = forms.UnitForm(request.POST or None, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        services.create_organisation(
            **form.wishes(), parent=organisation, by=person, at=clock.now()
        )
        return redirect("organisations:organisation", pk)
    context = {"form": form, "organisation": organisation, "title": _("Add a unit")}
    return render(request, "organisations/form.html", context)


@signed_in
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(queries.organisation(pk))
    person = person_asking(request)
    permissions.check_can_manage(person, organisation)
    initial = forms.initial_titles(organisation) | {"from_date": clock.today()}
    form = forms.RenameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        from_date = form.cleaned_data["from_date"]
        services.rename(
            organisation, **form.titles(), from_date=from_date, by=person, at=clock.now()
        )
        return redirect("organisations:organisation", pk)
    context = {"form": form, "organisation": organisation, "title": _("Rename")}
    return render(request, "organisations/form.html", context)


@signed_in
def close(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(queries.organisation(pk))
    person = person_asking(request)
    permissions.check_can_manage(person, organisation)
    form = forms.CloseForm(request.POST or None, initial={"last_day": clock.today()})
    if request.POST.get("confirmed") == "yes" and form.is_valid():
        services.close(organisation, **form.cleaned_data, by=person, at=clock.now())
        return redirect("organisations:organisation", pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "organisations/close.html", context)


@signed_in
def new_post(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(queries.organisation(pk))
    person = person_asking(request)
    permissions.check_can_manage_units(person, organisation)
    form = forms.PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.create_post(organisation, **form.wishes(), by=person, at=clock.now())
        return redirect("organisations:organisation", pk)
    context = {"form": form, "organisation": organisation, "title": _("Add a post")}
    return render(request, "organisations/form.html", context)


@signed_in
def change_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(queries.post(pk))
    person = person_asking(request)
    permissions.check_can_manage_units(person, post.organisation)
    initial = {
        name: getattr(post, name)
        for name in ("title", "grade", "role_group", "family", "is_leading")
    }
    form = forms.ChangePostForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_post(post, **form.wishes(), by=person, at=clock.now())
        return redirect("organisations:organisation", post.organisation_id)
    context = {"form": form, "organisation": post.organisation, "title": _("Change the post")}
    return render(request, "organisations/form.html", context)


@signed_in
def regions(request: HttpRequest) -> HttpResponse:
    context = {"regions": queries.regions(on=clock.today())}
    return render(request, "organisations/regions.html", context)
