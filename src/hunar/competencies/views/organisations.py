from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from hunar.competencies import permissions, pictures, queries, services
from hunar.competencies.forms import ProfileForm
from hunar.kernel import clock
from hunar.kernel.tables import write_workbook
from hunar.organisations import queries as organisations
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.permissions import check
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _chosen(request: PersonRequest) -> tuple[queries.OrganisationGaps, list[tuple[str, str]]]:
    permissions.check_can_see_gaps(request.person)
    choice = list(queries.organisations_with_gaps_for(request.person))
    if not choice:
        raise Http404
    code = request.GET.get("organisation") or _own_code(request)
    found = next((row for row in choice if row.code == code), choice[0])
    gaps = queries.organisation_gaps(found, on=clock.today(), sort=request.GET.get("sort", ""))
    return gaps, [(row.code, str(row)) for row in choice]


def _own_code(request: PersonRequest) -> str:
    held = people.roles_of(request.person)
    return held[0].organisation.code if held else ""


@signed_in
def gaps(request: PersonRequest) -> HttpResponse:
    found, choice = _chosen(request)
    context = {
        "gaps": found,
        "page_obj": Paginator(found.staff, 25).get_page(request.GET.get("page")),
        "choice": choice,
        "chart": pictures.missing_by_competency(found.competencies),
    }
    return render(request, "competencies/gaps.html", context)


@signed_in
def export(request: PersonRequest) -> HttpResponse:
    found, _choice = _chosen(request)
    book = write_workbook(queries.gap_sheets(found))
    name = f"competency-gaps-{clock.today().isoformat()}.xlsx"
    return HttpResponse(
        book,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@signed_in
def profiles(request: PersonRequest) -> HttpResponse:
    check(request.person, Permission.MANAGE_ORGANISATIONS)
    code = request.GET.get("organisation", "")
    found = queries.posts_with_profiles(request.person, organisation=code)
    context = {
        "page_obj": Paginator(found, 25).get_page(request.GET.get("page")),
        "organisations": queries.managed_organisations(request.person),
    }
    return render(request, "competencies/profiles.html", context)


@signed_in
def profile(request: PersonRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(organisations.post(pk))
    permissions.check_can_edit_profile(request.person, post)
    form = ProfileForm(
        request.POST or None,
        competencies=list(queries.competencies()),
        levels=list(queries.levels()),
        profile=list(queries.profile_of(post)),
    )
    if request.method == "POST" and form.is_valid():
        services.set_profile(
            post, requirements=form.requirements(), by=request.person, at=clock.now()
        )
        return redirect("competencies:profiles")
    return render(request, "competencies/profile.html", {"form": form, "post": post})
