from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from hunar.catalogue import packs, permissions, rules
from hunar.catalogue.models import Course, CourseVersion, Lesson, Module, Objective, Programme
from hunar.competencies.models import Competency
from hunar.kernel.collation import search_key
from hunar.kernel.signing import digest
from hunar.kernel.text import LANGUAGES
from hunar.people.models import Person

State = CourseVersion.State


def programmes() -> QuerySet[Programme]:
    """All programmes, the latest first."""
    return Programme.objects.order_by("-starts_date", "code")


def programme_by_code(code: str) -> Programme | None:
    return Programme.objects.filter(code=code).first()


def programmes_with_counts() -> QuerySet[Programme]:
    """All programmes with the number of their published courses."""
    published = Q(courses__versions__state=State.PUBLISHED)
    return programmes().annotate(courses_taught=Count("courses", filter=published, distinct=True))


def versions_visible_to(person: Person | None) -> QuerySet[CourseVersion]:
    """Published and retired versions for everybody; drafts for who manages the catalogue."""
    versions = CourseVersion.objects.select_related("course__programme").order_by(
        "course__code", "-number"
    )
    return versions if permissions.can_manage(person) else versions.exclude(state=State.DRAFT)


def published_versions(*, wish: str = "", competency: str = "") -> QuerySet[CourseVersion]:
    """What is taught now: the newest published version of each course.

    :param wish: words of title or summary, in either alphabet.
    :param competency: the code of a competency that the course must serve.
    """
    published = CourseVersion.objects.filter(state=State.PUBLISHED)
    newest = published.order_by("course_id", "-number").values_list("course_id", "pk")
    chosen: dict[int, int] = {}
    for course_id, pk in newest:
        chosen.setdefault(course_id, pk)
    versions = CourseVersion.objects.filter(pk__in=chosen.values())
    for word in search_key(wish).split():
        versions = versions.filter(search_key__contains=word)
    if competency:
        objectives = Objective.objects.filter(competency__code=competency)
        versions = versions.filter(pk__in=objectives.values("module__version_id"))
    return versions.select_related("course__programme").order_by("course__code")


def versions_of(code: str, *, seen_by: Person | None) -> list[CourseVersion]:
    """The versions of the course with that code that ``seen_by`` may see, newest first."""
    return list(versions_visible_to(seen_by).filter(course__code__iexact=code))


def newest_published(course: Course) -> CourseVersion | None:
    """The version of ``course`` that a new cohort would take."""
    return course.versions.filter(state=State.PUBLISHED).order_by("-number").first()


def courses() -> QuerySet[Course]:
    """Every course with its versions, for the officer."""
    newest_first = CourseVersion.objects.order_by("-number")
    return (
        Course.objects.select_related("programme")
        .prefetch_related(Prefetch("versions", queryset=newest_first))
        .order_by("code")
    )


def with_competencies(versions: Sequence[CourseVersion]) -> dict[int, list[Competency]]:
    """Which competencies each of ``versions`` serves, in the order of the spine; one query."""
    rows = (
        Objective.objects.filter(module__version__in=versions)
        .select_related("competency", "module")
        .order_by("competency__order")
    )
    served: dict[int, list[Competency]] = {version.pk: [] for version in versions}
    for row in rows:
        if row.competency not in served[row.module.version_id]:
            served[row.module.version_id].append(row.competency)
    return served


def versions_serving(competency: Competency) -> list[tuple[CourseVersion, int]]:
    """The published courses that teach ``competency``, each with the highest level reached."""
    rows = (
        Objective.objects.filter(
            competency=competency, module__version__in=published_versions().values("pk")
        )
        .select_related("module__version__course")
        .order_by("module__version__course__code")
    )
    highest: dict[CourseVersion, int] = {}
    for row in rows:
        version = row.module.version
        highest[version] = max(row.level_to, highest.get(version, 0))
    return list(highest.items())


def modules_of(version: CourseVersion) -> QuerySet[Module]:
    """The modules with their objectives and lessons; three queries."""
    objectives = Objective.objects.select_related("competency").order_by("order")
    lessons = Lesson.objects.order_by("order").prefetch_related("objectives")
    return version.modules.order_by("order").prefetch_related(
        Prefetch("objectives", queryset=objectives), Prefetch("lessons", queryset=lessons)
    )


def lesson_in(version: CourseVersion, code: str) -> Lesson | None:
    return (
        Lesson.objects.filter(module__version=version, code=code)
        .select_related("module__version__course")
        .prefetch_related("objectives")
        .first()
    )


def lesson_minutes(version: CourseVersion) -> int:
    total = Lesson.objects.filter(module__version=version).aggregate(total=Sum("minutes"))
    return total["total"] or 0


