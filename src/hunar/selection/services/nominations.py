from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from hunar.audit import services as audit
from hunar.kernel.calendar import ASHGABAT
from hunar.people.models import Employment, Person
from hunar.people.queries import employment_on
from hunar.selection import errors, permissions, rules
from hunar.selection.models import Call, Nomination
from hunar.selection.queries.facts import cohorts_of, facts_of, institution_of
from hunar.selection.services import messages, places


def check_accepts_nominations(call: Call, *, at: datetime) -> None:
    """Let pass while nominations can arrive.

    :raises CallNotPublished, CallNotOpen, CallClosed: otherwise.
    """
    if rules.accepts_nominations(
        call.state, opens_at=call.opens_at, closes_at=call.closes_at, at=at
    ):
        return
    if call.state == Call.State.DRAFT:
        raise errors.CallNotPublished
    if call.state == Call.State.PUBLISHED and at < call.opens_at:
        raise errors.CallNotOpen
    raise errors.CallClosed


@transaction.atomic
def nominate(
    call: Call,
    *,
    person: Person,
    preferences: Sequence[str],
    motivation: str,
    has_consent: bool,
    by: Person,
    at: datetime,
    replaces: Nomination | None = None,
) -> Nomination:
    """Nominate ``person`` for cohorts of ``call``; what is true of her now is frozen with it.

    :param preferences: codes of cohorts, the most wanted first.
    :param replaces: an own nomination that is withdrawn in the same act.
    :raises CallClosed, CallNotOpen, CallNotPublished: when the clock or the state forbids.
    :raises NotPermitted: if ``by`` does not nominate (``NominationForeignPerson``: for others).
    :raises NominationExists, PreferencesUnreadable, MotivationMissing: what has to be mended.
    """
    check_accepts_nominations(call, at=at)
    employment = employment_on(person, at.astimezone(ASHGABAT).date())
    permissions.check_can_nominate_for(by, employment.organisation if employment else None)
    assert employment is not None
    _check_wishes(call, preferences, motivation)
    if replaces is not None:
        withdraw(replaces, by=by, at=at)
    nomination = _create(
        call, employment, list(preferences), motivation.strip(), has_consent, by=by, at=at
    )
    audit.record(
        "selection.nomination.submitted",
        subject=nomination,
        by=by,
        at=at,
        details={
            "call": call.ref,
            "organisation": nomination.organisation.ref,
            "preferences": nomination.preferences,
            "replaces": replaces.ref if replaces else "",
        },
    )
    messages.tell_nominated(nomination, call=call, at=at)
    return nomination


def _check_wishes(call: Call, preferences: Sequence[str], motivation: str) -> None:
    known = {cohort.code for cohort in rules.from_json(call.rules).cohorts}
    wished = list(preferences)
    if not wished or len(set(wished)) < len(wished) or not set(wished) <= known:
        raise errors.PreferencesUnreadable
    if not motivation.strip():
        raise errors.MotivationMissing


def _create(
    call: Call,
    employment: Employment,
    preferences: list[str],
    motivation: str,
    has_consent: bool,
    *,
    by: Person,
    at: datetime,
) -> Nomination:
    person = employment.person
    facts = facts_of(
        [employment],
        cohorts=cohorts_of(call),
        on=at.astimezone(ASHGABAT).date(),
        consent={person.pk: has_consent},
    )[person.pk]
    checks = rules.check(rules.from_json(call.rules), facts, preferences)
    try:
        with transaction.atomic():
            return Nomination.objects.create(
                call=call,
                person=person,
                organisation=institution_of(employment.organisation),
                nominated_by=by,
                preferences=preferences,
                motivation=motivation,
                facts=facts.to_json(),
                eligibility=[each.to_json() for each in checks],
                blind_code=new_blind_code(),
                submitted_at=at,
            )
    except IntegrityError:
        raise errors.NominationExists from None


def new_blind_code() -> str:
    """What a marker sees instead of a name; nothing in it leads back to the person."""
    return base64.b32encode(secrets.token_bytes(5)).decode()


@transaction.atomic
def withdraw(nomination: Nomination, *, by: Person, at: datetime) -> Nomination:
    """Take a nomination back; a place that it held goes to the next by itself.

    :raises NominationOver: if it was withdrawn before.
    :raises NotPermitted: unless it is hers or of her institution.
    """
    permissions.check_can_withdraw(by, nomination)
    before = nomination.state
    changed = (
        Nomination.objects.filter(pk=nomination.pk)
        .exclude(state=Nomination.State.WITHDRAWN)
        .update(state=Nomination.State.WITHDRAWN, withdrawn_at=at)
    )
    if not changed:
        raise errors.NominationOver
    nomination.refresh_from_db()
    audit.record(
        "selection.nomination.withdrawn",
        subject=nomination,
        by=by,
        at=at,
        details={"call": nomination.call.ref, "from": before},
    )
    messages.tell_withdrawn(nomination, by=by, at=at)
    places.give_back_all(nomination, by=by, at=at)
    return nomination
