from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hunar.audit import services as audit
from hunar.catalogue.models import Module
from hunar.cohorts import errors, permissions, queries, rules
from hunar.cohorts.models import Cohort, CohortTrainer, Room, Session
from hunar.cohorts.services import bookings
from hunar.cohorts.services.planning import check_open
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.queries import working_calendar
from hunar.kernel.text import in_all_languages
from hunar.people.models import Person

EXAM_TITLE = _("Final exam")


@transaction.atomic
def plan_session(
    cohort: Cohort,
    *,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    title: Mapping[str, str] | None = None,
    module: Module | None = None,
    room: Room | None = None,
    trainer: Person | None = None,
    by: Person,
    at: datetime,
) -> Session:
    """Put a session into the timetable. Without a room it takes place in the cohort's own;
    without a title it has its module's.

    :raises CohortClosed, DatesOutOfOrder, SessionOutsideCohort: as named.
    :raises RoomTooSmall, RoomTaken, NotATrainer, TrainerBusy, CohortBusy: on a clash.
    """
    permissions.check_can_manage(by)
    check_open(cohort)
    session = Session(
        cohort=cohort,
        module=module,
        kind=kind,
        title=_title(title, module),
        starts_at=starts_at,
        ends_at=ends_at,
        room=room or cohort.room,
        trainer=trainer,
    )
    _check_free(session)
    session.save()
    audit.record(
        "cohorts.session.planned", subject=session, by=by, at=at, details=_facts_of(session)
    )
    return session


@transaction.atomic
def change_session(
    session: Session,
    *,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    title: Mapping[str, str] | None,
    module: Module | None,
    room: Room | None,
    trainer: Person | None,
    by: Person,
    at: datetime,
) -> Session:
    """Move or rename a session; calendars that subscribed learn of it.

    :raises SessionHasAttendance: if its time or kind shall change after people attended.
    :raises CohortClosed, SessionOutsideCohort, RoomTaken, TrainerBusy, CohortBusy: as named.
    """
    permissions.check_can_manage(by)
    check_open(session.cohort)
    was = (session.kind, session.starts_at, session.ends_at)
    if was != (kind, starts_at, ends_at) and session.attendances.exists():
        raise errors.SessionHasAttendance
    session.kind, session.module, session.trainer = kind, module, trainer
    session.starts_at, session.ends_at = starts_at, ends_at
    session.room = room or session.cohort.room
    session.title = _title(title, module)
    _check_free(session)
    session.revision += 1
    session.changed_at = at
    session.save()
    audit.record(
        "cohorts.session.changed", subject=session, by=by, at=at, details=_facts_of(session)
    )
    return session


@transaction.atomic
def remove_session(session: Session, *, by: Person, at: datetime) -> None:
    """Take a session that nobody attended out of the timetable.

    :raises CohortClosed: if the cohort's records are final.
    :raises SessionHasAttendance: if attendance was recorded.
    """
    permissions.check_can_manage(by)
    check_open(session.cohort)
    if session.attendances.exists():
        raise errors.SessionHasAttendance
    audit.record(
        "cohorts.session.removed", subject=session, by=by, at=at, details=_facts_of(session)
    )
    session.delete()


@transaction.atomic
def generate_timetable(cohort: Cohort, *, by: Person, at: datetime) -> list[Session]:
    """Fill an empty timetable from the course's modules: one working day per day of the
    course, 09:00 to 16:00 with lunch at noon, the exam at the very end. The cohort's
    trainers take turns by module, the lead trainer first.

    :raises TimetableNotEmpty: if there are sessions already.
    :raises TimetableDoesNotFit: if the cohort has fewer working days than the course needs.
    :raises RoomTaken, TrainerBusy: on a clash; then nothing is planned.
    """
    permissions.check_can_manage(by)
    check_open(cohort)
    if cohort.sessions.exists():
        raise errors.TimetableNotEmpty
    modules = queries.modules_of(cohort)
    days = working_days(cohort)
    needed = len(rules.course_days(modules))
    if not needed or len(days) < needed:
        raise errors.TimetableDoesNotFit(needed=needed, days=len(days))
    sessions = _sessions(cohort, rules.plan(modules, days))
    for session in sessions:
        _check_free(session)
        session.save()
    audit.record(
        "cohorts.timetable.generated",
        subject=cohort,
        by=by,
        at=at,
        details={"sessions": len(sessions)},
    )
    return sessions


def working_days(cohort: Cohort) -> list[date]:
    """The days of ``cohort`` on which the academy works."""
    calendar = working_calendar(from_date=cohort.starts_date)
    length = (cohort.ends_date - cohort.starts_date).days + 1
    days = (cohort.starts_date + timedelta(days=offset) for offset in range(length))
    return [day for day in days if calendar.is_working(day)]


def _sessions(cohort: Cohort, planned: list[rules.PlannedSession]) -> list[Session]:
    modules = {module.pk: module for module in Module.objects.filter(version=cohort.version_id)}
    teachers = _teachers_by_module(cohort, list(modules))
    exam = in_all_languages(EXAM_TITLE)
    return [
        Session(
            cohort=cohort,
            module=modules.get(slot.module or 0),
            kind=slot.kind,
            title=modules[slot.module].title if slot.module else exam,
            starts_at=_moment(slot.day, slot.starts),
            ends_at=_moment(slot.day, slot.ends),
            room=cohort.room,
            trainer=teachers.get(slot.module or 0),
        )
        for slot in planned
    ]


def _teachers_by_module(cohort: Cohort, modules: list[int]) -> dict[int, Person]:
    order = {CohortTrainer.Part.LEAD: 0, CohortTrainer.Part.EXPERT: 1}
    trainers = sorted(queries.trainers_of(cohort), key=lambda row: order.get(row.part, 2))  # type: ignore[call-overload]
    if not trainers:
        return {}
    return {module: trainers[place % len(trainers)].person for place, module in enumerate(modules)}


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ASHGABAT)


def _check_free(session: Session) -> None:
    cohort, starts_at, ends_at = session.cohort, session.starts_at, session.ends_at
    but = session if session.pk else None
    bookings.check_inside(cohort, starts_at, ends_at)
    bookings.check_capacity(session.room, cohort.seats)
    bookings.check_cohort(cohort, starts_at, ends_at, but=but)
    bookings.check_room(session.room, starts_at, ends_at, but=but)
    bookings.check_trainer(cohort, session.trainer, starts_at, ends_at, but=but)


def _title(title: Mapping[str, str] | None, module: Module | None) -> dict[str, str]:
    if title and any(title.values()):
        return dict(title)
    return dict(module.title) if module else {}


def _facts_of(session: Session) -> dict[str, object]:
    return {
        "cohort": session.cohort.ref,
        "kind": session.kind,
        "starts": session.starts_at.astimezone(ASHGABAT).isoformat(),
        "ends": session.ends_at.astimezone(ASHGABAT).isoformat(),
        "room": session.room.code if session.room else "",
        "trainer": session.trainer.ref if session.trainer else "",
    }
