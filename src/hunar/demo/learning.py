"""Lessons that were read: the finished cohorts, and the one that runs today."""

from __future__ import annotations

from datetime import datetime, timedelta

from hunar.catalogue.models import Lesson
from hunar.cohorts.models import Cohort, Enrolment
from hunar.demo.stage import Stage
from hunar.learning.models import LessonProgress
from hunar.learning.queries import LEARNING
from hunar.records.enums import Verb
from hunar.records.services import Fact, record_many


def load(stage: Stage) -> None:
    """Progress in bulk, each finish with its statement; the learner is in her third lesson."""
    for key, share in (("CYB-2025", 0.92), ("AI-2025", 0.9)):
        _read(stage, stage.cohorts[key], share=share, until=stage.cohorts[key].ends_date)
    _read(stage, stage.cohorts["CYB-RUN"], share=0.35, until=stage.today, others_than="learner")
    _learner_reads(stage)


def _read(
    stage: Stage, cohort: Cohort, *, share: float, until: object, others_than: str = ""
) -> None:
    lessons = list(
        Lesson.objects.filter(module__version=cohort.version).order_by("module__order", "order")
    )
    opened = stage.at(cohort.starts_date, 18)
    rows: list[LessonProgress] = []
    enrolments = Enrolment.objects.filter(cohort=cohort, state__in=LEARNING).select_related(
        "person"
    )
    for enrolment in enrolments:
        if others_than and enrolment.person == stage.cast[others_than]:
            continue
        for place, lesson in enumerate(lessons):
            if stage.random.random() > share:
                continue
            rows.append(_row(stage, enrolment, lesson, opened + timedelta(minutes=70 * place)))
    _keep(cohort, rows)


def _row(
    stage: Stage, enrolment: Enrolment, lesson: Lesson, opened: datetime, *, part: float = 0.0
) -> LessonProgress:
    read = part or stage.random.uniform(0.4, 1.2)
    seconds = int(lesson.minutes * 60 * read)
    seen = opened + timedelta(seconds=seconds)
    is_finished = read >= 0.4
    return LessonProgress(
        enrolment=enrolment,
        lesson=lesson,
        opened_at=opened,
        last_seen_at=seen,
        seconds=seconds,
        completed_at=seen if is_finished else None,
    )


def _learner_reads(stage: Stage) -> None:
    cohort = stage.cohorts["CYB-RUN"]
    enrolment = Enrolment.objects.get(cohort=cohort, person=stage.cast["learner"])
    lessons = list(
        Lesson.objects.filter(module__version=cohort.version).order_by("module__order", "order")
    )
    yesterday = stage.at(stage.today - timedelta(days=1), 19)
    rows = [
        _row(stage, enrolment, lesson, yesterday + timedelta(minutes=50 * place), part=part)
        for place, (lesson, part) in enumerate(zip(lessons, (0.8, 0.7, 0.2), strict=False))
    ]
    _keep(cohort, rows)


def _keep(cohort: Cohort, rows: list[LessonProgress]) -> None:
    LessonProgress.objects.bulk_create(rows, batch_size=500)
    record_many(
        Fact(
            person=row.enrolment.person,
            verb=Verb.COMPLETED,
            object_id=f"/lessons/{cohort.version.ref}/{row.lesson.code}",
            object_name=row.lesson.title,
            at=row.completed_at,
            result={"completion": True, "duration": f"PT{row.seconds}S"},
        )
        for row in rows
        if row.completed_at
    )
