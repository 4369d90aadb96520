"""What the academy offers to everybody: the public front page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hunar.catalogue import queries as catalogue
from hunar.catalogue.models import CourseVersion
from hunar.selection.models import Call
from hunar.selection.queries import calls

COURSES_SHOWN = 6
CALLS_SHOWN = 3


@dataclass(frozen=True)
class Offer:
    """Published courses, and calls that can be answered now, soonest deadline first."""

    courses: list[CourseVersion]
    calls: list[Call]


def offer(*, at: datetime) -> Offer:
    """The public offer at this moment."""
    return Offer(
        courses=list(catalogue.published_versions()[:COURSES_SHOWN]),
        calls=list(calls.open_calls(at=at)[:CALLS_SHOWN]),
    )
