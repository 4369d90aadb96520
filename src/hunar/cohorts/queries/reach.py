"""Who may know of which cohort. The other queries stand on these."""

from __future__ import annotations

from django.db.models import Q

from hunar.cohorts.models import Cohort, CohortTrainer, Enrolment
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person

SEES_ALL = (Permission.MANAGE_COHORTS, Permission.SEE_EVIDENCE, Permission.MANAGE_EXAMS)
"""Who runs the academy's programme, its exams or its reports sees every cohort."""

ON_THE_LIST = ~Q(state=Enrolment.State.WITHDRAWN)


def sees_all(person: Person) -> bool:
    """Whether every cohort is open to ``person``."""
    return any(people.may(person, permission) for permission in SEES_ALL)


def is_trainer_of(person: Person, cohort: Cohort) -> bool:
    """Whether ``person`` teaches ``cohort``."""
    return CohortTrainer.objects.filter(cohort=cohort, person=person).exists()


def sees_everybody_in(person: Person, cohort: Cohort) -> bool:
    """Whether ``person`` may see the whole list of ``cohort`` with its attendance."""
    return sees_all(person) or is_trainer_of(person, cohort)
