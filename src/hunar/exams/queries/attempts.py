from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit.models import Entry
from hunar.audit.queries import entries_about
from hunar.catalogue.models import Module
from hunar.cohorts.models import Enrolment
from hunar.exams import permissions
from hunar.exams.models import Answer, Attempt, Form, FormItem, Sitting
from hunar.exams.rules import KeyLine, module_order
from hunar.kernel import clock
from hunar.kernel.home import HomeTask
from hunar.people.models import Person

TAKING = (Enrolment.State.ENROLLED, Enrolment.State.COMPLETED)
SUBMITTED = "exams.attempt.submitted"
RELEASED = "exams.result.released"


@dataclass(frozen=True)
class Question:
    """An item as a candidate may see it: no key, no rationale, no code."""

    position: int
    kind: str
    stem: dict[str, str]
    options: tuple[tuple[str, dict[str, str]], ...]
    unit: dict[str, str]


@dataclass(frozen=True)
class Section:
    """The questions of one module."""

    code: str
    title: dict[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Paper:
    """What a form asks, by section."""

    sections: tuple[Section, ...]

    @property
    def questions(self) -> list[Question]:
        return [question for section in self.sections for question in section.questions]


def paper_of(form: Form) -> Paper:
    """The form's questions without anything that gives away a key.

    A form never changes, so a process reads it once; its hash names the copy.
    """
    return _paper(form.pk, form.content_sha256)


@lru_cache(maxsize=64)
def _paper(form_id: int, content_sha256: str) -> Paper:
    rows = FormItem.objects.filter(form_id=form_id).select_related("item").order_by("position")
    titles = dict(Module.objects.filter(version__exams__forms=form_id).values_list("code", "title"))
    sections: dict[str, list[Question]] = {}
    for row in rows:
        item = row.item
        question = Question(
            position=row.position,
            kind=item.kind,
            stem=item.stem,
            options=tuple(sorted(item.options.items())),
            unit=item.unit,
        )
        sections.setdefault(item.module_code, []).append(question)
    return Paper(
        tuple(
            Section(code, titles.get(code, {}), tuple(sections[code]))
            for code in sorted(sections, key=module_order)
        )
    )


def key_of_form(form: Form) -> list[KeyLine]:
    """The key, line by line: for marking, never for candidates."""
    rows = FormItem.objects.filter(form=form).select_related("item").order_by("position")
    return [
        KeyLine(
            position=row.position,
            item=f"{row.item.code}/{row.item.number}",
            sha256=row.item.content_sha256,
            module=row.item.module_code,
            objective=row.item.objective_code,
            kind=row.item.kind,
            use=row.item.use,
            key=row.item.key,
        )
        for row in rows
    ]


def attempts_visible_to(person: Person) -> QuerySet[Attempt]:
    """Her own attempts, with what their pages show."""
    return Attempt.objects.filter(enrolment__person=person).select_related(
        "enrolment__person",
        "sitting__form__exam__version__course",
        "sitting__cohort",
        "sitting__room__organisation",
    )


def results_visible_to(person: Person) -> QuerySet[Attempt]:
    """Released attempts of everybody, for whoever manages exams: to look into an appeal."""
    attempts = Attempt.objects.filter(sitting__state=Sitting.State.RELEASED)
    return attempts if permissions.can_manage_exams(person) else attempts.none()


def given_answers(attempt: Attempt) -> dict[int, Answer]:
    """The saved answers by position."""
    return {answer.position: answer for answer in Answer.objects.filter(attempt=attempt)}


@dataclass(frozen=True)
class CandidateSitting:
    """A sitting as one candidate sees it at a moment."""

    sitting: Sitting
    attempt: Attempt | None
    at: datetime

    @property
    def state(self) -> str:
        """One word for the API: upcoming, open, running, submitted, released or missed."""
        words = {
            "upcoming": self.is_upcoming,
            "open": self.is_open,
            "running": self.is_running,
            "released": self.is_released,
            "submitted": self.is_waiting,
        }
        return next((word for word, holds in words.items() if holds), "missed")

    @property
    def is_upcoming(self) -> bool:
        return self.attempt is None and self.at < self.sitting.opens_at

    @property
    def is_open(self) -> bool:
        return (
            self.attempt is None
            and self.sitting.state == Sitting.State.PLANNED
            and self.sitting.opens_at <= self.at < self.sitting.closes_at
        )

    @property
    def is_running(self) -> bool:
        return self.attempt is not None and self.attempt.submitted_at is None

    @property
    def is_waiting(self) -> bool:
        return self.attempt is not None and not (self.is_running or self.is_released)

    @property
    def is_released(self) -> bool:
        return self.attempt is not None and self.sitting.state == Sitting.State.RELEASED

    @property
    def is_missed(self) -> bool:
        return self.attempt is None and not (self.is_upcoming or self.is_open)


def candidate_sittings(
    person: Person, *, at: datetime, enrolment: int | None = None
) -> list[CandidateSitting]:
    """The sittings of the cohorts in which she has a place, the latest first.

    :param enrolment: only those of the cohort of this enrolment of hers.
    """
    sittings = _own_sittings(person).order_by("-opens_at", "-id")
    if enrolment is not None:
        sittings = sittings.filter(cohort__enrolments=enrolment)
    attempts = Attempt.objects.filter(enrolment__person=person)
    own = {attempt.sitting_id: attempt for attempt in attempts}
    return [CandidateSitting(sitting, own.get(sitting.pk), at) for sitting in sittings]


def candidate_sitting(person: Person, *, sitting_id: int, at: datetime) -> CandidateSitting | None:
    """One sitting as its candidate sees it; None if it is none of hers."""
    sitting = _own_sittings(person).filter(pk=sitting_id).first()
    if sitting is None:
        return None
    attempt = Attempt.objects.filter(sitting=sitting, enrolment__person=person).first()
    return CandidateSitting(sitting, attempt, at)


def _own_sittings(person: Person) -> QuerySet[Sitting]:
    enrolments = Enrolment.objects.filter(person=person, state__in=TAKING)
    begun = Attempt.objects.filter(enrolment__person=person)
    return Sitting.objects.filter(
        Q(cohort__in=enrolments.values("cohort_id")) | Q(pk__in=begun.values("sitting_id"))
    ).select_related("form__exam__version__course", "cohort", "room__organisation")


def released_attempts(enrolments: Iterable[Enrolment]) -> dict[int, Attempt]:
    """The best released attempt of each enrolment that has one, by the enrolment's key."""
    attempts = Attempt.objects.filter(
        enrolment__in=enrolments, sitting__state=Sitting.State.RELEASED, marks__isnull=False
    ).select_related("sitting__form__exam")
    best: dict[int, Attempt] = {}
    for attempt in attempts.order_by("id"):
        known = best.get(attempt.enrolment_id)
        if known is None or _merit(attempt) > _merit(known):
            best[attempt.enrolment_id] = attempt
    return best


def released_attempt(enrolment: Enrolment) -> Attempt | None:
    """The best released attempt: passed before failed, then the greater share of marks."""
    return released_attempts([enrolment]).get(enrolment.pk)


def _merit(attempt: Attempt) -> tuple[bool, Fraction]:
    share = Fraction(attempt.marks or 0, attempt.marks_max or 1)
    return bool(attempt.is_passed), share


def receipt_entry(attempt: Attempt) -> Entry | None:
    """The record of the submission in the log."""
    return entries_about(attempt.ref).filter(act=SUBMITTED).first()


def result_entry(attempt: Attempt) -> Entry | None:
    """The record of the released result in the log."""
    return entries_about(attempt.ref).filter(act=RELEASED).first()


def tasks_for(person: Person, *, on: date) -> list[HomeTask]:
    """Own exams that are open or running; for whoever manages exams, results to release."""
    at = clock.now()
    tasks = [_own_task(entry) for entry in _own_open(person, at)]
    if permissions.can_manage_exams(person):
        due = Sitting.objects.filter(state=Sitting.State.PLANNED, closes_at__lte=at).count()
        if due:
            tasks.append(_release_task(due))
    return tasks


def _own_open(person: Person, at: datetime) -> list[CandidateSitting]:
    handed_in = Attempt.objects.filter(enrolment__person=person, submitted_at__isnull=False)
    sittings = (
        Sitting.objects.filter(
            cohort__enrolments__person=person,
            cohort__enrolments__state__in=TAKING,
            state=Sitting.State.PLANNED,
            opens_at__lte=at,
            closes_at__gt=at,
        )
        .exclude(pk__in=handed_in.values("sitting_id"))
        .select_related("form__exam")
        .distinct()
    )
    return [CandidateSitting(sitting, None, at) for sitting in sittings]


def _own_task(entry: CandidateSitting) -> HomeTask:
    return HomeTask(
        label=_("Take your exam"),
        text=str(entry.sitting.form.exam),
        href=reverse("exams:start", args=[entry.sitting.pk]),
        icon="exam",
        tone="warn",
        order=10,
    )


def _release_task(count: int) -> HomeTask:
    return HomeTask(
        label=_("Release results"),
        text=_("Sittings have ended; the candidates wait for their results."),
        href=reverse("exams:sittings") + "?state=ended",
        icon="exam",
        count=count,
        tone="info",
        order=30,
    )
