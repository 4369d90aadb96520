from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from hunar.audit import services as audit
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.queries import working_calendar
from hunar.kernel.signing import instant
from hunar.people.models import Person
from hunar.selection import errors, events, permissions, rules
from hunar.selection.models import Call, Decision, Nomination, Place
from hunar.selection.queries.facts import cohorts_of
from hunar.selection.queries.marking import incomplete_count
from hunar.selection.queries.nominations import counting
from hunar.selection.rules.explanation import results_by_nomination
from hunar.selection.services import messages
from hunar.selection.services.calls import move, sealed_seed
from hunar.selection.services.places import accept_by, state_after

KIND = "hunar/selection-protocol/1"


@transaction.atomic
def decide(call: Call, *, by: Person, at: datetime) -> Decision:
    """Fill the seats by the call's published rule and close the call for good.

    The protocol with rules, inputs, seed and result is signed and logged; places are
    offered, everybody is told.

    :raises CallDecided: if it is decided already, also by somebody at the same moment.
    :raises CallStillOpen, CallNotPublished: if nominations can still arrive.
    :raises MarksMissing: if a file lacks marks.
    :raises NotPermitted: unless ``by`` manages calls.
    """
    permissions.check_can_manage_calls(by)
    if not rules.allows(call.state, "decide"):
        raise _why_not_deciding(call)
    if missing := incomplete_count(call):
        raise errors.MarksMissing(count=missing)
    move(call, "decide", decided_at=at)
    protocol = audit.sign(_protocol(call, at=at), at=at)
    decision = Decision.objects.create(call=call, protocol=protocol, decided_at=at, decided_by=by)
    audit.record(
        "selection.call.decided",
        subject=call,
        by=by,
        at=at,
        details={"decision": decision.ref, "rules_sha256": call.rules_sha256},
        document=protocol,
    )
    _carry_out(call, protocol, at=at)
    events.call_decided.send(None, call=call, by=by, at=at)
    return decision


def _why_not_deciding(call: Call) -> Exception:
    if call.state == Call.State.DECIDED:
        return errors.CallDecided()
    if call.state == Call.State.DRAFT:
        return errors.CallNotPublished()
    return errors.CallStillOpen()


def _protocol(call: Call, *, at: datetime) -> dict[str, Any]:
    nominations = [each.to_json() for each in nomination_inputs(call)]
    seed = sealed_seed(call)
    lottery = {
        "list_root": rules.list_root([each["ref"] for each in nominations]),
        "commitments": {rules.ACADEMY: call.seed_commitment},
        "reveals": {rules.ACADEMY: seed},
    }
    return {
        "kind": KIND,
        "call": call.ref,
        "title": call.title,
        "published": instant(call.published_at or at),
        "closed": instant(call.closes_at),
        "decided": instant(at),
        "rules": call.rules,
        "rules_sha256": call.rules_sha256,
        "lottery": lottery,
        "nominations": nominations,
        "results": rules.results(call.rules, nominations, lottery),
    }


def nomination_inputs(call: Call) -> list[rules.NominationInput]:
    """The list as it stood at closing, by ref: institutions and markers are only numbered."""
    rows = counting(call).prefetch_related("marks").order_by("pk")
    listed = sorted(rows, key=lambda each: each.ref)
    labels: dict[int, str] = {}
    for each in listed:
        labels.setdefault(each.organisation_id, f"I{len(labels) + 1}")
    return [
        rules.NominationInput(
            ref=each.ref,
            institution=labels[each.organisation_id],
            preferences=tuple(each.preferences),
            facts=rules.Facts.from_json(each.facts),
            marks=_marks(each),
            is_withdrawn=each.state == Nomination.State.WITHDRAWN,
        )
        for each in listed
    ]


def _marks(nomination: Nomination) -> dict[str, list[Decimal]]:
    marks: dict[str, list[Decimal]] = {}
    for mark in sorted(nomination.marks.all(), key=lambda each: (each.criterion, each.marker_id)):
        marks.setdefault(mark.criterion, []).append(mark.value)
    return marks


def _carry_out(call: Call, protocol: Mapping[str, Any], *, at: datetime) -> None:
    found = results_by_nomination(protocol)
    outcome = rules.read_allocation(protocol["results"]["allocation"])
    placed = outcome.places()
    waiting = {ref for cohort in outcome.cohorts for ref in cohort.waiting}
    nominations = list(
        call.nominations.filter(state=Nomination.State.ELIGIBLE).select_related("person")
    )
    for nomination in nominations:
        result = found[nomination.ref]
        nomination.result = result
        nomination.points = Decimal(result["points"])
        nomination.state = state_after(nomination.ref, placed=placed, waiting=waiting)
    Nomination.objects.bulk_update(nominations, ["result", "points", "state"], batch_size=200)
    _offer(call, {each.ref: each for each in nominations}, placed, at=at)
    for nomination in nominations:
        if nomination.state != Nomination.State.CHOSEN:
            messages.tell_not_offered(nomination, at=at)


def _offer(
    call: Call, nominations: Mapping[str, Nomination], placed: Mapping[str, Any], *, at: datetime
) -> None:
    cohorts = {cohort.code: cohort for cohort in cohorts_of(call)}
    calendar = working_calendar(from_date=at.astimezone(ASHGABAT).date())
    days = rules.from_json(call.rules).acceptance_days
    for ref, seat in sorted(placed.items()):
        cohort = cohorts[seat.cohort]
        place = Place.objects.create(
            nomination=nominations[ref],
            cohort=cohort,
            slot=seat.slot,
            offered_at=at,
            accept_by=accept_by(cohort, calendar=calendar, days=days, at=at),
        )
        audit.record(
            "selection.place.offered",
            subject=place,
            by=None,
            at=at,
            details={"nomination": ref, "cohort": seat.cohort, "slot": seat.slot},
        )
        messages.tell_offered(place, at=at)
        events.place_offered.send(None, place=place, at=at)
