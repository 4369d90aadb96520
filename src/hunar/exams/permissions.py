from __future__ import annotations

from hunar.cohorts.models import CohortTrainer
from hunar.exams.models import Attempt, Sitting
from hunar.kernel.errors import NotFound, NotPermitted
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person


def can_manage_exams(person: Person) -> bool:
    """Programme officers and examiners: bank, exams, forms, sittings, results."""
    return people.may(person, Permission.MANAGE_EXAMS)


def check_can_manage_exams(person: Person) -> None:
    """:raises NotPermitted: unless ``person`` manages exams."""
    if not can_manage_exams(person):
        raise NotPermitted(permission=Permission.MANAGE_EXAMS.value)


def can_invigilate(person: Person, sitting: Sitting) -> bool:
    """Who manages exams, and invigilators of the organisation whose room it is."""
    if can_manage_exams(person):
        return True
    room = sitting.room
    return room is not None and people.may(person, Permission.INVIGILATE, room.organisation)


def can_see_results(person: Person, sitting: Sitting) -> bool:
    """Who manages exams; after the release also the trainers of the cohort."""
    if can_manage_exams(person):
        return True
    return (
        sitting.state == Sitting.State.RELEASED
        and CohortTrainer.objects.filter(cohort_id=sitting.cohort_id, person=person).exists()
    )


def check_can_see_results(person: Person, sitting: Sitting) -> None:
    """:raises NotPermitted: for all others, and for trainers before the release."""
    if not can_see_results(person, sitting):
        raise NotPermitted


def is_candidate(person: Person, attempt: Attempt) -> bool:
    return attempt.enrolment.person_id == person.pk


def check_is_candidate(person: Person, attempt: Attempt) -> None:
    """:raises NotFound: for everybody but the candidate herself."""
    if not is_candidate(person, attempt):
        raise NotFound
