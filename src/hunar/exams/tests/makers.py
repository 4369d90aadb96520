"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from hunar.catalogue.models import CourseVersion
from hunar.cohorts.models import Cohort, Enrolment, Room
from hunar.cohorts.tests.makers import make_cohort, make_enrolment, make_version, words
from hunar.exams import services
from hunar.exams.models import Answer, Attempt, Exam, Form, FormItem, Sitting
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_person

NOON = datetime(2025, 12, 5, 7, tzinfo=UTC)
"""12:00 in Ashgabat: the window of a made sitting opens."""

SHORT = {"M1": {"remember": 2, "apply": 2}, "M2": {"understand": 1, "apply": 1}}
_numbers = count(1)


def make_examiner() -> Person:
    return make_person(role=Role.EXAMINER)


def make_entry(
    code: str = "",
    *,
    module: str = "M1",
    bloom: str = "apply",
    use: str = "scored",
    key: str = "b",
    **more: Any,
) -> dict[str, Any]:
    """An item as it stands in a course pack: single choice of four."""
    code = code or f"TST-{module}-{next(_numbers):03d}"
    return {
        "code": code,
        "objective": f"{module}.1",
        "bloom": bloom,
        "use": use,
        "type": "single",
        "key": key,
        "source": "House rules",
        "stem": words(f"Question {code}"),
        "options": {letter: words(f"Option {letter}") for letter in "abcd"},
        "rationale": words(f"Why {key}"),
        **more,
    }


def make_numeric_entry(code: str = "", **more: Any) -> dict[str, Any]:
    """An item that asks for 20.88, within 0.01."""
    entry = make_entry(code, **{"module": "M2", "bloom": "understand", **more})
    del entry["options"]
    return {**entry, "type": "numeric", "key": 20.88, "tolerance": 0.01, "unit": words("ms")}


def make_bank(version: CourseVersion, *, by: Person | None = None) -> None:
    """Six scored items, enough for ``SHORT``, one of them numeric, and one on trial."""
    entries = [
        make_entry(bloom="remember"),
        make_entry(bloom="remember"),
        make_entry(bloom="apply"),
        make_entry(bloom="apply"),
        make_numeric_entry(),
        make_entry(module="M2", bloom="apply"),
        make_entry(module="M2", bloom="apply", use="pilot"),
    ]
    services.load_items(version.course, entries, by=by or make_examiner(), at=NOON)


def make_exam(
    *,
    version: CourseVersion | None = None,
    minutes: int = 60,
    cut_score: str = "60",
    blueprint: Mapping[str, Mapping[str, int]] | None = None,
    by: Person | None = None,
) -> Exam:
    return services.make_exam(
        version or make_version(days=2),
        title=words("Final exam"),
        minutes=minutes,
        cut_score=Decimal(cut_score),
        blueprint=blueprint or SHORT,
        by=by or make_examiner(),
        at=NOON,
    )


def make_form(*, exam: Exam | None = None, code: str = "A", by: Person | None = None) -> Form:
    """A form; the bank is filled where it is empty."""
    exam = exam or make_exam()
    officer = by or make_examiner()
    if not exam.version.course.items.exists():
        make_bank(exam.version, by=officer)
    return services.make_form(exam, code=code, by=officer, at=NOON)


def make_sitting(
    *,
    form: Form | None = None,
    cohort: Cohort | None = None,
    room: Room | None = None,
    opens_at: datetime = NOON,
    hours: int = 2,
    access_code: str = "",
) -> Sitting:
    form = form or make_form()
    return services.plan_sitting(
        form,
        cohort=cohort or make_cohort(version=form.exam.version),
        room=room,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=hours),
        access_code=access_code,
        by=make_examiner(),
        at=opens_at - timedelta(days=7),
    )


def make_candidate(sitting: Sitting, *, person: Person | None = None) -> Enrolment:
    return make_enrolment(cohort=sitting.cohort, person=person or make_person())


def make_attempt(
    *,
    sitting: Sitting | None = None,
    person: Person | None = None,
    at: datetime = NOON,
    language: str = "en",
) -> Attempt:
    """A begun attempt of somebody with a place in the cohort."""
    sitting = sitting or make_sitting()
    candidate = make_candidate(sitting, person=person)
    return services.start(
        sitting,
        language=language,
        access_code=sitting.access_code,
        by=candidate.person,
        at=at,
    )


def right_answers(form: Form, *, wrong: int = 0) -> dict[int, str]:
    """A response per position, the first ``wrong`` scored ones of them wrong."""
    answers = {}
    for line in FormItem.objects.filter(form=form).select_related("item"):
        key = line.item.key
        right = key if isinstance(key, str) else key["value"]
        is_wrong = line.item.use == "scored" and wrong > 0
        wrong -= is_wrong
        answers[line.position] = "d" if is_wrong else right
    return answers


def give_answers(
    attempt: Attempt, answers: Mapping[int, str], *, at: datetime | None = None
) -> None:
    Answer.objects.bulk_create(
        Answer(
            attempt=attempt,
            position=position,
            response=response,
            sequence=position,
            saved_at=at or attempt.started_at,
        )
        for position, response in answers.items()
    )


def make_finished(sitting: Sitting, *, wrong: Sequence[int] = (0, 1, 5)) -> list[Attempt]:
    """One submitted attempt per entry of ``wrong``: how many answers are wrong."""
    attempts = []
    for mistakes in wrong:
        attempt = make_attempt(sitting=sitting, at=sitting.opens_at)
        give_answers(attempt, right_answers(sitting.form, wrong=mistakes))
        done = sitting.opens_at + timedelta(minutes=30)
        attempts.append(services.submit(attempt, by=attempt.enrolment.person, at=done))
    return attempts


def make_released(*, wrong: Sequence[int] = (0, 1, 5)) -> Sitting:
    """A sitting of which everybody has her result."""
    sitting = make_sitting()
    make_finished(sitting, wrong=wrong)
    return services.release(sitting, by=make_examiner(), at=sitting.closes_at + timedelta(days=1))
