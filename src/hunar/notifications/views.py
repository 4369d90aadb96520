from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hunar.kernel import clock
from hunar.notifications import queries, services
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def message_list(request: PersonRequest) -> HttpResponse:
    page = Paginator(queries.messages_visible_to(request.person), 25).get_page(
        request.GET.get("page")
    )
    return render(request, "notifications/message_list.html", {"page_obj": page})


@signed_in
def message(request: PersonRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(queries.messages_visible_to(request.person), pk=pk)
    services.mark_read(message, at=clock.now())
    return render(request, "notifications/message.html", {"message": message})


@require_POST
@signed_in
def read_all(request: PersonRequest) -> HttpResponse:
    services.mark_all_read(request.person, at=clock.now())
    return redirect("notifications:messages")
