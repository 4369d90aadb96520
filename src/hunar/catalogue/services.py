from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from hunar.audit import services as audit
from hunar.catalogue import permissions, queries
from hunar.catalogue.errors import (
    DatesOutOfOrder,
    NotADraft,
    NotPublished,
    OtherProgramme,
    PackBroken,
    ProgrammeExists,
    VersionFinal,
    VersionIncomplete,
)
from hunar.catalogue.models import Course, CourseVersion, Lesson, Module, Objective, Programme
from hunar.catalogue.packs import CoursePack, PackModule, unknown_competencies
from hunar.competencies import queries as competencies
from hunar.competencies.models import Competency
from hunar.kernel.signing import digest
from hunar.people.models import Person

State = CourseVersion.State


@transaction.atomic
def create_programme(
    *,
    code: str,
    title: Mapping[str, str],
    summary: Mapping[str, str],
    starts_date: date,
    ends_date: date | None = None,
    by: Person,
    at: datetime,
) -> Programme:
    """Begin a programme; its courses come from course packs.

    :raises NotPermitted: if ``by`` does not manage the catalogue.
    :raises ProgrammeExists: if the code is taken.
    :raises DatesOutOfOrder: if it would end before it starts.
    """
    permissions.check_can_manage(by)
    if ends_date and ends_date < starts_date:
        raise DatesOutOfOrder
    try:
        with transaction.atomic():
            programme = Programme.objects.create(
                code=code,
                title=dict(title),
                summary=dict(summary),
                starts_date=starts_date,
                ends_date=ends_date,
            )
    except IntegrityError:
        raise ProgrammeExists(code=code) from None
    audit.record(
        "catalogue.programme.created", subject=programme, by=by, at=at, details={"code": code}
    )
    return programme


@transaction.atomic
def load_pack(pack: CoursePack, *, programme: Programme, by: Person, at: datetime) -> CourseVersion:
    """Put a course pack into the catalogue as a draft, which replaces an earlier draft.

    :raises NotPermitted: if ``by`` does not manage the catalogue.
    :raises PackBroken: if an objective names an unknown competency.
    :raises VersionFinal: if this version of the course is published or retired.
    :raises OtherProgramme: if the course belongs to another programme.
    """
    permissions.check_can_manage(by)
    known = competencies.by_code()
    if problems := unknown_competencies(pack, known):
        raise PackBroken(folder=pack.code.lower(), problems=problems)
    course, _ = Course.objects.get_or_create(code=pack.code, defaults={"programme": programme})
    if course.programme_id != programme.pk:
        raise OtherProgramme(course=course.code)
    version = _empty_draft(course, pack)
    for order, module in enumerate(pack.modules, start=1):
        _add_module(version, module, order=order, known=known)
    details = {
        "version": pack.version,
        "modules": len(pack.modules),
        "objectives": len(pack.objectives),
        "lessons": len(pack.lessons),
    }
    audit.record("catalogue.version.loaded", subject=version, by=by, at=at, details=details)
    return version


def _empty_draft(course: Course, pack: CoursePack) -> CourseVersion:
    version = CourseVersion.objects.filter(course=course, number=pack.version).first()
    if version and version.state != State.DRAFT:
        raise VersionFinal(course=course.code, number=pack.version)
    version = version or CourseVersion(course=course, number=pack.version)
    version.title = pack.title
    version.summary = pack.summary
    version.audience = pack.audience
    version.prerequisites = pack.prerequisites
    version.workload_minutes = pack.workload_minutes
    version.valid_months = pack.valid_months
    version.cpd_category = pack.cpd_category
    version.save()
    version.modules.all().delete()
    return version


def _add_module(
    version: CourseVersion, source: PackModule, *, order: int, known: Mapping[str, Competency]
) -> None:
    module = Module.objects.create(
        version=version, code=source.code, day=source.day, title=source.title, order=order
    )
    objectives = Objective.objects.bulk_create(
        Objective(
            module=module,
            code=row.code,
            text=row.text,
            competency=known[row.competency],
            level_from=row.level_from,
            level_to=row.level_to,
            order=place,
        )
        for place, row in enumerate(source.objectives, start=1)
    )
    lessons = Lesson.objects.bulk_create(
        Lesson(
            module=module,
            code=row.code,
            title=row.title,
            body=row.body,
            minutes=row.minutes,
            order=place,
        )
        for place, row in enumerate(source.lessons, start=1)
    )
    by_code = {objective.code: objective for objective in objectives}
    links = Lesson.objectives.through
    links._default_manager.bulk_create(
        links(lesson_id=lesson.pk, objective_id=by_code[code].pk)
        for lesson, row in zip(lessons, source.lessons, strict=True)
        for code in row.objectives
    )


@transaction.atomic
def publish_version(version: CourseVersion, *, by: Person, at: datetime) -> CourseVersion:
    """Publish a draft: from now on it is taught and certified, and never changes.

    :raises NotPermitted: if ``by`` does not manage the catalogue.
    :raises VersionIncomplete: if a text lacks a language, a lesson serves no objective or
        the lessons take longer than the course.
    :raises NotADraft: if somebody published or retired it before.
    """
    permissions.check_can_manage(by)
    course = version.course.code
    if problems := queries.what_is_missing(version):
        raise VersionIncomplete(course=course, number=version.number, problems=problems)
    sha256 = digest(queries.content_of(version))
    changed = CourseVersion.objects.filter(pk=version.pk, state=State.DRAFT).update(
        state=State.PUBLISHED, published_at=at, content_sha256=sha256
    )
    if not changed:
        raise NotADraft(course=course, number=version.number)
    version.refresh_from_db()
    details = {"course": course, "version": version.number, "content_sha256": sha256}
    audit.record("catalogue.version.published", subject=version, by=by, at=at, details=details)
    return version


@transaction.atomic
def retire_version(
    version: CourseVersion, *, reason: str, by: Person, at: datetime
) -> CourseVersion:
    """Take a published version out of the course list; what was certified stays valid.

    :raises NotPermitted: if ``by`` does not manage the catalogue.
    :raises NotPublished: if it is a draft or retired already.
    """
    permissions.check_can_manage(by)
    changed = CourseVersion.objects.filter(pk=version.pk, state=State.PUBLISHED).update(
        state=State.RETIRED
    )
    if not changed:
        raise NotPublished(course=version.course.code, number=version.number)
    version.refresh_from_db()
    audit.record(
        "catalogue.version.retired", subject=version, by=by, at=at, details={"reason": reason}
    )
    return version
