from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit import services as audit
from hunar.audit.models import Entry
from hunar.cpd import permissions, queries, rules
from hunar.cpd.errors import FutureActivity, NotOpen, ReasonNeeded, UnreadableEvidence
from hunar.cpd.models import Policy, Record
from hunar.kernel.calendar import ASHGABAT
from hunar.notifications.services import tell
from hunar.people.models import Person

State = Record.State


@transaction.atomic
def credit(
    person: Person,
    *,
    title: dict[str, str],
    category: str,
    minutes: int,
    started_date: date,
    ended_date: date,
    source_ref: str,
    at: datetime,
    provider: str = "",
) -> Record:
    """Credit what the platform itself saw; the same source is credited once.

    A credit that was reversed counts again. Returns the record, also when it was there
    already.
    """
    record, is_new = Record.objects.get_or_create(
        person=person,
        source_ref=source_ref,
        defaults={
            "title": title,
            "category": category,
            "minutes": minutes,
            "started_date": started_date,
            "ended_date": ended_date,
            "provider": provider,
            "state": State.VERIFIED,
            "recorded_at": at,
            "verified_at": at,
        },
    )
    if is_new:
        details = {"minutes": minutes, "category": category, "source": source_ref}
        audit.record("cpd.record.credited", subject=record, by=None, at=at, details=details)
    elif Record.objects.filter(pk=record.pk, state=State.REVERSED).update(state=State.VERIFIED):
        record.state = State.VERIFIED
        audit.record("cpd.record.reinstated", subject=record, by=None, at=at)
    return record


@transaction.atomic
def reverse_credit(*, source_ref: str, by: Person | None, at: datetime) -> int:
    """Take back what a source credited; the record stays, marked as reversed.

    Returns how many records were reversed.
    """
    reversed_now = 0
    for record in Record.objects.filter(source_ref=source_ref, state=State.VERIFIED):
        if not Record.objects.filter(pk=record.pk, state=State.VERIFIED).update(
            state=State.REVERSED
        ):
            continue
        audit.record("cpd.record.reversed", subject=record, by=by, at=at)
        reversed_now += 1
    return reversed_now


@transaction.atomic
def claim(
    *,
    by: Person,
    title: str,
    category: str,
    provider: str,
    minutes: int,
    started_date: date,
    ended_date: date,
    evidence: BinaryIO,
    at: datetime,
    note: str = "",
) -> Record:
    """Claim an activity outside the platform, with its evidence.

    :raises FutureActivity: if it has not ended.
    :raises UnreadableEvidence: if the file is no PDF, JPEG or PNG, or too large.
    """
    if ended_date > _day(at):
        raise FutureActivity
    content = evidence.read(rules.EVIDENCE_BYTES + 1)
    kind = rules.evidence_kind(content)
    if kind is None or len(content) > rules.EVIDENCE_BYTES:
        raise UnreadableEvidence
    record = Record.objects.create(
        person=by,
        title={"tk": title, "ru": title, "en": title},
        category=category,
        provider=provider,
        minutes=minutes,
        started_date=started_date,
        ended_date=ended_date,
        state=State.CLAIMED,
        note=note,
        evidence_sha256=hashlib.sha256(content).hexdigest(),
        recorded_at=at,
    )
    record.evidence.save(f"{record.ref}.{kind}", ContentFile(content))
    details = {"minutes": minutes, "category": category, "evidence": record.evidence_sha256}
    audit.record("cpd.record.claimed", subject=record, by=by, at=at, details=details)
    return record


@transaction.atomic
def withdraw(record: Record, *, by: Person, at: datetime) -> None:
    """Take back one's own claim while it is open.

    :raises NotOpen: if it was decided already, or is somebody else's.
    """
    _move(record, {"state": State.REJECTED, "verified_at": at}, owner=by)
    audit.record("cpd.record.withdrawn", subject=record, by=by, at=at)


