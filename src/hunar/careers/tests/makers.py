"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from hunar.careers import services
from hunar.careers.models import Candidacy, Competition
from hunar.careers.services import Terms
from hunar.cohorts.models import Enrolment
from hunar.competencies.tests.makers import make_profile
from hunar.cpd.models import Policy, Record
from hunar.credentials.models import Credential
from hunar.organisations.models import Post
from hunar.organisations.tests.makers import make_post
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_employment, make_person

OPENS = datetime(2026, 3, 2, 4, tzinfo=UTC)
CLOSES = datetime(2026, 3, 31, 13, tzinfo=UTC)
PUBLISHED = datetime(2026, 2, 27, 7, tzinfo=UTC)
DURING = datetime(2026, 3, 10, 7, tzinfo=UTC)
AFTER = datetime(2026, 4, 1, 7, tzinfo=UTC)
WEIGHTS = {"competencies": Decimal(60), "years": Decimal(40)}
_numbers = count(1)


def words(english: str) -> dict[str, str]:
    return {"tk": f"{english} (tk)", "ru": f"{english} (ru)", "en": english}


def make_terms(
    *,
    weights: Mapping[str, Decimal] | None = None,
    tie_breaks: tuple[str, ...] = ("competencies",),
    courses: tuple[str, ...] = (),
    opens_at: datetime = OPENS,
    closes_at: datetime = CLOSES,
    grade_from: int = 4,
) -> Terms:
    return Terms(
        summary=words("A post"),
        opens_at=opens_at,
        closes_at=closes_at,
        weights=weights or WEIGHTS,
        tie_breaks=tie_breaks,
        courses=courses,
        grade_from=grade_from,
    )


def make_profiled_post() -> Post:
    post = make_post(grade=6)
    make_profile(post, C2=3, A1=2)
    return post


def make_officer(post: Post) -> Person:
    return make_person(role=Role.HR_OFFICER, organisation=post.organisation)


def make_draft(*, post: Post | None = None, by: Person | None = None, **terms: Any) -> Competition:
    post = post or make_profiled_post()
    return services.draft(
        post, terms=make_terms(**terms), by=by or make_officer(post), at=PUBLISHED
    )


def make_competition(
    *, post: Post | None = None, by: Person | None = None, **terms: Any
) -> Competition:
    """A published competition, open on ``DURING``."""
    post = post or make_profiled_post()
    officer = by or make_officer(post)
    draft = make_draft(post=post, by=officer, **terms)
    return services.publish(draft, by=officer, at=PUBLISHED)


def make_candidacy(
    competition: Competition | None = None, *, since: date = date(2022, 1, 1)
) -> Candidacy:
    """An application of somebody who holds a post of grade 5 since ``since``."""
    person = make_person()
    make_employment(person=person, since=since)
    return services.apply(competition or make_competition(), person=person, at=DURING)


def make_policy(*, minutes: int = 1200, caps: dict[str, int] | None = None) -> Policy:
    return Policy.objects.create(
        code=f"policy-{next(_numbers)}",
        title=words("Policy"),
        families=[],
        grade_from=1,
        grade_to=20,
        total_minutes=minutes,
        category_caps=caps or {},
        valid_from=date(2020, 1, 1),
    )


def make_record(
    person: Person,
    *,
    minutes: int = 600,
    category: str = "cyber",
    state: str = Record.State.VERIFIED,
    ended: date = date(2025, 12, 5),
) -> Record:
    return Record.objects.create(
        person=person,
        title=words("Activity"),
        category=category,
        minutes=minutes,
        started_date=ended,
        ended_date=ended,
        state=state,
        source_ref=f"SRC-{next(_numbers)}",
        recorded_at=datetime(2025, 12, 6, 7, tzinfo=UTC),
    )


def make_credential(
    enrolment: Enrolment,
    *,
    kind: str = Credential.Kind.ACHIEVEMENT,
    valid_until: datetime | None = None,
    revoked_at: datetime | None = None,
) -> Credential:
    number = next(_numbers)
    return Credential.objects.create(
        kind=kind,
        person=enrolment.person,
        enrolment=enrolment,
        code=f"T{number:07d}",
        year=2025,
        number=number,
        status_index=number,
        document={},
        issued_at=datetime(2025, 12, 8, 7, tzinfo=UTC),
        valid_until=valid_until,
        revoked_at=revoked_at,
    )
