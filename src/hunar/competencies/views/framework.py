from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hunar.competencies import queries
from hunar.competencies.enums import Area
from hunar.competencies.spine import anchors_in_words
from hunar.kernel.access import person_asking


def framework(request: HttpRequest) -> HttpResponse:
    found = queries.competencies_matching(
        area=request.GET.get("area", ""), wish=request.GET.get("q", "")
    )
    context = {
        "parts": queries.in_areas(found),
        "areas": Area.choices,
        "framework": queries.frameworks().last(),
        "levels": queries.levels(),
    }
    template = "framework.html#parts" if getattr(request, "htmx", False) else "framework.html"
    return render(request, f"competencies/{template}", context)


def competency(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.by_code().get(code.upper())
    if found is None:
        raise Http404
    context = {
        "competency": found,
        "area": Area(found.area).label,
        "anchors": anchors_in_words(found.anchors),
        "courses": queries.taught_by(found),
        "levels": queries.levels(),
    }
    if person_asking(request):
        page = Paginator(queries.posts_needing(found), 15).get_page(request.GET.get("page"))
        context["page_obj"] = page
    return render(request, "competencies/competency.html", context)
