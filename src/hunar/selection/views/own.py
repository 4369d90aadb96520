from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.selection import services
from hunar.selection.forms.appeals import AppealForm
from hunar.selection.queries.nominations import nominations_of
from hunar.selection.queries.pages import own_page
from hunar.selection.queries.places import places_of


@signed_in
def nomination_list(request: PersonRequest) -> HttpResponse:
    context = {"nominations": nominations_of(request.person)}
    return render(request, "selection/own_list.html", context)


@signed_in
def nomination(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(nominations_of(request.person), pk=pk)
    page = own_page(found, at=clock.now())
    return render(request, "selection/own_nomination.html", {"page": page})


@require_POST
@signed_in
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    place = get_object_or_404(places_of(request.person), pk=pk)
    services.accept(place, by=request.person, at=clock.now())
    messages.success(request, _("You have accepted your place and are enrolled."))
    return redirect("selection:own_nomination", place.nomination_id)


@signed_in
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    place = get_object_or_404(places_of(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.decline(place, by=request.person, at=clock.now())
        messages.success(request, _("You have declined the place; it goes to the next."))
        return redirect("selection:own_nomination", place.nomination_id)
    return render(request, "selection/place_decline.html", {"place": place})


@signed_in
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(nominations_of(request.person), pk=pk)
    if request.POST.get("confirmed") == "yes":
        services.withdraw(found, by=request.person, at=clock.now())
        messages.success(request, _("Your nomination is withdrawn."))
        return redirect("selection:own_nomination", found.pk)
    return render(request, "selection/own_withdraw.html", {"nomination": found})


@signed_in
def appeal(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(nominations_of(request.person), pk=pk)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        filed = services.file_appeal(
            found, text=form.cleaned_data["text"], by=request.person, at=clock.now()
        )
        messages.success(request, _("Appeal %(ref)s is received.") % {"ref": filed.ref})
        return redirect("selection:own_nomination", found.pk)
    page = own_page(found, at=clock.now())
    return render(request, "selection/appeal_form.html", {"page": page, "form": form})
