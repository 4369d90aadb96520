"""Whether a room, a trainer and a cohort are free. Checks that the writes share."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from hunar.cohorts import errors
from hunar.cohorts.models import Cohort, CohortTrainer, Room, Session
from hunar.kernel.calendar import ASHGABAT
from hunar.people.models import Person


def check_capacity(room: Room | None, seats: int) -> None:
    """
    :raises RoomTooSmall: if the cohort does not fit into ``room``.
    """
    if room and room.capacity < seats:
        raise errors.RoomTooSmall(capacity=room.capacity, seats=seats)


def check_inside(cohort: Cohort, starts_at: datetime, ends_at: datetime) -> None:
    """
    :raises DatesOutOfOrder: if the session ends before it starts.
    :raises SessionOutsideCohort: if it lies outside the cohort's days.
    """
    if ends_at <= starts_at:
        raise errors.DatesOutOfOrder
    first = starts_at.astimezone(ASHGABAT).date()
    last = ends_at.astimezone(ASHGABAT).date()
    if first < cohort.starts_date or last > cohort.ends_date:
        raise errors.SessionOutsideCohort(
            starts=f"{cohort.starts_date:%d.%m.%Y}", ends=f"{cohort.ends_date:%d.%m.%Y}"
        )


def check_room(
    room: Room | None, starts_at: datetime, ends_at: datetime, *, but: Session | None = None
) -> None:
    """
    :raises RoomTaken: naming the cohort that has the room then.
    """
    if room is None:
        return
    # Two officers who book the same room at once queue here (PostgreSQL).
    Room.objects.select_for_update().get(pk=room.pk)
    taken = _overlapping(starts_at, ends_at, but).filter(room=room).first()
    if taken:
        raise errors.RoomTaken(cohort=taken.cohort.code, when=_when(taken))


def check_trainer(
    cohort: Cohort,
    trainer: Person | None,
    starts_at: datetime,
    ends_at: datetime,
    *,
    but: Session | None = None,
) -> None:
    """
    :raises NotATrainer: if ``trainer`` does not teach the cohort.
    :raises TrainerBusy: naming the cohort that she teaches then.
    """
    if trainer is None:
        return
    if not CohortTrainer.objects.filter(cohort=cohort, person=trainer).exists():
        raise errors.NotATrainer
    Person.objects.select_for_update().get(pk=trainer.pk)
    taken = _overlapping(starts_at, ends_at, but).filter(trainer=trainer).first()
    if taken:
        raise errors.TrainerBusy(cohort=taken.cohort.code, when=_when(taken))


def check_cohort(
    cohort: Cohort, starts_at: datetime, ends_at: datetime, *, but: Session | None = None
) -> None:
    """
    :raises CohortBusy: if the cohort has another session then.
    """
    taken = _overlapping(starts_at, ends_at, but).filter(cohort=cohort).first()
    if taken:
        raise errors.CohortBusy(when=_when(taken))


def _overlapping(starts_at: datetime, ends_at: datetime, but: Session | None) -> QuerySet[Session]:
    rows = Session.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    rows = rows.select_related("cohort").order_by("starts_at")
    return rows.exclude(pk=but.pk) if but else rows


def _when(session: Session) -> str:
    starts = session.starts_at.astimezone(ASHGABAT)
    return f"{starts:%d.%m.%Y %H:%M}–{session.ends_at.astimezone(ASHGABAT):%H:%M}"
