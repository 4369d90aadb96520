"""Certificates follow by themselves from closed cohorts and released results."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hunar.cohorts.events import cohort_closed
from hunar.cohorts.models import Cohort
from hunar.credentials import services
from hunar.exams.events import result_released
from hunar.exams.models import Attempt
from hunar.people.models import Person


def connect() -> None:
    """Listen to the rooms below."""
    cohort_closed.connect(issue_after_closing, dispatch_uid="credentials.cohort_closed")
    result_released.connect(issue_after_result, dispatch_uid="credentials.result_released")


def issue_after_closing(
    sender: object, *, cohort: Cohort, by: Person, at: datetime, **rest: Any
) -> None:
    services.issue_what_is_due(cohort, by=by, at=at)


def issue_after_result(
    sender: object, *, attempt: Attempt, by: Person, at: datetime, **rest: Any
) -> None:
    services.issue_for_enrolment(attempt.enrolment, by=by, at=at)
    services.issue_to_absent(attempt.sitting, by=by, at=at)
