from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hunar.agreements import permissions, rules
from hunar.agreements.errors import (
    AgreementFrozen,
    AgreementNotSigned,
    DatesOutOfOrder,
    EvidenceNeeded,
    NotOfThisAgreement,
    PartyOwes,
    PartyTwice,
    SignedInFuture,
    StateNotReachable,
    TextMissing,
    TooFewSignatories,
)
from hunar.agreements.models import Agreement, Obligation, Party
from hunar.audit import services as audit
from hunar.catalogue.models import Programme
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.signing import digest
from hunar.organisations.models import Organisation
from hunar.people.models import Person

State = Agreement.State


@dataclass(frozen=True)
class Side:
    """An organisation and the part that it takes."""

    organisation: Organisation
    part: str


@transaction.atomic
def draft_agreement(
    *,
    title: Mapping[str, str],
    summary: Mapping[str, str],
    signed_place: Mapping[str, str],
    starts_date: date,
    ends_date: date | None,
    sides: Sequence[Side],
    programmes: Iterable[Programme] = (),
    by: Person,
    at: datetime,
) -> Agreement:
    """Write the draft of an agreement with its parties.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises DatesOutOfOrder, PartyTwice: if the draft cannot stand so.
    """
    permissions.check_can_manage(by)
    agreement = Agreement(
        title=dict(title),
        summary=dict(summary),
        signed_place=dict(signed_place),
        starts_date=starts_date,
        ends_date=ends_date,
    )
    _check_dates(agreement)
    agreement.save()
    agreement.programmes.set(programmes)
    _set_sides(agreement, sides)
    audit.record("agreements.agreement.drafted", subject=agreement, by=by, at=at)
    return agreement


@transaction.atomic
def edit_draft(
    agreement: Agreement,
    *,
    title: Mapping[str, str],
    summary: Mapping[str, str],
    signed_place: Mapping[str, str],
    starts_date: date,
    ends_date: date | None,
    sides: Sequence[Side],
    programmes: Iterable[Programme] = (),
    by: Person,
    at: datetime,
) -> Agreement:
    """Rewrite a draft.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises AgreementFrozen: if it is signed.
    :raises DatesOutOfOrder, PartyTwice, PartyOwes: if the draft cannot stand so.
    """
    permissions.check_can_manage(by)
    _check_is_draft(agreement)
    agreement.title = dict(title)
    agreement.summary = dict(summary)
    agreement.signed_place = dict(signed_place)
    agreement.starts_date, agreement.ends_date = starts_date, ends_date
    _check_dates(agreement)
    agreement.save()
    agreement.programmes.set(programmes)
    _set_sides(agreement, sides)
    audit.record("agreements.agreement.edited", subject=agreement, by=by, at=at)
    return agreement


def _check_dates(agreement: Agreement) -> None:
    if agreement.ends_date and agreement.ends_date < agreement.starts_date:
        raise DatesOutOfOrder


def _check_is_draft(agreement: Agreement) -> None:
    # The row is asked, not the object: somebody may have signed meanwhile.
    rows = Agreement.objects.select_for_update().filter(pk=agreement.pk, state=State.DRAFT)
    if not rows.exists():
        raise AgreementFrozen


def _set_sides(agreement: Agreement, sides: Sequence[Side]) -> None:
    wanted = [(side.organisation.pk, side.part) for side in sides]
    for side in sides:
        if wanted.count((side.organisation.pk, side.part)) > 1:
            raise PartyTwice(organisation=side.organisation.short)
    present = {
        (party.organisation_id, party.part): party
        for party in agreement.parties.select_related("organisation")
    }
    for place, party in present.items():
        if place in wanted:
            continue
        if party.obligations.exists():
            raise PartyOwes(organisation=party.organisation.short)
        party.delete()
    for order, side in enumerate(sides, start=1):
        Party.objects.update_or_create(
            agreement=agreement,
            organisation=side.organisation,
            part=side.part,
            defaults={"order": order},
        )


@transaction.atomic
def add_obligation(
    agreement: Agreement,
    *,
    party: Party,
    text: Mapping[str, str],
    due_date: date | None,
    by: Person,
    at: datetime,
) -> Obligation:
    """Add to a draft what a party owes.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises AgreementFrozen: if it is signed.
    :raises NotOfThisAgreement: if the party belongs to another agreement.
    :raises TextMissing: if nothing is said.
    """
    permissions.check_can_manage(by)
    _check_is_draft(agreement)
    if party.agreement_id != agreement.pk:
        raise NotOfThisAgreement
    if not any(wording.strip() for wording in text.values()):
        raise TextMissing
    obligation = Obligation.objects.create(
        agreement=agreement, party=party, text=dict(text), due_date=due_date
    )
    details = {"obligation": obligation.ref}
    audit.record("agreements.obligation.added", subject=agreement, by=by, at=at, details=details)
    return obligation


