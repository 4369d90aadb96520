"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from hunar.catalogue.models import Course, CourseVersion, Lesson, Module, Programme
from hunar.cohorts.models import (
    Attendance,
    Cohort,
    CohortTrainer,
    Enrolment,
    Intake,
    OfficialDocument,
    Room,
    Session,
)
from hunar.kernel.calendar import ASHGABAT
from hunar.organisations.models import Organisation
from hunar.organisations.tests.makers import make_organisation
from hunar.people.models import Employment, Person
from hunar.people.tests.makers import make_employment, make_person

_numbers = count(1)

FIRST_DAY = date(2025, 12, 2)
LAST_DAY = date(2025, 12, 5)


def words(text: str) -> dict[str, str]:
    """The same text as if in three languages."""
    return {"tk": f"{text} (tk)", "ru": f"{text} (ru)", "en": text}


def make_programme() -> Programme:
    number = next(_numbers)
    return Programme.objects.create(
        code=f"programme-{number}",
        title=words(f"Programme {number}"),
        summary=words("Summary"),
        starts_date=date(2025, 1, 1),
    )


def make_version(
    *,
    programme: Programme | None = None,
    code: str = "",
    state: str = CourseVersion.State.PUBLISHED,
    days: int = 0,
    lessons: int = 2,
    minutes: int = 20,
    body: str = "# Lesson\n\nText.",
) -> CourseVersion:
    """A course version, with one module per day and ``lessons`` lessons in each."""
    number = next(_numbers)
    course = Course.objects.create(
        programme=programme or make_programme(), code=code or f"DG-{number}"
    )
    version = CourseVersion.objects.create(
        course=course,
        number=1,
        state=state,
        title=words(f"Course {number}"),
        summary=words("Summary"),
        audience=words("Everybody"),
        prerequisites=words("None"),
        workload_minutes=1440,
        valid_months=36,
        cpd_category="digital",
        published_at=datetime(2025, 11, 1, tzinfo=UTC),
    )
    for day in range(1, days + 1):
        module = Module.objects.create(
            version=version, code=f"M{day}", day=day, title=words(f"Module {day}"), order=day
        )
        for place in range(1, lessons + 1):
            Lesson.objects.create(
                module=module,
                code=f"M{day}.{place}",
                title=words(f"Lesson {day}.{place}"),
                body=words(body),
                minutes=minutes,
                order=place,
            )
    return version


def make_intake(*, programme: Programme | None = None) -> Intake:
    return Intake.objects.create(
        programme=programme or make_programme(),
        title=words("Round"),
        starts_date=date(2025, 1, 1),
        ends_date=date(2026, 12, 31),
    )


def make_room(*, capacity: int = 40, organisation: Organisation | None = None) -> Room:
    number = next(_numbers)
    return Room.objects.create(
        code=f"R-{number}",
        title=words(f"Room {number}"),
        organisation=organisation or make_organisation(),
        capacity=capacity,
    )


def make_cohort(
    *,
    code: str = "",
    version: CourseVersion | None = None,
    intake: Intake | None = None,
    starts_date: date = FIRST_DAY,
    ends_date: date = LAST_DAY,
    seats: int = 40,
    room: Room | None = None,
    state: str = Cohort.State.PLANNED,
) -> Cohort:
    version = version or make_version()
    return Cohort.objects.create(
        intake=intake or make_intake(programme=version.course.programme),
        version=version,
        code=code or f"COH-{next(_numbers)}",
        starts_date=starts_date,
        ends_date=ends_date,
        seats=seats,
        room=room,
        languages=["tk", "ru"],
        state=state,
        feed_token=secrets.token_urlsafe(24),
    )


def make_trainer(
    cohort: Cohort, *, person: Person | None = None, part: str = CohortTrainer.Part.LEAD
) -> CohortTrainer:
    return CohortTrainer.objects.create(
        cohort=cohort, person=person or make_person(given="Serdar"), part=part
    )


def make_session(
    *,
    cohort: Cohort | None = None,
    kind: str = Session.Kind.LESSON,
    day: date | None = None,
    hour: int = 9,
    minute: int = 0,
    minutes: int = 90,
    trainer: Person | None = None,
    room: Room | None = None,
    module: Module | None = None,
) -> Session:
    cohort = cohort or make_cohort()
    starts_at = datetime.combine(day or cohort.starts_date, time(hour, minute), ASHGABAT)
    return Session.objects.create(
        cohort=cohort,
        module=module,
        kind=kind,
        title=words("Session"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        room=room or cohort.room,
        trainer=trainer,
    )


def make_enrolment(
    *,
    cohort: Cohort | None = None,
    person: Person | None = None,
    employment: Employment | None = None,
    state: str = Enrolment.State.ENROLLED,
    source_ref: str = "",
) -> Enrolment:
    """An enrolment with its snapshot; the person gets a post if she has none."""
    cohort = cohort or make_cohort()
    if person is None:
        person = employment.person if employment else make_person()
    held = employment or Employment.objects.filter(person=person).first()
    held = held or make_employment(person=person)
    return Enrolment.objects.create(
        cohort=cohort,
        person=person,
        state=state,
        enrolled_at=datetime(2025, 11, 20, 7, tzinfo=UTC),
        source_ref=source_ref,
        organisation=held.organisation,
        institution_kind=held.organisation.kind,
        region=held.organisation.region,
        post=held.post,
        role_group=held.post.role_group,
        sex=person.sex,
        age=person.age_on(cohort.starts_date),
    )


def make_attendance(
    *,
    session: Session,
    enrolment: Enrolment,
    state: str = Attendance.State.PRESENT,
    minutes: int | None = None,
    by: Person | None = None,
) -> Attendance:
    here = state in (Attendance.State.PRESENT, Attendance.State.LATE)
    return Attendance.objects.create(
        session=session,
        enrolment=enrolment,
        state=state,
        minutes=(session.minutes if here else 0) if minutes is None else minutes,
        method=Attendance.Method.SHEET,
        recorded_by=by or enrolment.person,
        recorded_at=session.ends_at,
    )


def attend_all(
    enrolments: Sequence[Enrolment], *, cohort: Cohort, state: str = Attendance.State.PRESENT
) -> None:
    """Everybody was in every session of ``cohort``."""
    for session in Session.objects.filter(cohort=cohort):
        for enrolment in enrolments:
            make_attendance(session=session, enrolment=enrolment, state=state)


def make_document(cohort: Cohort | None = None, *, by: Person | None = None) -> OfficialDocument:
    number = next(_numbers)
    return OfficialDocument.objects.create(
        cohort=cohort or make_cohort(),
        kind=OfficialDocument.Kind.GROUP_LIST,
        year=2025,
        number=number,
        content={
            "title": words("Group list"), "subtitle": "", "paragraphs": [], "facts": [],
            "tables": [], "signatures": [], "flipped": False, "page": "",
        },
        registered_at=datetime(2025, 12, 1, 7, tzinfo=UTC),
        registered_by=by or make_person(),
    )  # fmt: skip
