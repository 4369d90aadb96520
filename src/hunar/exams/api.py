from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hunar.exams import queries, services
from hunar.exams.errors import ResultNotReleased
from hunar.exams.queries import CandidateSitting
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.people.models import Person

router = Router(tags=["exams"])


class SittingOut(Schema):
    """A sitting of a cohort in which the person has a place."""

    ref: str
    title: dict[str, str]
    cohort: str
    opens_at: datetime
    closes_at: datetime
    minutes: int
    needs_access_code: bool
    state: str
    attempt: str | None


class StartIn(Schema):
    language: str
    access_code: str = ""


class QuestionOut(Schema):
    """A question in three languages, and what is saved of its answer."""

    position: int
    section: str
    kind: str
    stem: dict[str, str]
    options: dict[str, dict[str, str]]
    unit: dict[str, str]
    response: str
    flagged: bool
    sequence: int


class AttemptOut(Schema):
    """``token`` is needed to save answers; it is empty once the attempt is submitted."""

    ref: str
    sitting: str
    token: str
    started_at: datetime
    ends_at: datetime
    submitted_at: datetime | None
    now: datetime
    questions: list[QuestionOut]


class AnswerIn(Schema):
    token: str
    position: int
    response: str
    sequence: int
    flagged: bool = False


class SavedOut(Schema):
    """``state``: saved, or superseded when a later change was there already."""

    state: str
    position: int
    response: str
    flagged: bool
    sequence: int
    saved_at: datetime


class ReceiptOut(Schema):
    submitted_at: datetime
    receipt: dict[str, Any]


class ResultOut(Schema):
    marks: int
    marks_max: int
    is_passed: bool
    document: dict[str, Any]


def _person(request: HttpRequest) -> Person:
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def _number(ref: str, prefix: str) -> int:
    try:
        paper = read_paper_id(ref)
    except UnreadablePaperId:
        raise NotFound from None
    if paper.prefix != prefix:
        raise NotFound
    return paper.number


def _own_attempt(request: HttpRequest, ref: str) -> Any:
    attempts = queries.attempts_visible_to(_person(request))
    attempt = attempts.filter(pk=_number(ref, "ATT")).first()
    if attempt is None:
        raise NotFound
    return services.submit_if_over(attempt, at=clock.now())


@router.get("/sittings", response=list[SittingOut])
def own_sittings(request: HttpRequest) -> list[dict[str, Any]]:
    """The sittings of my courses, latest first."""
    return [_sitting(row) for row in queries.candidate_sittings(_person(request), at=clock.now())]


def _sitting(row: CandidateSitting) -> dict[str, Any]:
    return {
        "ref": row.sitting.ref,
        "title": row.sitting.form.exam.title,
        "cohort": row.sitting.cohort.ref,
        "opens_at": row.sitting.opens_at,
        "closes_at": row.sitting.closes_at,
        "minutes": row.sitting.form.exam.minutes,
        "needs_access_code": bool(row.sitting.access_code),
        "state": row.state,
        "attempt": row.attempt.ref if row.attempt else None,
    }


@router.post("/sittings/{ref}/start", response=AttemptOut)
def start(request: HttpRequest, ref: str, wish: StartIn) -> dict[str, Any]:
    """Begin, or return to what was begun."""
    person, at = _person(request), clock.now()
    row = queries.candidate_sitting(person, sitting_id=_number(ref, "SIT"), at=at)
    if row is None:
        raise NotFound
    attempt = services.start(
        row.sitting, language=wish.language, access_code=wish.access_code, by=person, at=at
    )
    return _attempt(attempt)


@router.get("/attempts/{ref}", response=AttemptOut)
def attempt(request: HttpRequest, ref: str) -> dict[str, Any]:
    """The questions and my saved answers."""
    return _attempt(_own_attempt(request, ref))


def _attempt(attempt: Any) -> dict[str, Any]:
    answers = queries.given_answers(attempt)
    is_running = attempt.submitted_at is None
    sections = queries.paper_of(attempt.sitting.form).sections if is_running else ()
    return {
        "ref": attempt.ref,
        "sitting": attempt.sitting.ref,
        "token": attempt.token if is_running else "",
        "started_at": attempt.started_at,
        "ends_at": attempt.ends_at,
        "submitted_at": attempt.submitted_at,
        "now": clock.now(),
        "questions": [
            _question(section.code, question, answers.get(question.position))
            for section in sections
            for question in section.questions
        ],
    }


def _question(section: str, question: queries.Question, answer: Any) -> dict[str, Any]:
    return {
        "position": question.position,
        "section": section,
        "kind": question.kind,
        "stem": question.stem,
        "options": dict(question.options),
        "unit": question.unit,
        "response": answer.response if answer else "",
        "flagged": bool(answer and answer.is_flagged),
        "sequence": answer.sequence if answer else 0,
    }


@router.post("/answers", response=SavedOut)
def save_answer(request: HttpRequest, change: AnswerIn) -> dict[str, Any]:
    """Keep one answer; an answer of 200 outlives whatever happens to the server.

    ``sequence`` grows with each change; a lower one changes nothing.
    """
    saved = services.save_answer(
        change.token,
        position=change.position,
        response=change.response,
        is_flagged=change.flagged,
        sequence=change.sequence,
        at=clock.now(),
    )
    return {
        "state": "superseded" if saved.is_superseded else "saved",
        "position": saved.position,
        "response": saved.response,
        "flagged": saved.is_flagged,
        "sequence": saved.sequence,
        "saved_at": saved.saved_at,
    }


@router.post("/attempts/{ref}/submit", response=ReceiptOut)
def submit(request: HttpRequest, ref: str) -> dict[str, Any]:
    """Hand in, once; a second call gets the same receipt."""
    attempt = _own_attempt(request, ref)
    attempt = services.submit(attempt, by=_person(request), at=clock.now())
    return {"submitted_at": attempt.submitted_at, "receipt": attempt.receipt}


@router.get("/attempts/{ref}/result", response=ResultOut)
def result(request: HttpRequest, ref: str) -> dict[str, Any]:
    """My marks with all that they rest on, once they are released."""
    attempt = _own_attempt(request, ref)
    if not attempt.result:
        raise ResultNotReleased
    return {
        "marks": attempt.marks,
        "marks_max": attempt.marks_max,
        "is_passed": attempt.is_passed,
        "document": attempt.result,
    }
