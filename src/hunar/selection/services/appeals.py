from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from hunar.audit import services as audit
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.queries import working_calendar
from hunar.kernel.signing import digest
from hunar.people.models import Person
from hunar.selection import errors, permissions, rules
from hunar.selection.models import Appeal, Nomination
from hunar.selection.queries.appeals import appeal_window_ends
from hunar.selection.services import messages


@transaction.atomic
def file_appeal(nomination: Nomination, *, text: str, by: Person, at: datetime) -> Appeal:
    """Contest the result of an own nomination; the clock for the decision starts.

    :raises NothingToAppeal: while there is no result.
    :raises AppealTooLate: after the window of working days.
    :raises AppealOpen: while an earlier appeal is open.
    :raises AppealTextMissing: without a text.
    :raises NotPermitted: for everybody but the person herself.
    """
    permissions.check_concerns(by, nomination)
    if not text.strip():
        raise errors.AppealTextMissing
    until = appeal_window_ends(nomination)
    if until is None:
        raise errors.NothingToAppeal
    today = at.astimezone(ASHGABAT).date()
    if today > until:
        raise errors.AppealTooLate(until=f"{until:%d.%m.%Y}")
    appeal = _create(nomination, text.strip(), due_date=_due(nomination, today), at=at)
    audit.record(
        "selection.appeal.filed",
        subject=appeal,
        by=by,
        at=at,
        details={"nomination": nomination.ref, "due": appeal.due_date.isoformat()},
    )
    messages.tell_appeal_received(appeal, at=at)
    return appeal


def _due(nomination: Nomination, today: date) -> date:
    days = rules.from_json(nomination.call.rules).appeal_decision_days
    return working_calendar(from_date=today).after(today, days)


def _create(nomination: Nomination, text: str, *, due_date: date, at: datetime) -> Appeal:
    try:
        with transaction.atomic():
            return Appeal.objects.create(
                nomination=nomination, text=text, filed_at=at, due_date=due_date
            )
    except IntegrityError:
        raise errors.AppealOpen from None


@transaction.atomic
def decide_appeal(
    appeal: Appeal, *, is_upheld: bool, reasons: str, by: Person, at: datetime
) -> Appeal:
    """Uphold or dismiss an appeal with reasons; the person is told.

    :raises AppealDecided: if it is decided already.
    :raises AppealTextMissing: without reasons.
    :raises NotPermitted: if ``by`` is no appeals officer (``AppealsOfficerTookPart``: biased).
    """
    permissions.check_can_decide_appeal(by, appeal)
    if not reasons.strip():
        raise errors.AppealTextMissing
    state = Appeal.State.UPHELD if is_upheld else Appeal.State.DISMISSED
    changed = Appeal.objects.filter(pk=appeal.pk, state=Appeal.State.RECEIVED).update(
        state=state, officer=by, reasons=reasons.strip(), decided_at=at
    )
    if not changed:
        raise errors.AppealDecided
    appeal.refresh_from_db()
    audit.record(
        f"selection.appeal.{state.value}",
        subject=appeal,
        by=by,
        at=at,
        details={"nomination": appeal.nomination.ref, "reasons_sha256": digest(appeal.reasons)},
    )
    messages.tell_appeal_decided(appeal, at=at)
    return appeal
