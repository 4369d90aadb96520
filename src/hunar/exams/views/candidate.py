from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hunar.audit.services import with_log_proof
from hunar.exams import queries, services
from hunar.exams.errors import ResultNotReleased
from hunar.exams.forms import AnswerForm, StartForm
from hunar.exams.queries import pages
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.people.requests import PersonRequest, signed_in


@signed_in
def own_exams(request: PersonRequest) -> HttpResponse:
    sittings = queries.candidate_sittings(request.person, at=clock.now())
    return render(request, "exams/own_exams.html", {"sittings": sittings})


@signed_in
def course(request: PersonRequest, pk: int) -> HttpResponse:
    """From a learner's course to its exam, if there is exactly one; else to the list."""
    sittings = queries.candidate_sittings(request.person, at=clock.now(), enrolment=pk)
    if len(sittings) != 1:
        return redirect("exams:own")
    return redirect("exams:start", sittings[0].sitting.pk)


@signed_in
def start(request: PersonRequest, pk: int) -> HttpResponse:
    entry = queries.candidate_sitting(request.person, sitting_id=pk, at=clock.now())
    if entry is None:
        raise NotFound
    if entry.attempt:
        return redirect("exams:attempt", entry.attempt.pk)
    form = StartForm(request.POST or None, sitting=entry.sitting, person=request.person)
    if form.is_valid():
        begun = services.start(
            entry.sitting, **form.cleaned_data, by=request.person, at=clock.now()
        )
        return redirect("exams:attempt", begun.pk)
    return render(request, "exams/start.html", {"entry": entry, "form": form})


@never_cache
@signed_in
def attempt(request: PersonRequest, pk: int) -> HttpResponse:
    at = clock.now()
    attempt = _own(request, pk)
    attempt = services.submit_if_over(attempt, at=at)
    if attempt.submitted_at:
        return render(request, "exams/receipt.html", pages.after(attempt))
    with override(attempt.language):
        return render(request, "exams/attempt.html", pages.exam_page(attempt, at=at))


@require_POST
@signed_in
def answer(request: PersonRequest, pk: int, position: int) -> HttpResponse:
    """Save one answer without JavaScript, and go to the next question."""
    attempt = _own(request, pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise form.violation
    services.change_answer(
        attempt, position=position, **form.cleaned_data, by=request.person, at=clock.now()
    )
    following = "review" if position >= pages.last_position(attempt) else f"q{position + 1}"
    return redirect(reverse("exams:attempt", args=[pk]) + f"#{following}")


@require_POST
@signed_in
def language(request: PersonRequest, pk: int) -> HttpResponse:
    wish = request.POST.get("language", "")
    services.change_language(_own(request, pk), language=wish, by=request.person)
    return redirect("exams:attempt", pk)


@never_cache
@signed_in
def submit(request: PersonRequest, pk: int) -> HttpResponse:
    at = clock.now()
    attempt = services.submit_if_over(_own(request, pk), at=at)
    if request.method == "POST" and not attempt.submitted_at:
        attempt = services.submit(attempt, by=request.person, at=at)
    if attempt.submitted_at:
        return redirect("exams:attempt", pk)
    with override(attempt.language):
        return render(request, "exams/submit.html", pages.exam_page(attempt, at=at))


@require_GET
@signed_in
def receipt(request: PersonRequest, pk: int) -> HttpResponse:
    attempt = _own(request, pk)
    return _download(f"{attempt.ref}-receipt", attempt.receipt, queries.receipt_entry(attempt))


@require_GET
@signed_in
def result(request: PersonRequest, pk: int) -> HttpResponse:
    attempt = queries.attempts_visible_to(request.person).filter(pk=pk).first()
    attempt = attempt or get_object_or_404(queries.results_visible_to(request.person), pk=pk)
    if not attempt.result:
        raise ResultNotReleased
    return _download(f"{attempt.ref}-result", attempt.result, queries.result_entry(attempt))


def _own(request: PersonRequest, pk: int) -> Any:
    return get_object_or_404(queries.attempts_visible_to(request.person), pk=pk)


def _download(name: str, document: dict[str, Any], entry: Any) -> HttpResponse:
    if entry is None:
        raise NotFound
    content = json.dumps(with_log_proof(document, entry=entry), ensure_ascii=False, indent=2)
    return HttpResponse(
        content,
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}.json"'},
    )
