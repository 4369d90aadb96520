from __future__ import annotations

from hunar.cohorts import queries as cohorts
from hunar.cohorts.models import Cohort
from hunar.kernel.errors import NotFound
from hunar.people.models import Person


def can_follow(person: Person, cohort: Cohort) -> bool:
    """See how a cohort learns: its trainers and the programme officers."""
    return cohorts.sees_everybody_in(person, cohort)


def check_can_follow(person: Person, cohort: Cohort) -> None:
    """:raises NotFound: for everybody else."""
    if not can_follow(person, cohort):
        raise NotFound
