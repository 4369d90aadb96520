from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from ninja.pagination import paginate

from hunar.catalogue import permissions, queries, services
from hunar.kernel import clock
from hunar.kernel.access import person_asking
from hunar.kernel.refs import row_number

router = Router(tags=["catalogue"])


class ProgrammeOut(Schema):
    ref: str
    code: str
    title: dict[str, str]
    summary: dict[str, str]
    starts_date: date
    ends_date: date | None


class VersionOut(Schema):
    ref: str
    course: str
    number: int
    state: str
    title: dict[str, str]
    summary: dict[str, str]
    workload_minutes: int
    valid_months: int
    cpd_category: str
    published_at: datetime | None
    content_sha256: str

    @staticmethod
    def resolve_course(version: Any) -> str:
        return str(version.course.code)


class ObjectiveOut(Schema):
    code: str
    text: dict[str, str]
    competency: str
    level_from: int
    level_to: int

    @staticmethod
    def resolve_competency(objective: Any) -> str:
        return str(objective.competency.code)


class LessonOut(Schema):
    code: str
    title: dict[str, str]
    minutes: int


class ModuleOut(Schema):
    code: str
    day: int
    title: dict[str, str]
    objectives: list[ObjectiveOut]
    lessons: list[LessonOut]

    @staticmethod
    def resolve_objectives(module: Any) -> list[Any]:
        return list(module.objectives.all())

    @staticmethod
    def resolve_lessons(module: Any) -> list[Any]:
        return list(module.lessons.all())


class VersionDetail(VersionOut):
    audience: dict[str, str]
    prerequisites: dict[str, str]
    modules: list[ModuleOut]

    @staticmethod
    def resolve_modules(version: Any) -> list[Any]:
        return list(queries.modules_of(version))


class PackProblem(Schema):
    file: str
    reason: str

    @staticmethod
    def resolve_reason(problem: Any) -> str:
        return str(problem.reason)


class PackOut(Schema):
    folder: str
    title: str
    is_loadable: bool
    problems: list[PackProblem]
    gaps: list[PackProblem]
    version: str

    @staticmethod
    def resolve_gaps(found: Any) -> list[Any]:
        return list(found.pack.gaps) if found.pack else []

    @staticmethod
    def resolve_version(found: Any) -> str:
        return found.version.ref if found.version else ""


class LoadIn(Schema):
    programme: str


class RetireIn(Schema):
    reason: str


@router.get("/programmes", response=list[ProgrammeOut], auth=None)
def programmes(request: HttpRequest) -> Any:
    """All programmes; public."""
    return list(queries.programmes())


@router.get("/", response=list[VersionOut], auth=None)
@paginate
def courses(request: HttpRequest, q: str = "", competency: str = "") -> Any:
    """What is taught now; public."""
    return queries.published_versions(wish=q, competency=competency)


@router.get("/packs", response=list[PackOut])
def packs(request: HttpRequest) -> Any:
    """The course packs beside the platform, read and checked."""
    permissions.check_can_manage(person_asking(request))
    return queries.found_packs()


@router.post("/packs/{folder}/load", response={201: VersionDetail})
def load(request: HttpRequest, folder: str, given: LoadIn) -> Any:
    """Load a course pack as a draft."""
    person = person_asking(request)
    permissions.check_can_manage(person)
    number = row_number(given.programme, prefix="PRG")
    programme = get_object_or_404(queries.programmes(), pk=number)
    made = services.load_pack(
        queries.pack_in(folder), programme=programme, by=person, at=clock.now()
    )
    return Status(201, made)


@router.get("/versions/{ref}", response=VersionDetail, auth=None)
def version(request: HttpRequest, ref: str) -> Any:
    """One version with its modules, objectives and lessons; drafts for officers only."""
    return _visible(request, ref)


@router.post("/versions/{ref}/publish", response=VersionOut)
def publish(request: HttpRequest, ref: str) -> Any:
    """Publish a draft; it never changes afterwards."""
    found = _visible(request, ref)
    return services.publish_version(found, by=person_asking(request), at=clock.now())


@router.post("/versions/{ref}/retire", response=VersionOut)
def retire(request: HttpRequest, ref: str, given: RetireIn) -> Any:
    """Take a published version out of the course list."""
    found = _visible(request, ref)
    person = person_asking(request)
    return services.retire_version(found, reason=given.reason, by=person, at=clock.now())


def _visible(request: HttpRequest, ref: str) -> Any:
    visible = queries.versions_visible_to(person_asking(request))
    return get_object_or_404(visible, pk=row_number(ref, prefix="CVR"))
