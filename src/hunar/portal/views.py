from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hunar.audit import queries as audit
from hunar.kernel import clock
from hunar.people.requests import PersonRequest, signed_in
from hunar.portal import demo as demo_academy
from hunar.portal import front as front_page
from hunar.portal import health, searching
from hunar.portal import home as home_page


@require_GET
def front(request: HttpRequest) -> HttpResponse:
    context = {"offer": front_page.offer(at=clock.now()), "is_demo": settings.DEMO}
    return render(request, "portal/front.html", context)


@require_GET
@signed_in
def home(request: PersonRequest) -> HttpResponse:
    now, today, person = clock.now(), clock.today(), request.person
    part = request.GET.get("part", "")
    fragment = f"#{part}" if getattr(request, "htmx", False) else ""
    if part == "overview":
        blocks = home_page.blocks_for(person, at=now)
        return render(request, f"portal/overview.html{fragment}", {"blocks": blocks})
    if part == "later":
        context = {"tasks": home_page.later_tasks(person, on=today), **_heading(request)}
        return render(request, f"portal/later.html{fragment}", context)
    tasks = home_page.first_tasks(person, on=today)
    greeting = home_page.greeting(person, at=now)
    context = {"greeting": greeting, "today": today, "tasks": tasks}
    return render(request, "portal/home.html", context)


def _heading(request: PersonRequest) -> dict[str, bool]:
    return {"follows_others": request.GET.get("after") == "tasks"}


@require_GET
@signed_in
def search(request: PersonRequest) -> HttpResponse:
    wish = request.GET.get("q", "").strip()
    address = searching.address_of_paper_id(request.person, wish)
    if address:
        return redirect(address)
    found = searching.found_for(request.person, wish=wish) if wish else []
    return render(request, "portal/search.html", {"wish": wish, "found": found})


@never_cache
def demo(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        demo_academy.sign_in_as(request, key=request.POST.get("as", ""))
        return redirect(_address_after(request))
    return render(request, "portal/demo.html", {"seats": demo_academy.seats()})


def _address_after(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("home")


@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    lives = health.answers()
    words = "ok" if lives else "no database"
    return HttpResponse(words, content_type="text/plain", status=200 if lives else 503)


@require_GET
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    findings = health.findings()
    is_ready = all(finding.holds for finding in findings)
    checks = {finding.name: finding.holds for finding in findings}
    return JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503)


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /home/", "Disallow: /people/", "Disallow: /system/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_GET
def did_document(request: HttpRequest) -> JsonResponse:
    return JsonResponse(audit.did_document())
