from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from hunar.catalogue import permissions, queries, services
from hunar.catalogue.forms import LoadForm
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def pack_list(request: PersonRequest) -> HttpResponse:
    permissions.check_can_manage(request.person)
    return render(request, "catalogue/pack_list.html", {"packs": queries.found_packs()})


@signed_in
def pack(request: PersonRequest, folder: str) -> HttpResponse:
    permissions.check_can_manage(request.person)
    found = queries.found_pack(folder)
    form = LoadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = services.load_pack(
            queries.pack_in(folder),
            programme=form.cleaned_data["programme"],
            by=request.person,
            at=clock.now(),
        )
        return redirect("catalogue:version", made.pk)
    return render(request, "catalogue/pack.html", {"found": found, "form": form})