@transaction.atomic
def verify(record: Record, *, by: Person, at: datetime) -> None:
    """Confirm a claim: its minutes count from now on.

    :raises NotPermitted, OwnClaim: if ``by`` may not decide.
    :raises NotOpen: if somebody decided already.
    """
    permissions.check_can_decide(by, record)
    _move(record, {"state": State.VERIFIED, "verified_by": by, "verified_at": at})
    audit.record("cpd.record.verified", subject=record, by=by, at=at)
    tell(
        record.person,
        code="cpd.claim-verified",
        subject=_("Your activity was credited"),
        body=_("%(minutes)s minutes were added to your continuing education."),
        details={"minutes": record.minutes},
        url=reverse("cpd:mine"),
        at=at,
    )


@transaction.atomic
def reject(record: Record, *, reason: str, by: Person, at: datetime) -> None:
    """Refuse a claim with a reason that the person reads.

    :raises NotPermitted, OwnClaim: if ``by`` may not decide.
    :raises ReasonNeeded: if no reason is given.
    :raises NotOpen: if somebody decided already.
    """
    permissions.check_can_decide(by, record)
    if len(reason.strip()) < 5:
        raise ReasonNeeded
    changes = {"state": State.REJECTED, "verified_by": by, "verified_at": at, "note": reason}
    _move(record, changes)
    audit.record("cpd.record.rejected", subject=record, by=by, at=at)
    tell(
        record.person,
        code="cpd.claim-rejected",
        subject=_("Your activity was not credited"),
        body=_("Reason: %(reason)s"),
        details={"reason": reason},
        url=reverse("cpd:mine"),
        at=at,
    )


@transaction.atomic
def reverse_claim(record: Record, *, reason: str, by: Person, at: datetime) -> None:
    """Take back a claim that was credited, because it does not hold on a second look.

    The record stays, marked as reversed; the person is told with the reason.

    :raises NotPermitted, OwnClaim: if ``by`` may not decide.
    :raises ReasonNeeded: if no reason is given.
    :raises NotOpen: unless it is a claim that counts.
    """
    permissions.check_can_decide(by, record)
    if len(reason.strip()) < 5:
        raise ReasonNeeded
    counting = Record.objects.filter(pk=record.pk, state=State.VERIFIED, source_ref="")
    if not counting.update(state=State.REVERSED, verified_by=by, verified_at=at, note=reason):
        raise NotOpen
    audit.record("cpd.record.reversed", subject=record, by=by, at=at)
    tell(
        record.person,
        code="cpd.claim-reversed",
        subject=_("An activity no longer counts"),
        body=_("Reason: %(reason)s"),
        details={"reason": reason},
        url=reverse("cpd:record", args=[record.pk]),
        at=at,
    )


def _day(at: datetime) -> date:
    return at.astimezone(ASHGABAT).date()


def _move(record: Record, changes: Mapping[str, Any], *, owner: Person | None = None) -> None:
    rows = Record.objects.filter(pk=record.pk, state=State.CLAIMED)
    if owner:
        rows = rows.filter(person=owner)
    if not rows.update(**changes):
        raise NotOpen


@transaction.atomic
def statement(person: Person, *, by: Person, at: datetime) -> tuple[dict[str, Any], Entry]:
    """A signed statement of the account: policy, records and what follows from them.

    Returns the document and its record in the log.
    """
    day = _day(at)
    account = queries.account(person, on=day)
    records = list(queries.verified(person).order_by("ended_date", "pk"))
    document: dict[str, Any] = {
        "kind": "hunar/cpd-statement/1",
        "person": {"ref": person.ref, "name": person.name.full},
        "on": day.isoformat(),
        "policy": _policy_facts(account.policy) if account.policy else None,
        "records": [
            {
                "ref": record.ref,
                "title": record.title,
                "category": record.category,
                "minutes": record.minutes,
                "ended": record.ended_date.isoformat(),
                "source": record.source_ref,
            }
            for record in records
        ],
        "balance": rules.balance_facts(account.balance) if account.balance else None,
    }
    signed = audit.sign(document, at=at)
    entry = audit.record("cpd.statement.signed", subject=person, by=by, at=at, document=signed)
    return signed, entry


def _policy_facts(policy: Policy) -> dict[str, Any]:
    return {
        "code": policy.code,
        "starts": policy.valid_from.isoformat(),
        "cycle_years": policy.cycle_years,
        "total": policy.total_minutes,
        "annual": policy.annual_minutes,
        "least": policy.category_minutes,
        "most": policy.category_caps,
        "carry_over": policy.carry_over_minutes,
    }
