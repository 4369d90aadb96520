from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from hunar.catalogue.models import Lesson
from hunar.cohorts.models import Enrolment
from hunar.learning import rules
from hunar.learning.errors import NotLearning, ReadTooLittle
from hunar.learning.models import LessonProgress
from hunar.learning.queries import LEARNING
from hunar.records.enums import Verb
from hunar.records.services import record


@transaction.atomic
def open_lesson(enrolment: Enrolment, lesson: Lesson, *, at: datetime) -> LessonProgress:
    """Note that the lesson was opened; the first time becomes a statement.

    :raises NotLearning: if the person is no longer on the course.
    """
    if enrolment.state not in LEARNING:
        raise NotLearning
    progress, is_new = LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson=lesson, defaults={"opened_at": at, "last_seen_at": at}
    )
    if is_new:
        _state(enrolment, lesson, Verb.INITIALIZED, at=at)
    else:
        LessonProgress.objects.filter(pk=progress.pk, last_seen_at__lt=at).update(last_seen_at=at)
    return progress


@transaction.atomic
def beat(enrolment: Enrolment, lesson: Lesson, *, at: datetime) -> int:
    """Count a sign of life of the page; returns the seconds of this lesson so far.

    What a beat adds is the time since the last beat of any lesson of the enrolment, so
    that two tabs and quick senders gain nothing.

    :raises NotLearning: if the person is no longer on the course.
    """
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    progress = open_lesson_row(locked, lesson, at=at)
    last_seen = _last_sign_of_life(locked)
    progress.seconds += rules.counted_seconds(last_seen, at)
    progress.last_seen_at = max(at, last_seen)
    progress.save(update_fields=["seconds", "last_seen_at"])
    return progress.seconds


def open_lesson_row(enrolment: Enrolment, lesson: Lesson, *, at: datetime) -> LessonProgress:
    """The row of a lesson that is being read; opened now if a beat came first."""
    found = LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson).first()
    return found or open_lesson(enrolment, lesson, at=at)


@transaction.atomic
def finish(
    enrolment: Enrolment, lesson: Lesson, *, at: datetime, has_beats: bool = True
) -> LessonProgress:
    """Finish a lesson, once; finishing again changes nothing.

    :param has_beats: whether the page could send beats; without them the time since any
        lesson was opened or finished is believed, up to the planned minutes, so that
        pages opened side by side gain nothing.
    :raises ReadTooLittle: with the minutes read and needed.
    :raises NotLearning: if the person is no longer on the course.
    """
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    progress = open_lesson_row(locked, lesson, at=at)
    if progress.completed_at:
        return progress
    if not has_beats:
        progress.seconds = rules.seconds_without_beats(
            progress.seconds, _last_sign_of_life(locked), at, planned_minutes=lesson.minutes
        )
    needed = rules.needed_seconds(lesson.minutes)
    if progress.seconds < needed:
        raise ReadTooLittle(read=progress.seconds // 60, needed=-(-needed // 60))
    progress.completed_at = progress.last_seen_at = at
    progress.save(update_fields=["seconds", "completed_at", "last_seen_at"])
    _state(enrolment, lesson, Verb.COMPLETED, at=at, seconds=progress.seconds)
    return progress


def _last_sign_of_life(enrolment: Enrolment) -> datetime:
    """When any lesson of the enrolment was opened, read or finished last."""
    last: datetime = LessonProgress.objects.filter(enrolment=enrolment).aggregate(
        last=Max("last_seen_at")
    )["last"]
    return last


def _state(
    enrolment: Enrolment, lesson: Lesson, verb: Verb, *, at: datetime, seconds: int | None = None
) -> None:
    result = None
    if seconds is not None:
        result = {"completion": True, "duration": f"PT{seconds}S"}
    record(
        enrolment.person,
        verb=verb,
        object_id=f"/lessons/{enrolment.cohort.version.ref}/{lesson.code}",
        object_name=lesson.title,
        at=at,
        result=result,
    )
