"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hunar.competencies import queries, services
from hunar.competencies.enums import EvidenceKind
from hunar.competencies.models import Competency, Evidence, Requirement
from hunar.organisations.models import Post
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_person

NOON = datetime(2025, 12, 2, 7, tzinfo=UTC)


def make_spine() -> dict[str, Competency]:
    """The real spine, by code; loaded once."""
    services.load_spine(by=None, at=NOON)
    return queries.by_code()


def make_profile(post: Post, **levels: int) -> list[Requirement]:
    """A profile such as ``make_profile(post, C2=2, A1=1)``."""
    spine = make_spine()
    officer = make_person(role=Role.ADMINISTRATOR)
    return services.set_profile(
        post,
        requirements=[services.Required(spine[code], level) for code, level in levels.items()],
        by=officer,
        at=NOON,
    )


def make_evidence(
    *,
    person: Person | None = None,
    code: str = "C2",
    level: int = 2,
    kind: str = EvidenceKind.CREDENTIAL,
    day: date = date(2025, 12, 5),
    expires: date | None = date(2028, 12, 5),
    source_ref: str = "CRD-1",
) -> Evidence:
    return services.record_evidence(
        person or make_person(),
        competency=make_spine()[code],
        level=level,
        kind=kind,
        date=day,
        expires_date=expires,
        source_ref=source_ref,
        by=None,
        at=NOON,
    )
