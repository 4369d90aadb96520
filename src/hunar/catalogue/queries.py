from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from hunar.catalogue import packs, permissions, rules
from hunar.catalogue.errors import PackBroken, PackUnknown
from hunar.catalogue.models import Course, CourseVersion, Lesson, Module, Objective, Programme
from hunar.competencies import queries as competencies
from hunar.competencies.models import Competency
from hunar.kernel.collation import search_key
from hunar.kernel.signing import digest
from hunar.kernel.text import in_language
from hunar.people.models import Person

State = CourseVersion.State


def programmes() -> QuerySet[Programme]:
    """All programmes, the latest first."""
    return Programme.objects.order_by("-starts_date", "code")


def programme_by_code(code: str) -> Programme | None:
    return Programme.objects.filter(code=code).first()


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
class FoundPack:
    """A folder among the course packs, and what could be done with it."""

    folder: str
    pack: packs.CoursePack | None
    problems: list[packs.Problem]
    version: CourseVersion | None

    @property
    def is_broken(self) -> bool:
        return bool(self.problems)

    @property
    def is_loadable(self) -> bool:
        loaded = self.version is not None and self.version.state != State.DRAFT
        return not self.is_broken and not loaded

    @property
    def title(self) -> str:
        return in_language(self.pack.title) if self.pack else self.folder


def found_packs(*, root: Path | None = None) -> list[FoundPack]:
    """Every course pack beside the platform, read and checked, with its loaded version."""
    codes = set(competencies.by_code())
    versions = {
        (version.course.code, version.number): version
        for version in CourseVersion.objects.select_related("course")
    }
    found = []
    for folder in packs.pack_folders(root or settings.COURSES_DIR):
        try:
            pack = packs.read_pack(folder)
        except PackBroken as refusal:
            found.append(FoundPack(folder.name, None, refusal.problems, None))
            continue
        problems = packs.unknown_competencies(pack, codes)
        version = versions.get((pack.code, pack.version))
        found.append(FoundPack(folder.name, pack, problems, version))
    return found


def pack_in(folder: str, *, root: Path | None = None) -> packs.CoursePack:
    """The pack in the folder of that name.

    :raises PackUnknown: if there is none; names with a path in them are none.
    :raises PackBroken: if it cannot be read.
    """
    for path in packs.pack_folders(root or settings.COURSES_DIR):
        if path.name == folder:
            return packs.read_pack(path)
    raise PackUnknown(folder=folder)
