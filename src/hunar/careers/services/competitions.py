from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from hunar.audit import services as audit
from hunar.careers import errors, permissions, queries, rules, wording
from hunar.careers.models import Competition
from hunar.kernel.queries import working_calendar
from hunar.kernel.signing import digest
from hunar.organisations.models import Post
from hunar.people.models import Person


@dataclass(frozen=True)
class Terms:
    """What an officer chooses for a competition; profile and CPD policy come from the post."""

    summary: Mapping[str, str]
    opens_at: datetime
    closes_at: datetime
    weights: Mapping[str, Decimal]
    tie_breaks: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    certificates_most: int = 2
    grade_from: int = 1
    years_most: int = 5

    def formula(self, post: Post) -> rules.Formula:
        """The formula with the post's profile and policy as they are at the opening.

        :raises FormulaUnsound: naming what is wrong.
        """
        chosen = rules.Formula(
            weights={code: weight for code, weight in self.weights.items() if weight},
            tie_breaks=self.tie_breaks,
            courses=self.courses,
            certificates_most=self.certificates_most,
            grade_from=self.grade_from,
            years_most=self.years_most,
        )
        return _sound(queries.formula_of(post, chosen=chosen, on=queries.day_of(self.opens_at)))


@transaction.atomic
def draft(post: Post, *, terms: Terms, by: Person, at: datetime) -> Competition:
    """Prepare a competition that only the officers of the organisation see.

    :raises NotPermitted: if ``by`` does not run the competitions of the organisation.
    :raises CompetitionTimes, FormulaUnsound: if the terms cannot hold.
    :raises ProfileMissing, CpdPolicyMissing: if the post gives nothing to measure.
    """
    permissions.check_can_manage(by, post.organisation)
    competition = Competition.objects.create(post=post, **_facts(post, terms))
    audit.record(
        "careers.competition.drafted",
        subject=competition,
        by=by,
        at=at,
        details={"post": post.ref},
    )
    return competition


@transaction.atomic
def edit(competition: Competition, *, terms: Terms, by: Person, at: datetime) -> Competition:
    """Change a draft.

    :raises CompetitionFrozen: once it is published.
    :raises NotPermitted, CompetitionTimes, FormulaUnsound: as for ``draft``.
    """
    permissions.check_can_manage(by, competition.post.organisation)
    facts = _facts(competition.post, terms)
    drafts = Competition.objects.filter(pk=competition.pk, state=Competition.State.DRAFT)
    if not drafts.update(**facts):
        raise errors.CompetitionFrozen
    competition.refresh_from_db()
    audit.record("careers.competition.changed", subject=competition, by=by, at=at)
    return competition


@transaction.atomic
def publish(competition: Competition, *, by: Person, at: datetime) -> Competition:
    """Freeze the formula, with the post's profile and policy as they are now, and announce it.

    :raises WindowTooShort: if fewer than 10 working days would remain to apply.
    :raises CompetitionFrozen: if it is published already.
    :raises NotPermitted, FormulaUnsound: as for ``draft``.
    """
    permissions.check_can_manage(by, competition.post.organisation)
    _check_window(competition, at)
    current = queries.formula_of(competition.post, chosen=competition.terms, on=queries.day_of(at))
    formula = _sound(current).to_json()
    published = Competition.objects.filter(pk=competition.pk, state=Competition.State.DRAFT).update(
        state=Competition.State.PUBLISHED,
        formula=formula,
        formula_sha256=digest(formula),
        published_at=at,
    )
    if not published:
        raise errors.CompetitionFrozen
    competition.refresh_from_db()
    audit.record(
        "careers.competition.published",
        subject=competition,
        by=by,
        at=at,
        details={"post": competition.post.ref, "formula_sha256": competition.formula_sha256},
    )
    return competition


def _facts(post: Post, terms: Terms) -> dict[str, Any]:
    if terms.closes_at <= terms.opens_at:
        raise errors.CompetitionTimes
    return {
        "summary": dict(terms.summary),
        "opens_at": terms.opens_at,
        "closes_at": terms.closes_at,
        "formula": terms.formula(post).to_json(),
    }


def _sound(formula: rules.Formula) -> rules.Formula:
    if rules.COMPETENCIES in formula.used and not formula.profile:
        raise errors.ProfileMissing
    if rules.CPD in formula.used and formula.cpd is None:
        raise errors.CpdPolicyMissing
    try:
        rules.check(formula)
    except rules.Unsound as fault:
        raise errors.FormulaUnsound(reason=wording.reason(str(fault))) from None
    return formula


def _check_window(competition: Competition, at: datetime) -> None:
    first = queries.day_of(max(at, competition.opens_at))
    days = working_calendar(from_date=first).working_days_between(
        first, queries.day_of(competition.closes_at)
    )
    if days < rules.WORKING_DAYS_TO_APPLY:
        raise errors.WindowTooShort(days=days, needed=rules.WORKING_DAYS_TO_APPLY)
