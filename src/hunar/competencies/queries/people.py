"""What one person has, and what her post asks for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from hunar.competencies.models import Competency, Evidence
from hunar.competencies.queries.attainment import Gap, evidence_of, profile_of
from hunar.competencies.rules import Proof, attainment
from hunar.organisations.models import Post
from hunar.people import queries as people
from hunar.people.models import Employment, Person


@dataclass(frozen=True)
class Held:
    """A competency that she has, whether or not her post asks for it."""

    competency: Competency
    attained: int
    claimed: int | None


@dataclass(frozen=True)
class Piece:
    """A piece of evidence and whether it counts today."""

    evidence: Evidence
    counts: bool

    @property
    def is_own(self) -> bool:
        return is_own(self.evidence)


@dataclass(frozen=True)
class Standing:
    """A person's competencies on one day, beside the profile of her post."""

    person: Person
    employment: Employment | None
    gaps: list[Gap]
    beyond: list[Held]
    pieces: list[Piece]

    @property
    def post(self) -> Post | None:
        return self.employment.post if self.employment else None

    @property
    def missing(self) -> int:
        return sum(gap.missing for gap in self.gaps)

    @property
    def closed(self) -> int:
        return sum(gap.is_closed for gap in self.gaps)

    @property
    def assessed_date(self) -> date | None:
        """When she last assessed herself."""
        days = [piece.evidence.date for piece in self.pieces if is_own(piece.evidence)]
        return max(days, default=None)


def is_own(evidence: Evidence) -> bool:
    return evidence.kind == Evidence.Kind.SELF


def standing_of(person: Person, *, on: date) -> Standing:
    """Everything on the page of a person's competencies; three queries."""
    employment = people.present_employments([person]).get(person.pk)
    evidence = list(evidence_of(person))
    proofs = {row.pk: _proof(row) for row in evidence}
    attained = attainment(proofs.values(), on=on)
    claimed = _claims(evidence)
    profile = list(profile_of(employment.post)) if employment else []
    asked = {row.competency_id for row in profile}
    known = {row.competency_id: row.competency for row in evidence}
    return Standing(
        person=person,
        employment=employment,
        gaps=[
            Gap(
                competency=row.competency,
                required=row.level,
                attained=attained.get(row.competency_id, 0),
                is_critical=row.is_critical,
                claimed=claimed.get(row.competency_id),
            )
            for row in profile
        ],
        beyond=[
            Held(competency, attained.get(pk, 0), claimed.get(pk))
            for pk, competency in sorted(known.items(), key=lambda item: item[1].order)
            if pk not in asked
        ],
        pieces=[Piece(row, proofs[row.pk].counts_on(on)) for row in evidence],
    )


def _proof(row: Evidence) -> Proof:
    return Proof(
        competency=row.competency_id,
        level=row.level,
        date=row.date,
        expires_date=row.expires_date,
        is_withdrawn=row.withdrawn_at is not None,
        is_self=is_own(row),
    )


def _claims(evidence: list[Evidence]) -> dict[int, int]:
    latest: dict[int, int] = defaultdict(int)
    for row in sorted(evidence, key=lambda row: (row.date, row.pk)):
        if is_own(row):
            latest[row.competency_id] = row.level
    return dict(latest)
