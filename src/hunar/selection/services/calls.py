from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hunar.audit import services as audit
from hunar.cohorts.models import Cohort, Intake
from hunar.engines.allocation import commitment
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.signing import digest
from hunar.people.models import Person
from hunar.selection import errors, events, permissions, rules
from hunar.selection.models import Call, CallCohort, Nomination, Seed
from hunar.selection.queries.nominations import listed_refs
from hunar.selection.rules import CallRules, Problem
from hunar.selection.services import messages
from hunar.selection.wording import RULE_PROBLEMS

SEED_BYTES = 32


@transaction.atomic
def draft_call(
    intake: Intake,
    *,
    title: dict[str, str],
    summary: dict[str, str],
    opens_at: datetime,
    closes_at: datetime,
    cohorts: Sequence[Cohort],
    rules_wanted: CallRules,
    by: Person,
    at: datetime,
) -> Call:
    """Write the draft of a call; nobody outside the academy sees it.

    :raises NotPermitted: unless ``by`` manages calls.
    """
    permissions.check_can_manage_calls(by)
    call = Call.objects.create(
        intake=intake,
        title=title,
        summary=summary,
        opens_at=opens_at,
        closes_at=closes_at,
        rules=rules.to_json(rules_wanted),
    )
    _set_cohorts(call, cohorts)
    audit.record("selection.call.drafted", subject=call, by=by, at=at)
    return call


@transaction.atomic
def revise_call(
    call: Call,
    *,
    by: Person,
    at: datetime,
    cohorts: Sequence[Cohort] | None = None,
    rules_wanted: CallRules | None = None,
    **changes: Any,
) -> Call:
    """Change a draft: ``intake, title, summary, opens_at, closes_at``, its cohorts, its rules.

    :raises CallFrozen: if the call is published.
    :raises NotPermitted: unless ``by`` manages calls.
    """
    permissions.check_can_manage_calls(by)
    if rules_wanted is not None:
        changes["rules"] = rules.to_json(rules_wanted)
    changed = Call.objects.filter(pk=call.pk, state=Call.State.DRAFT).update(
        **{"opens_at": call.opens_at, **changes}
    )
    if not changed:
        raise errors.CallFrozen
    if cohorts is not None:
        _set_cohorts(call, cohorts)
    call.refresh_from_db()
    audit.record("selection.call.revised", subject=call, by=by, at=at)
    return call


def _set_cohorts(call: Call, cohorts: Sequence[Cohort]) -> None:
    call.call_cohorts.all().delete()
    CallCohort.objects.bulk_create(
        CallCohort(call=call, cohort=cohort, order=order) for order, cohort in enumerate(cohorts)
    )


@transaction.atomic
def publish(
    call: Call,
    *,
    by: Person,
    at: datetime,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
) -> Call:
    """Freeze and hash the rules, commit to the seed of the lottery, let nominations arrive.

    :param entropy: where the seed's 32 bytes come from.
    :raises CallFrozen: if the call is published already.
    :raises CallRulesIncomplete, CallNoticeTooShort: if it cannot be published so.
    :raises NotPermitted: unless ``by`` manages calls.
    """
    permissions.check_can_manage_calls(by)
    if not rules.allows(call.state, "publish"):
        raise errors.CallFrozen
    frozen = rules.from_json(call.rules)
    if found := rule_problems(call):
        raise errors.CallRulesIncomplete(problems="; ".join(wording_of(each) for each in found))
    if not rules.notice_is_long_enough(
        published_at=at, closes_at=call.closes_at, days=frozen.notice_days
    ):
        raise errors.CallNoticeTooShort(days=frozen.notice_days)
    nonce = entropy(SEED_BYTES)
    Seed.objects.create(call=call, value=nonce.hex())
    move(
        call,
        "publish",
        rules_sha256=digest(call.rules),
        seed_commitment=commitment(rules.ACADEMY, nonce),
        published_at=at,
    )
    audit.record(
        "selection.call.published",
        subject=call,
        by=by,
        at=at,
        details={
            "rules_sha256": call.rules_sha256,
            "seed_commitment": call.seed_commitment,
            "closes": call.closes_at.isoformat(),
        },
    )
    events.call_published.send(None, call=call, by=by, at=at)
    return call


def rule_problems(call: Call) -> list[Problem]:
    """What keeps the draft from being published; empty when nothing does."""
    frozen = rules.from_json(call.rules)
    closes_date = call.closes_at.astimezone(ASHGABAT).date()
    found = rules.problems(frozen, closes_date=closes_date)
    filled = set(call.call_cohorts.values_list("cohort__code", flat=True))
    if filled != {cohort.code for cohort in frozen.cohorts}:
        found.append(Problem("no-cohorts"))
    return found


def wording_of(problem: Problem) -> str:
    """The problem in the reader's language."""
    return str(RULE_PROBLEMS[problem.code]) % {"part": problem.part}


@transaction.atomic
def close(call: Call, *, by: Person, at: datetime) -> Call:
    """End nominations, fix their list in the log, check the requirements and tell who fails.

    :raises CallStillOpen: before the end of nominations.
    :raises CallNotPublished, CallClosed, CallDecided: if the call is elsewhere.
    :raises NotPermitted: unless ``by`` manages calls.
    """
    permissions.check_can_manage_calls(by)
    if not rules.allows(call.state, "close"):
        raise _why_not_closing(call)
    if at <= call.closes_at:
        raise errors.CallStillOpen
    move(call, "close")
    refs = listed_refs(call)
    eligible = _check_eligibility(call, at=at)
    audit.record(
        "selection.call.closed",
        subject=call,
        by=by,
        at=at,
        details={
            "nominations": len(refs),
            "eligible": eligible,
            "list_root": rules.list_root(refs),
        },
    )
    events.call_closed.send(None, call=call, by=by, at=at)
    return call


def _why_not_closing(call: Call) -> Exception:
    if call.state == Call.State.DRAFT:
        return errors.CallNotPublished()
    if call.state == Call.State.DECIDED:
        return errors.CallDecided()
    return errors.CallClosed()


def _check_eligibility(call: Call, *, at: datetime) -> int:
    frozen = rules.from_json(call.rules)
    nominations = list(
        call.nominations.filter(state=Nomination.State.SUBMITTED).select_related("person")
    )
    for nomination in nominations:
        facts = rules.Facts.from_json(nomination.facts)
        checks = rules.check(frozen, facts, nomination.preferences)
        meets = bool(rules.open_preferences(checks, nomination.preferences))
        nomination.eligibility = [each.to_json() for each in checks]
        nomination.state = Nomination.State.ELIGIBLE if meets else Nomination.State.INELIGIBLE
    Nomination.objects.bulk_update(nominations, ["eligibility", "state"], batch_size=500)
    refused = [each for each in nominations if each.state == Nomination.State.INELIGIBLE]
    for nomination in refused:
        messages.tell_ineligible(nomination, call=call, at=at)
    return len(nominations) - len(refused)


def move(call: Call, act: str, **changes: Any) -> None:
    """Make the transition if nobody else has; one of two racing officers gets the error."""
    step = rules.transition(act)
    moved = Call.objects.filter(pk=call.pk, state=step.source).update(state=step.target, **changes)
    if not moved:
        raise {
            "publish": errors.CallFrozen,
            "close": errors.CallClosed,
            "decide": errors.CallDecided,
        }[act]
    call.refresh_from_db()


def sealed_seed(call: Call) -> str:
    """The seed that the publication committed to, in hexadecimal; opened by the decision."""
    return Seed.objects.get(call=call).value
