from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from hunar.exams import queries
from hunar.exams.views.tabs import check_may_look, staff_tabs
from hunar.kernel.text import LANGUAGES
from hunar.people.requests import PersonRequest, signed_in

FILTERS = ("course", "module", "bloom", "use")


@signed_in
def item_list(request: PersonRequest) -> HttpResponse:
    check_may_look(request.person)
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    items = queries.matching_items(
        queries.items_visible_to(request.person), wish=request.GET.get("q", ""), **chosen
    )
    context = {
        "page_obj": Paginator(items, 25).get_page(request.GET.get("page")),
        "tabs": staff_tabs(request.person, current="exams:items"),
        "courses": queries.courses_with_items(),
        "modules": queries.modules_with_items(),
        "levels": queries.bloom_levels(),
        "uses": queries.item_uses(),
    }
    return render(request, "exams/item_list.html" + ("#rows" if request.htmx else ""), context)  # type: ignore[attr-defined]


@signed_in
def item(request: PersonRequest, code: str) -> HttpResponse:
    item = get_object_or_404(queries.items_visible_to(request.person), code=code)
    context = {
        "item": item,
        "versions": queries.item_versions(item),
        "languages": [queries.item_in(item, language) for language in LANGUAGES],
    }
    return render(request, "exams/item.html", context)
