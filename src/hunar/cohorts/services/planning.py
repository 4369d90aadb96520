from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from hunar.audit import services as audit
from hunar.catalogue.models import CourseVersion, Programme
from hunar.cohorts import errors, events, permissions, queries, rules
from hunar.cohorts.models import Cohort, Enrolment, Intake, Room, Session
from hunar.cohorts.services import bookings
from hunar.kernel.calendar import ASHGABAT
from hunar.organisations.models import Organisation
from hunar.people.models import Person


@transaction.atomic
def plan_intake(
    programme: Programme,
    *,
    title: Mapping[str, str],
    starts_date: date,
    ends_date: date,
    by: Person,
    at: datetime,
) -> Intake:
    """Open a round of a programme, in which cohorts can be planned.

    :raises NotPermitted: if ``by`` manages no cohorts.
    :raises DatesOutOfOrder: if it ends before it starts.
    """
    permissions.check_can_manage(by)
    _check_order(starts_date, ends_date)
    intake = Intake.objects.create(
        programme=programme, title=dict(title), starts_date=starts_date, ends_date=ends_date
    )
    audit.record("cohorts.intake.planned", subject=intake, by=by, at=at)
    return intake


@transaction.atomic
def change_intake(
    intake: Intake,
    *,
    title: Mapping[str, str],
    starts_date: date,
    ends_date: date,
    by: Person,
    at: datetime,
) -> Intake:
    """Give a round another title or other dates.

    :raises OutsideRound: if one of its cohorts would lie outside.
    """
    permissions.check_can_manage(by)
    _check_order(starts_date, ends_date)
    intake.starts_date, intake.ends_date = starts_date, ends_date
    for cohort in intake.cohorts.all():
        _check_inside(intake, cohort.starts_date, cohort.ends_date)
    intake.title = dict(title)
    intake.save()
    audit.record(
        "cohorts.intake.changed",
        subject=intake,
        by=by,
        at=at,
        details={"starts": starts_date.isoformat(), "ends": ends_date.isoformat()},
    )
    return intake


@transaction.atomic
def add_room(
    organisation: Organisation,
    *,
    code: str,
    title: Mapping[str, str],
    capacity: int,
    by: Person,
    at: datetime,
) -> Room:
    """Enter a room in which the academy teaches.

    :raises CodeTaken: if a room has that code.
    """
    permissions.check_can_manage(by)
    try:
        with transaction.atomic():
            room = Room.objects.create(
                organisation=organisation, code=code, title=dict(title), capacity=capacity
            )
    except IntegrityError:
        raise errors.CodeTaken(code=code) from None
    audit.record(
        "cohorts.room.added",
        subject=organisation,
        by=by,
        at=at,
        details={"room": code, "capacity": capacity},
    )
    return room


@transaction.atomic
def plan_cohort(
    intake: Intake,
    *,
    version: CourseVersion,
    code: str,
    starts_date: date,
    ends_date: date,
    seats: int,
    room: Room | None = None,
    languages: Sequence[str] = ("tk", "ru"),
    by: Person,
    at: datetime,
) -> Cohort:
    """Plan a cohort in a round.

    :raises VersionNotPublished, DatesOutOfOrder, OutsideRound, RoomTooSmall: as named.
    :raises CodeTaken: if a cohort has that code.
    """
    permissions.check_can_manage(by)
    if version.state != CourseVersion.State.PUBLISHED:
        raise errors.VersionNotPublished
    _check_order(starts_date, ends_date)
    _check_inside(intake, starts_date, ends_date)
    bookings.check_capacity(room, seats)
    cohort = Cohort(
        intake=intake,
        version=version,
        code=code,
        starts_date=starts_date,
        ends_date=ends_date,
        seats=seats,
        room=room,
        languages=list(languages),
        feed_token=secrets.token_urlsafe(24),
    )
    _save_cohort(cohort)
    audit.record("cohorts.cohort.planned", subject=cohort, by=by, at=at, details=_facts_of(cohort))
    return cohort


@transaction.atomic
def change_cohort(
    cohort: Cohort,
    *,
    code: str,
    starts_date: date,
    ends_date: date,
    seats: int,
    room: Room | None,
    languages: Sequence[str],
    by: Person,
    at: datetime,
) -> Cohort:
    """Correct a cohort that is not closed. Sessions still to come move to a new room along.

    :raises CohortClosed, DatesOutOfOrder, OutsideRound, RoomTooSmall, RoomTaken, CodeTaken,
        SeatsTaken: as named.
    :raises SessionOutsideCohort: if sessions would lie outside the new dates.
    """
    permissions.check_can_manage(by)
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    check_open(cohort)
    _check_order(starts_date, ends_date)
    _check_inside(cohort.intake, starts_date, ends_date)
    bookings.check_capacity(room, seats)
    taken = Enrolment.objects.filter(queries.ON_THE_LIST, cohort=cohort).count()
    if seats < taken:
        raise errors.SeatsTaken(taken=taken)
    former_room = cohort.room
    cohort.code, cohort.seats, cohort.room = code, seats, room
    cohort.starts_date, cohort.ends_date = starts_date, ends_date
    cohort.languages = list(languages)
    for session in cohort.sessions.all():
        bookings.check_inside(cohort, session.starts_at, session.ends_at)
    _save_cohort(cohort)
    if room != former_room:
        _move_sessions(cohort, former_room, at)
    audit.record("cohorts.cohort.changed", subject=cohort, by=by, at=at, details=_facts_of(cohort))
    return cohort


