from __future__ import annotations

from datetime import datetime

from django.db import transaction

from hunar.audit import services as audit
from hunar.cohorts import errors, permissions
from hunar.cohorts.models import Cohort, CohortTrainer
from hunar.cohorts.services.planning import check_open
from hunar.people.models import Person


@transaction.atomic
def appoint_trainer(
    cohort: Cohort, *, person: Person, part: str, by: Person, at: datetime
) -> CohortTrainer:
    """Enter a trainer of the cohort, or give one who is entered another part.

    :raises CohortClosed: if the cohort's records are final.
    """
    permissions.check_can_manage(by)
    check_open(cohort)
    trainer, _ = CohortTrainer.objects.update_or_create(
        cohort=cohort, person=person, defaults={"part": part}
    )
    audit.record(
        "cohorts.trainer.appointed",
        subject=cohort,
        by=by,
        at=at,
        details={"person": person.ref, "part": part},
    )
    return trainer


@transaction.atomic
def release_trainer(cohort: Cohort, *, person: Person, by: Person, at: datetime) -> None:
    """Take a trainer off the cohort.

    :raises NotATrainer: if the person is none of it.
    :raises TrainerTeaches: if sessions still carry the trainer's name.
    """
    permissions.check_can_manage(by)
    check_open(cohort)
    if count := cohort.sessions.filter(trainer=person).count():
        raise errors.TrainerTeaches(count=count)
    removed, _ = CohortTrainer.objects.filter(cohort=cohort, person=person).delete()
    if not removed:
        raise errors.NotATrainer
    audit.record(
        "cohorts.trainer.released", subject=cohort, by=by, at=at, details={"person": person.ref}
    )
