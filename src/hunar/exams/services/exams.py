from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from hunar.audit import services as audit
from hunar.catalogue.models import CourseVersion
from hunar.cohorts.models import Cohort, Room
from hunar.exams import permissions, queries, rules
from hunar.exams.errors import FormCodeTaken, SittingOfOtherCourse, SittingWindowWrong
from hunar.exams.models import Exam, Form, FormItem, Sitting
from hunar.kernel.signing import digest
from hunar.people.models import Person


@transaction.atomic
def make_exam(
    version: CourseVersion,
    *,
    title: Mapping[str, str],
    minutes: int,
    cut_score: Decimal,
    blueprint: rules.Blueprint,
    by: Person,
    at: datetime,
) -> Exam:
    """Lay down what an exam of ``version`` asks, how long it takes and who passes.

    It is frozen from its first form on; another blueprint is another exam.

    :raises NotPermitted: unless ``by`` manages exams.
    :raises BlueprintMalformed: if a cell does not fit the course.
    """
    permissions.check_can_manage_exams(by)
    modules = version.modules.values_list("code", flat=True)
    rules.check_blueprint(blueprint, modules=modules)
    cells = {
        module: {bloom: wanted for bloom, wanted in levels.items() if wanted}
        for module, levels in blueprint.items()
    }
    exam = Exam.objects.create(
        version=version,
        title=dict(title),
        minutes=minutes,
        cut_score=cut_score,
        blueprint={module: levels for module, levels in cells.items() if levels},
    )
    details = {
        "version": version.ref,
        "minutes": minutes,
        "cut_score": str(cut_score),
        "blueprint_sha256": digest(exam.blueprint),
    }
    audit.record("exams.exam.made", subject=exam, by=by, at=at, details=details)
    return exam


@transaction.atomic
def make_form(
    exam: Exam, *, code: str, by: Person, at: datetime, pilots: int = rules.PILOTS
) -> Form:
    """Choose items by the blueprint, fix their order, and freeze the exam.

    The same bank gives the same form for the same code. The form's hash covers the
    content of every item.

    :raises NotPermitted: unless ``by`` manages exams.
    :raises BankTooSmall: naming the cells of the blueprint that lack items.
    :raises FormCodeTaken: if the exam has a form with this code.
    """
    permissions.check_can_manage_exams(by)
    stock = queries.stock_of(exam.version.course)
    items = {item.code: item for _, item in stock}
    chosen = rules.choose_items(
        exam.blueprint,
        [line for line, _ in stock],
        seed=f"{exam.ref} {code}",
        pilots=pilots,
    )
    numbered = [(place, items[line.code]) for place, line in enumerate(chosen, start=1)]
    sha256 = rules.form_digest(
        exam=exam.ref,
        code=code,
        items=[(place, str(item), item.content_sha256) for place, item in numbered],
    )
    try:
        with transaction.atomic():
            form = Form.objects.create(exam=exam, code=code, content_sha256=sha256)
    except IntegrityError:
        raise FormCodeTaken(form=code) from None
    FormItem.objects.bulk_create(
        FormItem(form=form, item=item, position=place) for place, item in numbered
    )
    Exam.objects.filter(pk=exam.pk, frozen_at__isnull=True).update(frozen_at=at)
    details = {"form": code, "sha256": sha256, "items": len(numbered)}
    audit.record("exams.form.made", subject=exam, by=by, at=at, details=details)
    return form


@transaction.atomic
def plan_sitting(
    form: Form,
    *,
    cohort: Cohort,
    opens_at: datetime,
    closes_at: datetime,
    by: Person,
    at: datetime,
    room: Room | None = None,
    access_code: str = "",
) -> Sitting:
    """Let a cohort take a form within a window of time.

    :param access_code: shown in the room; empty where candidates need none.
    :raises NotPermitted: unless ``by`` manages exams.
    :raises SittingOfOtherCourse: if the exam is not of the cohort's course.
    :raises SittingWindowWrong: if the window is shorter than the exam.
    """
    permissions.check_can_manage_exams(by)
    if form.exam.version.course_id != cohort.version.course_id:
        raise SittingOfOtherCourse
    if closes_at - opens_at < timedelta(minutes=form.exam.minutes):
        raise SittingWindowWrong(minutes=form.exam.minutes)
    sitting = Sitting.objects.create(
        form=form,
        cohort=cohort,
        room=room,
        opens_at=opens_at,
        closes_at=closes_at,
        access_code=access_code.strip(),
    )
    details = {
        "cohort": cohort.ref,
        "form_sha256": form.content_sha256,
        "opens": opens_at.isoformat(),
        "closes": closes_at.isoformat(),
    }
    audit.record("exams.sitting.planned", subject=sitting, by=by, at=at, details=details)
    return sitting
