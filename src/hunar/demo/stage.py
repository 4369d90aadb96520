"""The invented academy, built room by room; each script adds what the next one needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from random import Random

from hunar.agreements.models import Agreement
from hunar.catalogue.models import CourseVersion, Programme
from hunar.cohorts.models import Cohort, Intake
from hunar.competencies.models import Competency
from hunar.exams.models import Sitting
from hunar.kernel.calendar import ASHGABAT
from hunar.organisations.models import Organisation, Post
from hunar.people.models import Employment, Person
from hunar.selection.models import Call

SEED = 20251205


@dataclass
class Stage:
    """What the scripts share. ``random`` is seeded: the same academy at every load.

    Keys of ``cast``: officer, hr, learner, trainer, examiner, panel1, panel2, panel3,
    appeals, me, admin, expert, ministry_admin, and hr_<organisation code> per ministry.
    Keys of ``cohorts``: OPS-2025, CYB-2025, AI-2025 (finished), CYB-RUN (running now),
    AI-MARK (its call is closed and being marked), CYB-NEXT and AI-NEXT (their call is open).
    Keys of ``calls``: 2025, run, mark, next.
    """

    today: date
    random: Random = field(default_factory=lambda: Random(SEED))
    say: Callable[[str], None] = print
    organisations: dict[str, Organisation] = field(default_factory=dict)
    posts: dict[str, list[Post]] = field(default_factory=dict)
    cast: dict[str, Person] = field(default_factory=dict)
    staff: list[Employment] = field(default_factory=list)
    competencies: dict[str, Competency] = field(default_factory=dict)
    programme: Programme | None = None
    versions: dict[str, CourseVersion] = field(default_factory=dict)
    agreement: Agreement | None = None
    intakes: dict[str, Intake] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    sittings: dict[str, Sitting] = field(default_factory=dict)

    def at(self, day: date, hour: int = 9, minute: int = 0) -> datetime:
        """A moment in Ashgabat."""
        return datetime.combine(day, time(hour, minute), ASHGABAT)
