from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from hunar.ui import gallery as exhibits
from hunar.ui.context import THEME_COOKIE, THEMES


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    context = {"exhibits": exhibits.exhibits(), "samples": exhibits.SAMPLES}
    return render(request, "ui/gallery/index.html", {**context, **exhibits.material()})


@require_GET
def sample_page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in dict(exhibits.SAMPLES):
        raise Http404(name)
    return render(request, f"ui/gallery/pages/{name}.html", exhibits.material())


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = redirect(back)
    if (theme := request.POST.get("theme", "")) in THEMES:
        year = 60 * 60 * 24 * 365
        response.set_cookie(THEME_COOKIE, theme, max_age=year, samesite="Lax")
    return response
