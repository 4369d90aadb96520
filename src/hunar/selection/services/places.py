"""Places: offered, accepted, declined, lapsed, given back; one way to the next in the order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hunar.audit import services as audit
from hunar.cohorts import services as cohorts
from hunar.cohorts.models import Cohort, Enrolment
from hunar.engines import allocation
from hunar.kernel.calendar import ASHGABAT, WorkingCalendar, end_of_day
from hunar.kernel.queries import working_calendar
from hunar.people.models import Person
from hunar.selection import errors, events, permissions, rules
from hunar.selection.models import Call, Decision, Nomination, Place
from hunar.selection.queries.facts import cohorts_of
from hunar.selection.queries.places import standing_of
from hunar.selection.services import messages

LIVE = (Place.State.OFFERED, Place.State.ACCEPTED)


@transaction.atomic
def accept(place: Place, *, by: Person, at: datetime) -> Enrolment:
    """Take an offered place: the person is enrolled in the cohort.

    :raises PlaceAnswered, PlaceLapsed: if the offer is no longer open.
    :raises NotPermitted: for everybody but the person herself.
    """
    permissions.check_concerns(by, place.nomination)
    if place.state == Place.State.OFFERED and at > place.accept_by:
        raise errors.PlaceLapsed
    _leave_offered(place, Place.State.ACCEPTED, at=at)
    enrolment = cohorts.enrol(
        place.cohort, person=place.nomination.person, by=by, at=at, source_ref=place.ref
    )
    _record("accepted", place, by=by, at=at)
    events.place_accepted.send(None, place=place, by=by, at=at)
    return enrolment


@transaction.atomic
def decline(place: Place, *, by: Person, at: datetime) -> Place:
    """Give an offered place back; it is offered at once to the next in the published order.

    She keeps waiting for cohorts that she ranks higher.

    :raises PlaceAnswered: if the offer is no longer open.
    :raises NotPermitted: for everybody but the person herself.
    """
    permissions.check_concerns(by, place.nomination)
    _leave_offered(place, Place.State.DECLINED, at=at)
    _record("declined", place, by=by, at=at)
    fill_free_seats(place.nomination.call, at=at)
    return place


@transaction.atomic
def lapse_overdue(*, at: datetime) -> int:
    """Let every offer lapse whose time has passed, and offer the seats to the next.

    Returns how many lapsed. Run twice, it does nothing the second time.
    """
    overdue = list(
        Place.objects.filter(state=Place.State.OFFERED, accept_by__lt=at).select_related(
            "nomination__person", "nomination__call", "cohort"
        )
    )
    lapsed = []
    for place in overdue:
        changed = Place.objects.filter(pk=place.pk, state=Place.State.OFFERED).update(
            state=Place.State.LAPSED, answered_at=at
        )
        if changed:
            place.state = Place.State.LAPSED
            _record("lapsed", place, by=None, at=at)
            messages.tell_lapsed(place, at=at)
            lapsed.append(place)
    for call in {place.nomination.call_id: place.nomination.call for place in lapsed}.values():
        fill_free_seats(call, at=at)
    return len(lapsed)


@transaction.atomic
def vacate(*, source_ref: str, by: Person | None, at: datetime) -> None:
    """An enrolment that rested on a place has ended early: its seat goes to the next."""
    place = _place_of(source_ref)
    if place is None:
        return
    changed = Place.objects.filter(pk=place.pk, state=Place.State.ACCEPTED).update(
        state=Place.State.VACATED, answered_at=at
    )
    if changed:
        _record("vacated", place, by=by, at=at)
        fill_free_seats(place.nomination.call, at=at)


def _place_of(source_ref: str) -> Place | None:
    from hunar.kernel.ids import UnreadablePaperId, read_paper_id

    try:
        paper = read_paper_id(source_ref)
    except UnreadablePaperId:
        return None
    if paper.prefix != Place.PREFIX:
        return None
    places = Place.objects.select_related("nomination__call", "nomination__person", "cohort")
    return places.filter(pk=paper.number).first()


def give_back_all(nomination: Nomination, *, by: Person, at: datetime) -> None:
    """Free the seat of a nomination that is withdrawn: a live offer, or an enrolment."""
    for place in nomination.places.filter(state__in=LIVE).select_related("cohort"):
        if place.state == Place.State.OFFERED:
            _leave_offered(place, Place.State.VACATED, at=at)
            _record("vacated", place, by=by, at=at)
            fill_free_seats(nomination.call, at=at)
            continue
        enrolment = Enrolment.objects.filter(
            source_ref=place.ref, state=Enrolment.State.ENROLLED
        ).first()
        if enrolment is not None:
            # The event that follows frees the seat.
            cohorts.withdraw(enrolment, by=by, at=at, reason=f"{nomination.ref}")


def _leave_offered(place: Place, state: str, *, at: datetime) -> None:
    changed = Place.objects.filter(pk=place.pk, state=Place.State.OFFERED).update(
        state=state, answered_at=at
    )
    if not changed:
        raise errors.PlaceAnswered
    place.state, place.answered_at = state, at


def _record(verb: str, place: Place, *, by: Person | None, at: datetime) -> None:
    audit.record(
        f"selection.place.{verb}",
        subject=place,
        by=by,
        at=at,
        details={
            "nomination": place.nomination.ref,
            "cohort": place.cohort.code,
            "slot": place.slot,
        },
    )


@transaction.atomic
def fill_free_seats(call: Call, *, at: datetime) -> list[Place]:
    """Offer every free seat to the next in the published order; returns the new offers.

    One service behind every path: decline, lapse, withdrawal, appeal. Cohorts whose first
    day has passed are left alone.
    """
    # Whoever fills seats of this call waits for whoever does so now.
    call = Call.objects.select_for_update().get(pk=call.pk)
    decision = Decision.objects.filter(call=call).first()
    if decision is None:
        return []
    today = at.astimezone(ASHGABAT).date()
    filled = {cohort.code: cohort for cohort in cohorts_of(call)}
    open_cohorts = [code for code, cohort in filled.items() if cohort.starts_date >= today]
    market = rules.market_of_protocol(decision.protocol)
    standing = standing_of(call, market)
    outcome = rules.next_round(market, standing, open_cohorts=open_cohorts)
    offers = _apply(call, outcome, filled, at=at)
    _set_states(call, outcome)
    return offers


def _apply(
    call: Call, outcome: allocation.Allocation, filled: dict[str, Cohort], *, at: datetime
) -> list[Place]:
    wanted = outcome.places()
    nominations = {
        each.ref: each for each in call.nominations.select_related("person").order_by("pk")
    }
    held = {
        place.nomination_id: place
        for place in Place.objects.filter(nomination__call=call, state__in=LIVE).select_related(
            "cohort", "nomination"
        )
    }
    calendar = working_calendar(from_date=at.astimezone(ASHGABAT).date())
    offers = []
    for ref, seat in sorted(wanted.items()):
        nomination = nominations[ref]
        place = held.get(nomination.pk)
        if place and place.cohort.code == seat.cohort:
            if place.slot != seat.slot:
                Place.objects.filter(pk=place.pk).update(slot=seat.slot)
            continue
        if place:
            _leave_offered(place, Place.State.REPLACED, at=at)
            _record("replaced", place, by=None, at=at)
        offers.append(
            _promote(call, nomination, filled[seat.cohort], seat.slot, calendar=calendar, at=at)
        )
    return offers


def _promote(
    call: Call,
    nomination: Nomination,
    cohort: Cohort,
    slot: str,
    *,
    calendar: WorkingCalendar,
    at: datetime,
) -> Place:
    days = rules.from_json(call.rules).acceptance_days
    place = Place.objects.create(
        nomination=nomination,
        cohort=cohort,
        slot=slot,
        is_promotion=True,
        offered_at=at,
        accept_by=accept_by(cohort, calendar=calendar, days=days, at=at),
    )
    _record("promoted", place, by=None, at=at)
    messages.tell_offered(place, at=at)
    events.place_offered.send(None, place=place, at=at)
    return place


def accept_by(cohort: Cohort, *, calendar: WorkingCalendar, days: int, at: datetime) -> datetime:
    """The end of the last working day to accept; at the latest the cohort's first day."""
    today = at.astimezone(ASHGABAT).date()
    last = min(calendar.after(today, days), max(cohort.starts_date, today))
    return end_of_day(last)


def _set_states(call: Call, outcome: allocation.Allocation) -> None:
    waiting = {ref for cohort in outcome.cohorts for ref in cohort.waiting}
    placed = set(outcome.places())
    changed = []
    states = (Nomination.State.CHOSEN, Nomination.State.WAITING, Nomination.State.NOT_CHOSEN)
    for nomination in call.nominations.filter(state__in=states):
        state = state_after(nomination.ref, placed=placed, waiting=waiting)
        if nomination.state != state:
            nomination.state = state
            changed.append(nomination)
    Nomination.objects.bulk_update(changed, ["state"], batch_size=500)


def state_after(ref: str, *, placed: Iterable[str], waiting: Iterable[str]) -> str:
    """What a round makes of an eligible nomination."""
    if ref in placed:
        return Nomination.State.CHOSEN
    return Nomination.State.WAITING if ref in waiting else Nomination.State.NOT_CHOSEN
