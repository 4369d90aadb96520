from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hunar.cohorts import queries as cohorts
from hunar.kernel import clock
from hunar.kernel.tables import write_xlsx
from hunar.learning import (
    charting,
    packs,
    permissions,
    queries,
    reading_text,
    rules,
    services,
)
from hunar.people.requests import PersonRequest, signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LANGUAGES = {"tk": "Türkmençe", "ru": "Русский", "en": "English"}


@signed_in
def courses(request: PersonRequest) -> HttpResponse:
    found = queries.enrolments_of(request.person)
    return render(request, "learning/courses.html", {"enrolments": found})


@signed_in
def course(request: PersonRequest, pk: int) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_of(request.person), pk=pk)
    return render(request, "learning/course.html", {"course": queries.course(enrolment)})


@signed_in
def lesson(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_of(request.person), pk=pk)
    found = get_object_or_404(queries.lessons_of(enrolment), code=code)
    services.open_lesson(enrolment, found, at=clock.now())
    reading = queries.course(enrolment)
    place = next(i for i, row in enumerate(reading.rows) if row.lesson.pk == found.pk)
    wish = request.GET.get("in") or (get_language() or "tk")[:2]
    page = reading_text.lesson_page(found.body, wish=wish)
    context = {
        "enrolment": enrolment,
        "lesson": found,
        "page": page,
        "languages": [(code, LANGUAGES[code]) for code in page.languages],
        "missing": LANGUAGES[wish] if wish in LANGUAGES and wish != page.language else "",
        "row": reading.rows[place],
        "needed": -(-rules.needed_seconds(found.minutes) // 60),
        "previous": reading.rows[place - 1] if place else None,
        "next": reading.rows[place + 1] if place + 1 < len(reading.rows) else None,
        "beat_seconds": rules.BEAT_SECONDS,
    }
    return render(request, "learning/lesson.html", context)


@require_POST
@signed_in
def beat(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_of(request.person), pk=pk)
    found = get_object_or_404(queries.lessons_of(enrolment).defer("body"), code=code)
    seconds = services.beat(enrolment, found, at=clock.now())
    return JsonResponse({"seconds": seconds, "needed": rules.needed_seconds(found.minutes)})


@require_POST
@signed_in
def finish(request: PersonRequest, pk: int, code: str) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_of(request.person), pk=pk)
    found = get_object_or_404(queries.lessons_of(enrolment).defer("body"), code=code)
    has_beats = request.POST.get("beats") == "yes"
    services.finish(enrolment, found, at=clock.now(), has_beats=has_beats)
    messages.success(request, _("The lesson is finished."))
    following = queries.course(enrolment).next
    if following is None:
        return redirect("learning:course", pk=pk)
    return redirect("learning:lesson", pk=pk, code=following.lesson.code)


@signed_in
def day_pack(request: PersonRequest, pk: int, day: int) -> HttpResponse:
    enrolment = get_object_or_404(queries.enrolments_of(request.person), pk=pk)
    found = queries.lessons_of(enrolment).filter(module__day=day)
    language = (get_language() or "tk")[:2]
    content = packs.day_pack(enrolment, found, day=day, language=language)
    response = HttpResponse(content, content_type="application/zip")
    name = f"{enrolment.cohort.code}-{day}-{language}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@signed_in
def cohort(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(cohorts.cohorts_visible_to(request.person), pk=pk)
    permissions.check_can_follow(request.person, found)
    progress = queries.cohort_progress(found)
    context = {"progress": progress, "chart": charting.finished_chart(progress)}
    return render(request, "learning/cohort.html", context)


@signed_in
def cohort_table(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(cohorts.cohorts_visible_to(request.person), pk=pk)
    permissions.check_can_follow(request.person, found)
    progress = queries.cohort_progress(found)
    headings = [
        _("Name"),
        _("Finished"),
        _("Minutes read"),
        *(row.code for row in progress.lessons),
    ]
    rows = [
        [
            learner.enrolment.person.name.full,
            learner.finished,
            learner.minutes_read,
            *(cell.percent for cell in learner.cells),
        ]
        for learner in progress.learners
    ]
    response = HttpResponse(write_xlsx(headings, rows, sheet=found.code), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.code}-progress.xlsx"'
    return response
