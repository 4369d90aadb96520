"""What everybody may ask: is this certificate genuine, and is it valid?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hunar.credentials import badges, checking, queries, rules, services, status, throttling
from hunar.credentials.errors import FileTooLarge
from hunar.credentials.forms import DocumentFileForm, ForgeryForm
from hunar.credentials.views.own import proven_file
from hunar.kernel import clock

if TYPE_CHECKING:
    from hunar.credentials.models import Credential

VERIFY = "credentials/verify.html"


@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    wish = (request.POST.get("q") or request.GET.get("q") or "").strip()[:60]
    if not wish:
        return render(request, VERIFY, {"file_form": DocumentFileForm()})
    if code := rules.read_code(wish):
        if request.method == "POST":
            return page(request, code)
        return redirect("credentials:page", code)
    throttling.check(request, "miss")
    throttling.spend(request, "number")
    credential = None if queries.is_unreadable(wish) else queries.by_number(wish)
    if credential is None:
        return _unknown(request, wish)
    return _shown(request, credential, wish=wish, is_by_code=False)


@never_cache
def page(request: HttpRequest, code: str) -> HttpResponse:
    credential = _by_code(request, code)
    if credential is None:
        return _unknown(request, code)
    return _shown(request, credential, wish=credential.code, is_by_code=True)


def _by_code(request: HttpRequest, text: str) -> Credential | None:
    """The certificate with that code; a miss counts against the connection."""
    throttling.check(request, "miss")
    code = rules.read_code(text)
    return queries.by_code(code) if code else None


def _unknown(request: HttpRequest, wish: str) -> HttpResponse:
    throttling.count(request, "miss")
    context = {
        "wish": wish,
        "outcome": checking.why_not_found(wish),
        "file_form": DocumentFileForm(),
    }
    return render(request, VERIFY, context, status=404)


def _shown(
    request: HttpRequest, credential: Credential, *, wish: str, is_by_code: bool
) -> HttpResponse:
    entered, fits = "", None
    if request.method == "POST":
        throttling.spend(request, "name")
        entered = request.POST.get("name", "").strip()[:200]
        fits = checking.name_fits(credential, entered) if entered else None
    context = {
        "shown": checking.shown(credential, at=clock.now()),
        "wish": wish,
        "is_by_code": is_by_code,
        "entered": entered,
        "fits": fits,
    }
    return render(request, "credentials/page.html", context)


@never_cache
def slip(request: HttpRequest, code: str) -> HttpResponse:
    credential = _by_code(request, code)
    if credential is None:
        return _unknown(request, code)
    at = clock.now()
    context = {
        "shown": checking.shown(credential, at=at),
        "at": at,
        "address": badges.page_address(credential.code),
    }
    return render(request, "credentials/slip.html", context)


@never_cache
def document(request: HttpRequest, code: str) -> HttpResponse:
    credential = _by_code(request, code)
    if credential is None:
        throttling.count(request, "miss")
        raise Http404
    return proven_file(credential)


@never_cache
def check_file(request: HttpRequest) -> HttpResponse:
    form = DocumentFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "credentials/check_file.html", {"form": form})
    throttling.spend(request, "file")
    file = form.cleaned_data["file"]
    if file.size > checking.MAX_BYTES:
        raise FileTooLarge
    checks = checking.check_document(checking.read_document(file.read()))
    context = {
        "form": DocumentFileForm(),
        "name": file.name,
        "checks": [(checking.words_of(check), check) for check in checks],
        "holds": all(check.holds for check in checks),
    }
    return render(request, "credentials/check_file.html", context)


@never_cache
def report(request: HttpRequest) -> HttpResponse:
    form = ForgeryForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method != "POST" or not form.is_valid():
        return render(request, "credentials/report.html", {"form": form})
    throttling.spend(request, "report")
    number = form.cleaned_data["number"].strip()
    code = rules.read_code(number)
    known = None
    if code or not queries.is_unreadable(number):
        known = queries.by_code(code) if code else queries.by_number(number)
    services.report_forgery(
        number=number,
        text=form.cleaned_data["text"],
        contact=form.cleaned_data["contact"],
        credential=known,
        at=clock.now(),
    )
    return redirect("credentials:reported")


def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "credentials/reported.html")


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    if not status.is_list(number):
        raise Http404
    response = JsonResponse(status.status_list(number))
    response["Access-Control-Allow-Origin"] = "*"
    return response