def _move_sessions(cohort: Cohort, former_room: Room | None, at: datetime) -> None:
    coming = Session.objects.filter(cohort=cohort, room=former_room, starts_at__gt=at)
    for session in coming:
        bookings.check_room(cohort.room, session.starts_at, session.ends_at, but=session)
        session.room = cohort.room
        session.revision += 1
        session.changed_at = at
        session.save()


@transaction.atomic
def start_cohort(cohort: Cohort, *, by: Person, at: datetime) -> Cohort:
    """The course begins: planned becomes running.

    :raises WrongStep: if it is not planned.
    """
    permissions.check_can_manage(by)
    return _step(cohort, Cohort.State.RUNNING, by=by, at=at)


@transaction.atomic
def close_cohort(cohort: Cohort, *, by: Person, at: datetime) -> Cohort:
    """Make attendance final and give each enrolment its outcome.

    Whoever attended at least 80 % of the counted minutes has completed the cohort, the
    others are excluded from it. Tells upper rooms by ``cohort_closed``.

    :raises WrongStep: if it is closed already.
    :raises NoSessions, CohortNotOver, AttendanceIncomplete: if it cannot be closed yet.
    """
    permissions.check_can_manage(by)
    _check_over(cohort, at)
    shares = queries.attendance_shares(cohort)
    outcomes: dict[str, list[int]] = {"completed": [], "excluded": []}
    for pk, share in shares.items():
        outcomes[rules.outcome(share)].append(pk)
    for state, pks in outcomes.items():
        Enrolment.objects.filter(pk__in=pks, state=Enrolment.State.ENROLLED).update(
            state=state, ended_at=at
        )
    counts = {state: len(pks) for state, pks in outcomes.items()}
    cohort = _step(cohort, Cohort.State.CLOSED, by=by, at=at, details=counts)
    events.cohort_closed.send(sender=None, cohort=cohort, by=by, at=at)
    return cohort


def _check_over(cohort: Cohort, at: datetime) -> None:
    sessions = list(queries.sessions_of(cohort))
    if not any(session.is_counted for session in sessions):
        raise errors.NoSessions
    last = max(session.ends_at for session in sessions)
    if last > at:
        raise errors.CohortNotOver(ends=f"{last.astimezone(ASHGABAT):%d.%m.%Y %H:%M}")
    has_people = Enrolment.objects.filter(queries.ON_THE_LIST, cohort=cohort).exists()
    if has_people and (missing := queries.sessions_without_attendance(cohort).count()):
        raise errors.AttendanceIncomplete(count=missing)


def _step(
    cohort: Cohort,
    state: str,
    *,
    by: Person,
    at: datetime,
    details: Mapping[str, int] | None = None,
) -> Cohort:
    allowed = [present for present in rules.STEPS if rules.is_step_allowed(present, state)]
    # One statement decides: of two clicks at once, one wins.
    if not Cohort.objects.filter(pk=cohort.pk, state__in=allowed).update(state=state):
        raise errors.WrongStep
    cohort.refresh_from_db()
    verb = "started" if state == Cohort.State.RUNNING else "closed"
    audit.record(f"cohorts.cohort.{verb}", subject=cohort, by=by, at=at, details=details)
    return cohort


def check_open(cohort: Cohort) -> None:
    """
    :raises CohortClosed: if the records of ``cohort`` are final.
    """
    if cohort.is_closed:
        raise errors.CohortClosed


def _check_order(starts_date: date, ends_date: date) -> None:
    if ends_date < starts_date:
        raise errors.DatesOutOfOrder


def _check_inside(intake: Intake, starts_date: date, ends_date: date) -> None:
    if starts_date < intake.starts_date or ends_date > intake.ends_date:
        raise errors.OutsideRound(
            starts=f"{intake.starts_date:%d.%m.%Y}", ends=f"{intake.ends_date:%d.%m.%Y}"
        )


def _save_cohort(cohort: Cohort) -> None:
    try:
        with transaction.atomic():
            cohort.save()
    except IntegrityError:
        raise errors.CodeTaken(code=cohort.code) from None


def _facts_of(cohort: Cohort) -> dict[str, object]:
    return {
        "code": cohort.code,
        "version": cohort.version.ref,
        "starts": cohort.starts_date.isoformat(),
        "ends": cohort.ends_date.isoformat(),
        "seats": cohort.seats,
        "room": cohort.room.code if cohort.room else "",
    }
