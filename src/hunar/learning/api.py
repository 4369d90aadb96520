from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from hunar.kernel.errors import NotFound
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.learning import queries
from hunar.people.requests import PersonRequest

router = Router(tags=["learning"])


class CourseOut(Schema):
    enrolment: str
    cohort: str
    title: dict[str, str]


class LessonOut(Schema):
    code: str
    title: dict[str, str]
    module: str
    minutes: int
    seconds: int
    state: str


@router.get("courses", response=list[CourseOut])
def my_courses(request: PersonRequest) -> list[dict[str, object]]:
    return [
        {
            "enrolment": enrolment.ref,
            "cohort": enrolment.cohort.code,
            "title": enrolment.cohort.version.title,
        }
        for enrolment in queries.enrolments_of(request.person)
    ]


@router.get("courses/{enrolment}/lessons", response=list[LessonOut])
def my_lessons(request: PersonRequest, enrolment: str) -> list[dict[str, object]]:
    try:
        number = read_paper_id(enrolment).number
    except UnreadablePaperId:
        raise NotFound from None
    found = get_object_or_404(queries.enrolments_of(request.person), pk=number)
    return [
        {
            "code": row.lesson.code,
            "title": row.lesson.title,
            "module": row.lesson.module.code,
            "minutes": row.lesson.minutes,
            "seconds": row.state.seconds,
            "state": row.state.state.value,
        }
        for row in queries.course(found).rows
    ]
