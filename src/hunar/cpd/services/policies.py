from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from hunar.audit import services as audit
from hunar.audit.models import Entry
from hunar.cpd import permissions, queries, rules
from hunar.cpd.errors import PolicyCodeTaken, PolicyMalformed, PolicyOverlaps, SeedNeeded
from hunar.cpd.models import Policy
from hunar.people.models import Person

SEED_LENGTH = 6


@transaction.atomic
def adopt_policy(policy: Policy, *, by: Person, at: datetime) -> Policy:
    """Put a policy into force; it is not changed afterwards, only followed by another.

    A policy for exactly the same grades and families that has no end ends the day before.

    :raises NotPermitted: if ``by`` adopts no policies.
    :raises PolicyMalformed: if nobody could fulfil it.
    :raises PolicyOverlaps: if another policy covers some of its grades then.
    :raises PolicyCodeTaken: if the code is in use.
    """
    permissions.check_can_adopt(by)
    _check_possible(policy)
    _follow(policy)
    if overlapping := _overlapping(policy):
        raise PolicyOverlaps(policy=overlapping.code)
    try:
        with transaction.atomic():
            policy.save(force_insert=True)
    except IntegrityError:
        raise PolicyCodeTaken(policy=policy.code) from None
    details = {"policy": policy.code, "total_minutes": policy.total_minutes}
    audit.record("cpd.policy.adopted", subject=by, by=by, at=at, details=details)
    return policy


def _check_possible(policy: Policy) -> None:
    least = sum(policy.category_minutes.values())
    yearly = policy.annual_minutes * policy.cycle_years
    beyond_cap = any(
        policy.category_caps.get(category, minutes) < minutes
        for category, minutes in policy.category_minutes.items()
    )
    in_order = policy.grade_from <= policy.grade_to and policy.cycle_years > 0
    if max(least, yearly) > policy.total_minutes or beyond_cap or not in_order:
        raise PolicyMalformed


def _follow(policy: Policy) -> None:
    earlier = Policy.objects.filter(
        grade_from=policy.grade_from,
        grade_to=policy.grade_to,
        valid_from__lt=policy.valid_from,
        valid_to__isnull=True,
    )
    for row in earlier:
        if sorted(row.families) == sorted(policy.families):
            row.valid_to = policy.valid_from - timedelta(days=1)
            row.save(update_fields=["valid_to"])


def _overlapping(policy: Policy) -> Policy | None:
    rows = Policy.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=policy.valid_from),
        grade_from__lte=policy.grade_to,
        grade_to__gte=policy.grade_from,
    )
    if policy.valid_to:
        rows = rows.filter(valid_from__lte=policy.valid_to)
    for row in rows:
        if not row.families or not policy.families or set(row.families) & set(policy.families):
            return row
    return None


@transaction.atomic
def draw_audit(*, year: int, seed: str, by: Person, at: datetime) -> Entry:
    """Draw the claims of a year that are looked at again, by a seed and each policy's share.

    Every draw is in the log with its seed and what it drew, so that a second draw with a
    better liked seed is seen. Returns that record of the log.

    :raises NotPermitted: unless ``by`` verifies claims.
    :raises SeedNeeded: if the seed is too short.
    """
    permissions.check_can_verify(by)
    seed = seed.strip()
    if len(seed) < SEED_LENGTH:
        raise SeedNeeded
    drawn: list[str] = []
    population = 0
    for percent, refs in queries.claims_by_share(year).items():
        population += len(refs)
        drawn += rules.audit_sample(refs, seed=seed, percent=percent)
    details = {"year": year, "seed": seed, "claims": population, "drawn": sorted(drawn)}
    return audit.record("cpd.audit.drawn", subject=by, by=by, at=at, details=details)
