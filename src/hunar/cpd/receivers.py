from __future__ import annotations

from datetime import datetime
from typing import Any

from hunar.cpd import services
from hunar.credentials.events import credential_issued, credential_revoked
from hunar.credentials.models import Credential
from hunar.kernel.calendar import ASHGABAT
from hunar.people.models import Person


def credit_course(*, credential: Credential, at: datetime, **news: Any) -> None:
    """Credit the minutes of the course, once per enrolment whatever is issued for it."""
    enrolment = credential.enrolment
    cohort, version = enrolment.cohort, enrolment.cohort.version
    services.credit(
        credential.person,
        title=version.title,
        category=version.cpd_category,
        minutes=version.workload_minutes,
        started_date=cohort.starts_date,
        ended_date=min(cohort.ends_date, at.astimezone(ASHGABAT).date()),
        source_ref=enrolment.ref,
        provider="academy",
        at=at,
    )


def reverse_course(*, credential: Credential, by: Person, at: datetime, **news: Any) -> None:
    """Reverse the credit when no certificate of the enrolment holds any more."""
    others = credential.enrolment.credentials.filter(revoked_at__isnull=True)
    if not others.exclude(pk=credential.pk).exists():
        services.reverse_credit(source_ref=credential.enrolment.ref, by=by, at=at)


def connect() -> None:
    credential_issued.connect(credit_course, dispatch_uid="cpd.credit_course")
    credential_revoked.connect(reverse_course, dispatch_uid="cpd.reverse_course")
