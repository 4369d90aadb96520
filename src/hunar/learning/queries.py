from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.catalogue.models import Lesson, Module
from hunar.cohorts.models import Cohort, Enrolment
from hunar.kernel.home import HomeTask
from hunar.kernel.text import in_language
from hunar.learning.models import LessonProgress
from hunar.learning.rules import LessonState
from hunar.people.models import Person

LEARNING = (Enrolment.State.ENROLLED, Enrolment.State.COMPLETED)


@dataclass(frozen=True)
class LessonRow:
    """A lesson and how the learner stands with it."""

    lesson: Lesson
    state: LessonState

    @property
    def percent(self) -> int:
        return int(self.state.share(self.lesson.minutes) * 100)


@dataclass(frozen=True)
class ModuleRows:
    module: Module
    lessons: list[LessonRow] = field(default_factory=list)


@dataclass(frozen=True)
class Course:
    """The lessons of an enrolment by module, with progress."""

    enrolment: Enrolment
    modules: list[ModuleRows]

    @property
    def rows(self) -> list[LessonRow]:
        return [row for module in self.modules for row in module.lessons]

    @property
    def finished(self) -> int:
        return sum(row.state.is_finished for row in self.rows)

    @property
    def minutes_read(self) -> int:
        return sum(row.state.seconds for row in self.rows) // 60

    @property
    def days(self) -> list[int]:
        """Days that have lessons to take along."""
        return sorted({module.module.day for module in self.modules if module.lessons})

    @property
    def next(self) -> LessonRow | None:
        """Where to read on: the first lesson that is not finished."""
        return next((row for row in self.rows if not row.state.is_finished), None)


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """Courses that the person may read, the latest first."""
    return (
        Enrolment.objects.filter(person=person, state__in=LEARNING)
        .select_related("cohort", "cohort__version", "cohort__version__course", "person")
        .order_by("-cohort__starts_date", "pk")
    )


def lessons_of(enrolment: Enrolment) -> QuerySet[Lesson]:
    """The lessons of the course version, in their order."""
    return (
        Lesson.objects.filter(module__version_id=enrolment.cohort.version_id)
        .select_related("module")
        .order_by("module__order", "order")
    )


def course(enrolment: Enrolment) -> Course:
    """Lessons and progress of one enrolment, in three queries."""
    modules = {
        module.pk: ModuleRows(module)
        for module in Module.objects.filter(version_id=enrolment.cohort.version_id).order_by(
            "order"
        )
    }
    progress = _states(LessonProgress.objects.filter(enrolment=enrolment))
    for lesson in lessons_of(enrolment).defer("body"):
        state = progress.get((enrolment.pk, lesson.pk), LessonState())
        modules[lesson.module_id].lessons.append(LessonRow(lesson, state))
    return Course(enrolment, list(modules.values()))


def progress_of(enrolment: Enrolment, lesson: Lesson) -> LessonState:
    """How the learner stands with one lesson."""
    found = _states(LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson))
    return found.get((enrolment.pk, lesson.pk), LessonState())


def _states(rows: Iterable[LessonProgress]) -> dict[tuple[int, int], LessonState]:
    return {
        (row.enrolment_id, row.lesson_id): LessonState(
            row.seconds, is_opened=True, is_finished=row.completed_at is not None
        )
        for row in rows
    }


@dataclass(frozen=True)
class Learner:
    """One line of a cohort's progress."""

    enrolment: Enrolment
    cells: list[LessonRow]

    @property
    def finished(self) -> int:
        return sum(cell.state.is_finished for cell in self.cells)

    @property
    def minutes_read(self) -> int:
        return sum(cell.state.seconds for cell in self.cells) // 60


@dataclass(frozen=True)
class CohortProgress:
    """Who has read what in a cohort."""

    cohort: Cohort
    lessons: list[Lesson]
    learners: list[Learner]

    def finished_share(self, place: int) -> float:
        """Share of the learners who finished the lesson at ``place``, 0 to 1."""
        done = sum(learner.cells[place].state.is_finished for learner in self.learners)
        return done / len(self.learners) if self.learners else 0.0


def cohort_progress(cohort: Cohort) -> CohortProgress:
    """Progress of everybody on the list, in three queries however many there are."""
    lessons = list(
        Lesson.objects.filter(module__version_id=cohort.version_id)
        .select_related("module")
        .defer("body")
        .order_by("module__order", "order")
    )
    on_the_list = Enrolment.objects.filter(cohort=cohort, state__in=LEARNING)
    states = _states(LessonProgress.objects.filter(enrolment__in=on_the_list.values("pk")))
    learners = [
        Learner(
            enrolment,
            [
                LessonRow(lesson, states.get((enrolment.pk, lesson.pk), LessonState()))
                for lesson in lessons
            ],
        )
        for enrolment in on_the_list.select_related("person").order_by("person__sort_key", "pk")
    ]
    return CohortProgress(cohort, lessons, learners)


def tasks_for(person: Person, *, on: date) -> list[HomeTask]:
    """The lesson to read on with, in a course that runs today."""
    running = (
        enrolments_of(person)
        .filter(cohort__starts_date__lte=on, cohort__ends_date__gte=on)
        .annotate(
            lessons=Count("cohort__version__modules__lessons", distinct=True),
            finished=Count(
                "progress", filter=Q(progress__completed_at__isnull=False), distinct=True
            ),
            last_seen=Max("progress__last_seen_at"),
        )
    )
    return [
        HomeTask(
            label=_("Read on"),
            text=in_language(enrolment.cohort.version.title),
            href=reverse("learning:course", args=[enrolment.pk]),
            icon="book",
            count=enrolment.lessons - enrolment.finished,
            tone="info",
            order=20,
        )
        for enrolment in running
        if enrolment.finished < enrolment.lessons
    ]