def content_of(version: CourseVersion) -> dict[str, Any]:
    """Everything that a version says, as the JSON that its hash covers."""
    return {
        "course": version.course.code,
        "version": version.number,
        "title": version.title,
        "summary": version.summary,
        "audience": version.audience,
        "prerequisites": version.prerequisites,
        "workload_minutes": version.workload_minutes,
        "valid_months": version.valid_months,
        "cpd_category": version.cpd_category,
        "modules": [
            {
                "code": module.code,
                "day": module.day,
                "title": module.title,
                "objectives": [_objective(row) for row in module.objectives.all()],
                "lessons": [_lesson(row) for row in module.lessons.all()],
            }
            for module in modules_of(version)
        ],
    }


def _objective(row: Objective) -> dict[str, Any]:
    return {
        "code": row.code,
        "competency": row.competency.code,
        "level_from": row.level_from,
        "level_to": row.level_to,
        "text": row.text,
    }


def _lesson(row: Lesson) -> dict[str, Any]:
    return {
        "code": row.code,
        "minutes": row.minutes,
        "title": row.title,
        "body": row.body,
        "objectives": sorted(objective.code for objective in row.objectives.all()),
    }


def is_intact(version: CourseVersion) -> bool:
    """Whether a published version still says what was published."""
    return version.content_sha256 == digest(content_of(version))


def differences(old: CourseVersion, new: CourseVersion) -> list[rules.Difference]:
    """What ``new`` changed against ``old``."""
    return rules.differences(content_of(old), content_of(new))


def what_is_missing(version: CourseVersion) -> list[packs.Problem]:
    """Why ``version`` could not be published; empty if it could."""
    content = content_of(version)
    problems = [
        packs.Problem(
            place, str(_("the text in “%(language)s” is missing")) % {"language": language}
        )
        for place, language in rules.texts_missing(content)
    ]
    problems += [
        packs.Problem(code, _("it serves no objective")) for code in rules.unmapped(content)
    ]
    if not content["modules"]:
        problems.append(packs.Problem(version.course.code, _("the course has no module")))
    if rules.lesson_minutes(content) > version.workload_minutes:
        problems.append(
            packs.Problem(version.course.code, _("the lessons take longer than the course"))
        )
    return problems


@dataclass(frozen=True)
class VersionView:
    """A course version with its parts, as one person sees it."""

    version: CourseVersion
    modules: list[Module]
    competencies: list[Taught]
    others: list[CourseVersion]
    can_manage: bool

    @property
    def lesson_count(self) -> int:
        return sum(len(module.lessons.all()) for module in self.modules)

    @property
    def newer(self) -> CourseVersion | None:
        """A published version with a greater number, which replaces this one."""
        published = [row for row in self.others if row.is_published]
        return next((row for row in published if row.number > self.version.number), None)


@dataclass(frozen=True)
class Taught:
    """A competency that the course serves, and the levels that it spans."""

    competency: Competency
    level_from: int
    level_to: int


def view_of(version: CourseVersion, *, seen_by: Person | None) -> VersionView:
    """Everything on the page of a course version."""
    modules = list(modules_of(version))
    return VersionView(
        version=version,
        modules=modules,
        competencies=_taught(modules),
        others=list(versions_visible_to(seen_by).filter(course=version.course_id)),
        can_manage=permissions.can_manage(seen_by),
    )


def _taught(modules: Sequence[Module]) -> list[Taught]:
    spans: dict[Competency, tuple[int, int]] = {}
    for row in (row for module in modules for row in module.objectives.all()):
        low, high = spans.get(row.competency, (row.level_from, row.level_to))
        spans[row.competency] = min(low, row.level_from), max(high, row.level_to)
    return sorted(
        (Taught(competency, low, high) for competency, (low, high) in spans.items()),
        key=lambda taught: taught.competency.order,
    )


def predecessor(version: CourseVersion, *, seen_by: Person | None) -> CourseVersion | None:
    """The version before ``version`` that ``seen_by`` may see."""
    earlier = versions_visible_to(seen_by).filter(
        course=version.course_id, number__lt=version.number
    )
    return earlier.first()


@dataclass(frozen=True)
class Column:
    """A lesson in one language."""

    language: str
    title: str
    body: str

    @property
    def is_missing(self) -> bool:
        return not (self.title and self.body)


@dataclass(frozen=True)
class Preview:
    """A lesson in all languages side by side, with the lessons before and after it."""

    columns: list[Column]
    before: Lesson | None
    after: Lesson | None

    @property
    def missing(self) -> list[str]:
        return [column.language for column in self.columns if column.is_missing]


def preview_of(lesson: Lesson) -> Preview:
    """What an officer reads before she publishes ``lesson``."""
    version = lesson.module.version_id
    lessons = list(
        Lesson.objects.filter(module__version=version).order_by("module__order", "order")
    )
    place = [row.pk for row in lessons].index(lesson.pk)
    return Preview(
        columns=[
            Column(code, lesson.title.get(code, ""), lesson.body.get(code, ""))
            for code in LANGUAGES
        ],
        before=lessons[place - 1] if place else None,
        after=lessons[place + 1] if place + 1 < len(lessons) else None,
    )
