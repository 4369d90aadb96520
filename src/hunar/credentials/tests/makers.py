"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hunar.catalogue.models import CourseVersion
from hunar.catalogue.tests.makers import make_version
from hunar.cohorts.models import Cohort, Enrolment
from hunar.cohorts.tests.makers import attend_all, make_cohort, make_enrolment, make_session
from hunar.credentials import services
from hunar.credentials.models import Credential
from hunar.exams import services as exams
from hunar.exams.models import Sitting
from hunar.exams.tests.makers import (
    give_answers,
    make_exam,
    make_examiner,
    make_form,
    make_sitting,
    right_answers,
)
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_person

AT = datetime(2025, 12, 8, 7, tzinfo=UTC)
"""The Monday after the December courses, noon in Ashgabat."""

BLUEPRINT = {"M1": {"remember": 2, "apply": 2}}


def make_officer() -> Person:
    return make_person(role=Role.PROGRAMME_OFFICER)


def make_closed_cohort(
    *, version: CourseVersion | None = None, with_exam: bool = False, code: str = ""
) -> Cohort:
    """A closed cohort with five lessons and, if wished, an exam in its timetable."""
    version = version or make_version()
    cohort = make_cohort(version=version, state=Cohort.State.CLOSED, code=code)
    for hour in (9, 11, 13, 15, 17):
        make_session(cohort=cohort, hour=hour)
    if with_exam:
        make_session(cohort=cohort, kind="exam", day=cohort.ends_date)
    return cohort


def make_graduate(cohort: Cohort, *, person: Person | None = None, missed: int = 0) -> Enrolment:
    """Somebody who was in all lessons but ``missed`` of five."""
    enrolment = make_enrolment(cohort=cohort, person=person, state=Enrolment.State.COMPLETED)
    attend_all([enrolment], cohort=cohort)
    for row in enrolment.attendances.filter(session__kind="lesson")[:missed]:
        row.state, row.minutes = "absent", 0
        row.save()
    return enrolment


def make_exam_sitting(cohort: Cohort) -> Sitting:
    form = make_form(exam=make_exam(version=cohort.version, blueprint=BLUEPRINT))
    return make_sitting(form=form, cohort=cohort, opens_at=AT - timedelta(days=3))


def take_exam(sitting: Sitting, enrolment: Enrolment, *, wrong: int = 0) -> None:
    """Start, answer with ``wrong`` of four answers wrong, submit."""
    attempt = exams.start(
        sitting, language="en", access_code="", by=enrolment.person, at=sitting.opens_at
    )
    give_answers(attempt, right_answers(sitting.form, wrong=wrong))
    done = sitting.opens_at + timedelta(minutes=30)
    exams.submit(attempt, by=enrolment.person, at=done)


def release(sitting: Sitting, *, at: datetime = AT) -> None:
    exams.release(sitting, by=make_examiner(), at=at)


def make_results(
    cohort: Cohort, enrolments: Sequence[Enrolment], *, wrong: Sequence[int], at: datetime = AT
) -> Sitting:
    """A released sitting in which each of ``enrolments`` had so many wrong answers of four."""
    sitting = make_exam_sitting(cohort)
    for enrolment, mistakes in zip(enrolments, wrong, strict=True):
        take_exam(sitting, enrolment, wrong=mistakes)
    release(sitting, at=at)
    return sitting


def make_credential(
    *,
    person: Person | None = None,
    kind: str = Credential.Kind.ACHIEVEMENT,
    version: CourseVersion | None = None,
    cohort: Cohort | None = None,
    at: datetime = AT,
) -> Credential:
    """A certificate that was earned: lessons attended and, for an achievement, exam passed."""
    passed = kind == Credential.Kind.ACHIEVEMENT
    cohort = cohort or make_closed_cohort(version=version, with_exam=passed)
    enrolment = make_graduate(cohort, person=person)
    if passed:
        make_results(cohort, [enrolment], wrong=[0], at=at)
    credential = services.issue_for_enrolment(enrolment, by=make_officer(), at=at)
    assert credential is not None
    assert credential.kind == kind
    return credential
