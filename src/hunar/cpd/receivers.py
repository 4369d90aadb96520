"""Courses of the academy are credited by their certificates, and reversed with them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hunar.cpd import queries, services
from hunar.credentials.events import credential_issued, credential_revoked
from hunar.credentials.models import Credential
from hunar.people.models import Person


def credit_course(*, credential: Credential, by: Person, at: datetime, **news: Any) -> None:
    """Credit the minutes of the course once per place in a cohort: to the achievement where
    there is one, else to the participation."""
    counting = queries.credited_certificates(credential)
    if counting and not credential.is_achievement:
        return
    for source_ref in counting:
        services.reverse_credit(source_ref=source_ref, by=by, at=at)
    _credit(credential, at)


def reverse_course(*, credential: Credential, by: Person, at: datetime, **news: Any) -> None:
    """Reverse the credit; another certificate of the same place that counts takes over."""
    if not services.reverse_credit(source_ref=credential.ref, by=by, at=at):
        return
    if other := queries.other_certificate(credential):
        _credit(other, at)


def _credit(credential: Credential, at: datetime) -> None:
    cohort = credential.enrolment.cohort
    version = cohort.version
    services.credit(
        credential.person,
        title=version.title,
        category=version.cpd_category,
        minutes=version.workload_minutes,
        started_date=cohort.starts_date,
        ended_date=cohort.ends_date,
        source_ref=credential.ref,
        provider="academy",
        at=at,
    )


def connect() -> None:
    """Listen to the room below."""
    credential_issued.connect(credit_course, dispatch_uid="cpd.credit_course")
    credential_revoked.connect(reverse_course, dispatch_uid="cpd.reverse_course")