@transaction.atomic
def remove_obligation(obligation: Obligation, *, by: Person, at: datetime) -> None:
    """Take an obligation out of a draft.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises AgreementFrozen: if the agreement is signed.
    """
    permissions.check_can_manage(by)
    agreement = obligation.agreement
    _check_is_draft(agreement)
    details = {"obligation": obligation.ref}
    obligation.delete()
    audit.record("agreements.obligation.removed", subject=agreement, by=by, at=at, details=details)


@transaction.atomic
def sign(agreement: Agreement, *, signed_date: date, by: Person, at: datetime) -> Agreement:
    """Record that the agreement was signed; its text, parties and obligations are frozen.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises SignedInFuture: if the day of signature has not come.
    :raises TooFewSignatories: if fewer than two organisations sign.
    :raises AgreementFrozen: if it is signed already.
    """
    permissions.check_can_manage(by)
    if signed_date > at.astimezone(ASHGABAT).date():
        raise SignedInFuture
    if agreement.parties.filter(part=Party.Part.SIGNATORY).count() < 2:
        raise TooFewSignatories
    changed = Agreement.objects.filter(pk=agreement.pk, state=State.DRAFT).update(
        state=State.SIGNED, signed_date=signed_date
    )
    if not changed:
        raise AgreementFrozen
    agreement.refresh_from_db()
    details = {"signed": signed_date.isoformat(), "content_sha256": digest(_content(agreement))}
    audit.record("agreements.agreement.signed", subject=agreement, by=by, at=at, details=details)
    return agreement


def _content(agreement: Agreement) -> dict[str, Any]:
    parties = agreement.parties.select_related("organisation")
    return {
        "title": agreement.title,
        "summary": agreement.summary,
        "starts": agreement.starts_date.isoformat(),
        "ends": agreement.ends_date.isoformat() if agreement.ends_date else None,
        "parties": [[party.organisation.ref, party.part] for party in parties],
        "obligations": [
            [row.ref, row.text, row.due_date.isoformat() if row.due_date else None]
            for row in agreement.obligations.order_by("pk")
        ],
    }


@transaction.atomic
def end_agreement(
    agreement: Agreement, *, ended_date: date, reason: str, by: Person, at: datetime
) -> Agreement:
    """Record that a signed agreement ended; nothing more can be asked under it.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises DatesOutOfOrder: if it would end before it was in force.
    :raises AgreementNotSigned: if it is a draft or ended already.
    """
    permissions.check_can_manage(by)
    if ended_date < agreement.starts_date:
        raise DatesOutOfOrder
    changed = Agreement.objects.filter(pk=agreement.pk, state=State.SIGNED).update(
        state=State.ENDED, ends_date=ended_date
    )
    if not changed:
        raise AgreementNotSigned
    agreement.refresh_from_db()
    details = {"ended": ended_date.isoformat(), "reason": reason}
    audit.record("agreements.agreement.ended", subject=agreement, by=by, at=at, details=details)
    return agreement


@transaction.atomic
def change_obligation(
    obligation: Obligation, *, state: str, evidence: str, by: Person, at: datetime
) -> Obligation:
    """Say how far an obligation of a signed agreement has come, and what shows it.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises AgreementNotSigned: if the agreement is still a draft.
    :raises StateNotReachable: if it cannot go from its present state to ``state``.
    :raises EvidenceNeeded: if it is fulfilled or waived without a word on why.
    """
    permissions.check_can_manage(by)
    if obligation.agreement.state == State.DRAFT:
        raise AgreementNotSigned
    before = obligation.state
    if not rules.may_move(before, state):
        raise StateNotReachable(
            before=Obligation.State(before).label, after=Obligation.State(state).label
        )
    if state in rules.NEED_EVIDENCE and not evidence.strip():
        raise EvidenceNeeded
    changed = Obligation.objects.filter(pk=obligation.pk, state=before).update(
        state=state, evidence=evidence.strip(), changed_at=at
    )
    if not changed:
        raise StateNotReachable(before=obligation.get_state_display(), after=state)
    obligation.refresh_from_db()
    details = {"before": before, "after": state, "evidence_sha256": digest(evidence)}
    audit.record("agreements.obligation.changed", subject=obligation, by=by, at=at, details=details)
    return obligation
