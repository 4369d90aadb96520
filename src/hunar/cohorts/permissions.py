from __future__ import annotations

from hunar.cohorts import queries
from hunar.cohorts.errors import NotYourCohort
from hunar.cohorts.models import Cohort, Enrolment
from hunar.people import permissions
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Employment, Person


def can_manage(person: Person | None) -> bool:
    """Plan rounds, cohorts and timetables, enrol and close."""
    return people.may(person, Permission.MANAGE_COHORTS)


def check_can_manage(person: Person | None) -> None:
    """
    :raises NotPermitted: if the person manages no cohorts.
    """
    permissions.check(person, Permission.MANAGE_COHORTS)


def can_record(person: Person, cohort: Cohort) -> bool:
    """Record attendance: a programme officer, or a trainer of this very cohort."""
    return can_manage(person) or queries.is_trainer_of(person, cohort)


def check_can_record(person: Person, cohort: Cohort) -> None:
    """
    :raises NotYourCohort: if the person neither manages cohorts nor teaches this one.
    """
    if not can_record(person, cohort):
        raise NotYourCohort


def check_can_enrol(by: Person, person: Person, *, has_ground: bool) -> None:
    """Programme officers enrol anybody. With a ground from another room (a place that was
    offered) the person takes her seat herself, or her institution does it for her.

    :raises NotPermitted: otherwise.
    """
    if can_manage(by) or (has_ground and (by == person or _nominates_for(by, person))):
        return
    permissions.check(by, Permission.MANAGE_COHORTS)


def check_can_withdraw(by: Person, enrolment: Enrolment) -> None:
    """A programme officer, the person herself, or the nominating officer of her institution.

    :raises NotPermitted: otherwise.
    """
    if not can_withdraw(by, enrolment):
        permissions.check(by, Permission.NOMINATE, enrolment.organisation)


def _nominates_for(by: Person, person: Person) -> bool:
    if not people.may(by, Permission.NOMINATE):
        return False
    present = (
        Employment.objects.filter(person=person, ended_date__isnull=True)
        .select_related("organisation")
        .first()
    )
    return present is not None and people.may(by, Permission.NOMINATE, present.organisation)


def can_withdraw(by: Person, enrolment: Enrolment) -> bool:
    """Whether ``check_can_withdraw`` lets ``by`` pass."""
    return (
        can_manage(by)
        or by == enrolment.person
        or people.may(by, Permission.NOMINATE, enrolment.organisation)
    )


def check_can_see_staff(person: Person) -> None:
    """
    :raises NotPermitted: if the person sees no institution's staff.
    """
    permissions.check(person, Permission.SEE_STAFF)
