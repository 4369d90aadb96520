"""The item bank, the two finished exams of December 2025, and the open one of CYB-RUN.

Who knows how much is drawn once per person, how hard an item is once per item; answers
then fall as they would. Marks, receipts and results come from the services themselves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings

from hunar.audit import services as audit
from hunar.catalogue import packs
from hunar.cohorts.models import Cohort, Enrolment
from hunar.demo.stage import Stage
from hunar.exams import queries, services
from hunar.exams.models import Answer, Attempt, Exam, Sitting
from hunar.exams.rules import KeyLine
from hunar.kernel.signing import instant
from hunar.records import services as records
from hunar.records.enums import Verb

TITLES = {
    "DG-CYB": {
        "tk": "Kiberhowpsuzlyk boýunça jemleýji synag",
        "ru": "Итоговый экзамен по кибербезопасности",
        "en": "Final exam in cybersecurity",
    },
    "DG-AI": {
        "tk": "Emeli aň boýunça jemleýji synag",
        "ru": "Итоговый экзамен по искусственному интеллекту",
        "en": "Final exam in artificial intelligence",
    },
}
# 40 scored items: module by Bloom level, the same for both courses.
BLUEPRINT = {
    "M1": {"remember": 2, "understand": 3, "apply": 2, "analyse": 1},
    "M2": {"remember": 1, "understand": 2, "apply": 2, "analyse": 1},
    "M3": {"remember": 1, "understand": 2, "apply": 3, "analyse": 1},
    "M4": {"understand": 2, "apply": 3, "analyse": 2},
    "M5": {"understand": 1, "apply": 3, "analyse": 2, "evaluate": 1},
    "M6": {"understand": 1, "apply": 2, "analyse": 1, "evaluate": 1},
}
MINUTES = 60
CUT_SCORE = Decimal(60)
BANK_LOADED = date(2025, 11, 24)
FORM_MADE = date(2025, 11, 28)
EXAM_DAY = date(2025, 12, 5)
RELEASED = date(2025, 12, 9)
HARDER = {"remember": -1.2, "understand": -0.6, "apply": 0.0, "analyse": 0.5, "evaluate": 0.8}
ABILITY, SPREAD = 1.05, 0.85
GUESS = 0.2
SUBMITTED_OF_RUNNING = 9


def load(stage: Stage) -> None:
    """Banks and exams of both courses; sittings CYB-2025, AI-2025 (released) and CYB-RUN (open)."""
    exams = {code: _exam(stage, code) for code in TITLES}
    for key, code in (("CYB-2025", "DG-CYB"), ("AI-2025", "DG-AI")):
        _finished(stage, key, exams[code])
    _open(stage, exams["DG-CYB"])


def _exam(stage: Stage, code: str) -> Exam:
    examiner, version = stage.cast["examiner"], stage.versions[code]
    pack = packs.read_pack(settings.COURSES_DIR / code.lower())
    services.load_items(version.course, pack.items, by=examiner, at=stage.at(BANK_LOADED, 10))
    return services.make_exam(
        version,
        title=TITLES[code],
        minutes=MINUTES,
        cut_score=CUT_SCORE,
        blueprint=BLUEPRINT,
        by=examiner,
        at=stage.at(FORM_MADE, 10),
    )


def _finished(stage: Stage, key: str, exam: Exam) -> None:
    """Everybody sat on the afternoon of the last day; results came four days later."""
    examiner, cohort = stage.cast["examiner"], stage.cohorts[key]
    form = services.make_form(exam, code="A", by=examiner, at=stage.at(FORM_MADE, 11))
    sitting = services.plan_sitting(
        form,
        cohort=cohort,
        room=cohort.room,
        opens_at=stage.at(EXAM_DAY, 14, 30),
        closes_at=stage.at(EXAM_DAY, 16),
        access_code=f"DGA-{stage.random.randint(100, 999)}",
        by=examiner,
        at=stage.at(FORM_MADE, 12),
    )
    _sit(stage, sitting, _candidates(cohort), since=sitting.opens_at, within=timedelta(minutes=6))
    stage.sittings[key] = services.release(sitting, by=examiner, at=stage.at(RELEASED, 15))


def _open(stage: Stage, exam: Exam) -> None:
    """Open since yesterday for a fortnight: some have handed in, the learner has not begun."""
    officer, cohort = stage.cast["officer"], stage.cohorts["CYB-RUN"]
    yesterday = stage.today - timedelta(days=1)
    planned_at = stage.at(stage.today - timedelta(days=5), 11)
    form = services.make_form(exam, code="B", by=stage.cast["examiner"], at=planned_at)
    sitting = services.plan_sitting(
        form,
        cohort=cohort,
        room=cohort.room,
        opens_at=stage.at(yesterday, 9),
        closes_at=stage.at(stage.today + timedelta(days=14), 18),
        by=officer,
        at=planned_at,
    )
    others = [row for row in _candidates(cohort) if row.person != stage.cast["learner"]]
    early = stage.random.sample(others, min(SUBMITTED_OF_RUNNING, len(others)))
    _sit(stage, sitting, early, since=stage.at(yesterday, 13), within=timedelta(hours=3))
    stage.sittings["CYB-RUN"] = sitting


def _candidates(cohort: Cohort) -> list[Enrolment]:
    """Everybody who was not withdrawn; who later lacked attendance sat the exam, too."""
    rows = Enrolment.objects.filter(cohort=cohort).exclude(state=Enrolment.State.WITHDRAWN)
    return list(rows.select_related("person").order_by("person__sort_key", "person_id"))


@dataclass(frozen=True)
class Course:
    """How long a candidate took, and when she began."""

    starts_at: datetime
    minutes: int


def _sit(
    stage: Stage,
    sitting: Sitting,
    candidates: list[Enrolment],
    *,
    since: datetime,
    within: timedelta,
) -> None:
    """Attempts with answers of all ``candidates``, each submitted by the service."""
    lines = queries.key_of_form(sitting.form)
    levels = dict(sitting.form.form_items.values_list("position", "item__bloom"))
    options = dict(sitting.form.form_items.values_list("position", "item__options"))
    harder = {
        line.position: HARDER[levels[line.position]] + stage.random.gauss(0, 0.5) for line in lines
    }
    courses = [
        Course(since + within * stage.random.random(), stage.random.randint(34, 58))
        for _ in candidates
    ]
    attempts = _attempts(stage, sitting, candidates, courses)
    answers = []
    for attempt, course in zip(attempts, courses, strict=True):
        ability = stage.random.gauss(ABILITY, SPREAD)
        for line in lines:
            response = _response(
                stage, line, ability - harder[line.position], sorted(options[line.position])
            )
            answers.append(_answer(attempt, line.position, response, course, len(lines)))
    Answer.objects.bulk_create(answers, batch_size=500)
    for attempt, course in zip(attempts, courses, strict=True):
        done = min(course.starts_at + timedelta(minutes=course.minutes), attempt.ends_at)
        services.submit(attempt, by=attempt.enrolment.person, at=done)


def _attempts(
    stage: Stage, sitting: Sitting, candidates: list[Enrolment], courses: list[Course]
) -> list[Attempt]:
    longest = timedelta(minutes=sitting.form.exam.minutes)
    attempts = Attempt.objects.bulk_create(
        Attempt(
            sitting=sitting,
            enrolment=enrolment,
            language=enrolment.person.language,
            token=f"{stage.random.getrandbits(256):064x}"[:43],
            started_at=course.starts_at,
            ends_at=min(course.starts_at + longest, sitting.closes_at),
        )
        for enrolment, course in zip(candidates, courses, strict=True)
    )
    for attempt in attempts:
        audit.record(
            "exams.attempt.started",
            subject=attempt,
            by=attempt.enrolment.person,
            at=attempt.started_at,
            details={"sitting": sitting.ref, "ends": instant(attempt.ends_at)},
        )
    records.record_many(
        records.Fact(
            person=attempt.enrolment.person,
            verb=Verb.INITIALIZED,
            object_id=f"exams/{sitting.ref}",
            object_name=sitting.form.exam.title,
            at=attempt.started_at,
        )
        for attempt in attempts
    )
    return attempts


def _response(stage: Stage, line: KeyLine, advantage: float, letters: list[str]) -> str:
    """Right with the chance of a two-parameter model (slope 1.3), guessing where one can."""
    chance = 1 / (1 + math.exp(-1.3 * advantage))
    if line.kind == "numeric":
        right = str(line.key["value"])
        if stage.random.random() < chance:
            return right
        return stage.random.choice(["", f"{Decimal(right) * 10}", f"{Decimal(right) + 1}"])
    if stage.random.random() < GUESS + (1 - GUESS) * chance:
        return str(line.key)
    wrong = [letter for letter in letters if letter != line.key]
    return stage.random.choice([*wrong * 5, ""])


def _answer(attempt: Attempt, position: int, response: str, course: Course, count: int) -> Answer:
    passed = timedelta(minutes=course.minutes - 1) * position / count
    return Answer(
        attempt=attempt,
        position=position,
        response=response,
        sequence=int(passed / timedelta(milliseconds=1)),
        saved_at=course.starts_at + passed,
    )
