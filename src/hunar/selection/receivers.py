from __future__ import annotations

from datetime import datetime
from typing import Any

from hunar.cohorts.events import enrolment_withdrawn
from hunar.cohorts.models import Enrolment
from hunar.people.models import Person
from hunar.selection.services import places


def connect() -> None:
    """Listen to the rooms below."""
    enrolment_withdrawn.connect(free_the_seat, dispatch_uid="selection.free_the_seat")


def free_the_seat(
    sender: Any, *, enrolment: Enrolment, by: Person | None, at: datetime, **more: Any
) -> None:
    """A learner left: her seat goes to the next on the waiting list."""
    if enrolment.source_ref:
        places.vacate(source_ref=enrolment.source_ref, by=by, at=at)
