"""Typed makers for tests of this room."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from hunar.catalogue.models import Programme
from hunar.cohorts.models import Cohort, Enrolment, Session
from hunar.cohorts.tests.makers import (
    make_attendance,
    make_cohort,
    make_enrolment,
    make_intake,
    make_programme,
    make_session,
    make_version,
)
from hunar.credentials.models import Credential
from hunar.evaluation import services
from hunar.evaluation.models import Report
from hunar.people.enums import Role, Sex
from hunar.people.models import Person
from hunar.people.tests.makers import make_employment, make_person

AT = datetime(2026, 1, 15, 7, tzinfo=UTC)
SINCE, UNTIL = date(2025, 1, 1), date(2025, 12, 31)
BIRTHS = (date(2000, 1, 1), date(1988, 1, 1), date(1970, 1, 1))
_numbers = count(1)


def make_me_officer() -> Person:
    return make_person(role=Role.ME_OFFICER)


def make_programme_officer() -> Person:
    return make_person(role=Role.PROGRAMME_OFFICER)


def make_finished(
    *,
    programme: Programme | None = None,
    women: int = 6,
    men: int = 8,
    absent: int = 0,
    certified: int = 0,
    code: str = "",
) -> Cohort:
    """A closed cohort: ``absent`` of its people did not complete, ``certified`` passed."""
    programme = programme or make_programme()
    cohort = make_cohort(
        code=code,
        version=make_version(programme=programme),
        intake=make_intake(programme=programme),
        state=Cohort.State.CLOSED,
    )
    session = make_session(cohort=cohort, minutes=360)
    for place in range(women + men):
        person = make_person(
            sex=Sex.FEMALE if place < women else Sex.MALE,
            birth_date=BIRTHS[place % len(BIRTHS)],
        )
        enrol(
            cohort,
            person=person,
            session=session,
            is_completed=place >= absent,
            is_certified=absent <= place < absent + certified,
        )
    return cohort


def enrol(
    cohort: Cohort,
    *,
    person: Person,
    session: Session | None = None,
    is_completed: bool = True,
    is_certified: bool = False,
) -> Enrolment:
    if not person.employments.exists():
        make_employment(person=person)
    state = Enrolment.State.COMPLETED if is_completed else Enrolment.State.EXCLUDED
    enrolment = make_enrolment(cohort=cohort, person=person, state=state)
    if session and is_completed:
        make_attendance(session=session, enrolment=enrolment)
    if is_certified:
        certify(enrolment)
    return enrolment


def certify(enrolment: Enrolment) -> Credential:
    number = next(_numbers)
    return Credential.objects.create(
        kind=Credential.Kind.ACHIEVEMENT,
        person=enrolment.person,
        enrolment=enrolment,
        code=f"E{number:07d}",
        year=2025,
        number=number,
        status_index=number,
        document={},
        issued_at=datetime(2025, 12, 8, 7, tzinfo=UTC),
    )


def make_report(
    *, programme: Programme | None = None, audience: str = "internal", by: Person | None = None
) -> Report:
    programme = programme or make_finished().intake.programme
    return services.release(
        programme,
        audience=audience,
        since=SINCE,
        until=UNTIL,
        accept_differences=True,
        by=by or make_me_officer(),
        at=AT,
    )
