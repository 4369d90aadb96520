from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from hunar.audit.models import Entry
from hunar.cohorts import errors, events, queries, services
from hunar.cohorts.models import Attendance, Cohort, CohortTrainer, Enrolment, OfficialDocument
from hunar.cohorts.services import Mark
from hunar.cohorts.tests.makers import (
    attend_all,
    make_attendance,
    make_cohort,
    make_enrolment,
    make_intake,
    make_room,
    make_session,
    make_trainer,
    make_version,
    words,
)
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.errors import NotPermitted
from hunar.notifications.models import Message
from hunar.organisations.tests.makers import make_organisation
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import give_role, make_employment, make_person
from hunar.records.models import Statement

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 11, 20, 7, tzinfo=UTC)
AFTERWARDS = datetime(2025, 12, 6, 7, tzinfo=UTC)


@pytest.fixture
def officer() -> Person:
    return make_person(role=Role.PROGRAMME_OFFICER)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 12, day, hour, minute, tzinfo=ASHGABAT)


# Planning --------------------------------------------------------------------


def plan(officer: Person, **changes: object) -> Cohort:
    facts: dict[str, object] = {
        "version": make_version(),
        "code": "CYB-2025",
        "starts_date": date(2025, 12, 2),
        "ends_date": date(2025, 12, 5),
        "seats": 40,
    }
    return services.plan_cohort(make_intake(), by=officer, at=NOON, **(facts | changes))  # type: ignore[arg-type]


def test_plan_makes_a_cohort_with_a_secret_calendar_address(officer: Person):
    cohort = plan(officer, room=make_room(capacity=40))
    assert cohort.is_planned
    assert len(cohort.feed_token) > 20
    assert Entry.objects.filter(act="cohorts.cohort.planned", subject_ref=cohort.ref).exists()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"ends_date": date(2025, 12, 1)}, errors.DatesOutOfOrder),
        ({"starts_date": date(2024, 12, 1)}, errors.OutsideRound),
    ],
)
def test_plan_refuses_wrong_dates(officer: Person, changes, error):
    with pytest.raises(error):
        plan(officer, **changes)


def test_plan_refuses_a_draft_a_small_room_and_a_code_in_use(officer: Person):
    with pytest.raises(errors.VersionNotPublished):
        plan(officer, version=make_version(state="draft"))
    with pytest.raises(errors.RoomTooSmall):
        plan(officer, room=make_room(capacity=39))
    plan(officer)
    with pytest.raises(errors.CodeTaken):
        plan(officer)


def test_only_officers_plan():
    for person in (make_person(role=Role.TRAINER), make_person(role=Role.HR_OFFICER)):
        with pytest.raises(NotPermitted):
            plan(person)


def test_change_refuses_fewer_seats_than_people(officer: Person):
    enrolment = make_enrolment()
    make_enrolment(cohort=enrolment.cohort)
    with pytest.raises(errors.SeatsTaken):
        change(enrolment.cohort, officer, seats=1)


def change(cohort: Cohort, officer: Person, **changes: object) -> Cohort:
    facts: dict[str, object] = {
        "code": cohort.code,
        "starts_date": cohort.starts_date,
        "ends_date": cohort.ends_date,
        "seats": cohort.seats,
        "room": cohort.room,
        "languages": cohort.languages,
    }
    return services.change_cohort(cohort, by=officer, at=NOON, **(facts | changes))  # type: ignore[arg-type]


def test_a_new_room_takes_the_coming_sessions_along(officer: Person):
    cohort = make_cohort(room=make_room())
    session = make_session(cohort=cohort)
    room = make_room()
    change(cohort, officer, room=room)
    session.refresh_from_db()
    assert (session.room, session.revision) == (room, 1)


def test_a_new_room_that_is_taken_is_refused(officer: Person):
    room = make_room()
    make_session(cohort=make_cohort(room=room))
    cohort = make_cohort(room=make_room())
    make_session(cohort=cohort)
    with pytest.raises(errors.RoomTaken):
        change(cohort, officer, room=room)


# Timetable -------------------------------------------------------------------


def put(cohort: Cohort, officer: Person, hour: int = 9, **changes: object):
    facts: dict[str, object] = {
        "kind": "lesson",
        "title": words("Session"),
        "starts_at": at(2, hour),
        "ends_at": at(2, hour + 1),
    }
    return services.plan_session(cohort, by=officer, at=NOON, **(facts | changes))  # type: ignore[arg-type]


def test_a_room_is_not_booked_twice(officer: Person):
    room = make_room()
    put(make_cohort(room=room), officer)
    other = make_cohort(room=room)
    with pytest.raises(errors.RoomTaken):
        put(other, officer, starts_at=at(2, 9, 59))
    assert put(other, officer, hour=10).room == room


def test_a_trainer_teaches_one_cohort_at_a_time(officer: Person):
    trainer = make_person()
    first, second = make_cohort(), make_cohort()
    make_trainer(first, person=trainer)
    with pytest.raises(errors.NotATrainer):
        put(second, officer, trainer=trainer)
    make_trainer(second, person=trainer)
    put(first, officer, trainer=trainer)
    with pytest.raises(errors.TrainerBusy):
        put(second, officer, trainer=trainer)


def test_a_cohort_is_in_one_place_within_its_days(officer: Person):
    cohort = make_cohort()
    put(cohort, officer)
    with pytest.raises(errors.CohortBusy):
        put(cohort, officer)
    with pytest.raises(errors.SessionOutsideCohort):
        put(cohort, officer, starts_at=at(9, 9), ends_at=at(9, 10))
    with pytest.raises(errors.DatesOutOfOrder):
        put(cohort, officer, starts_at=at(2, 12), ends_at=at(2, 11))


def test_change_raises_the_revision(officer: Person):
    session = make_session()
    services.change_session(
        session,
        kind="lab",
        starts_at=at(3, 9),
        ends_at=at(3, 10),
        title=None,
        module=None,
        room=None,
        trainer=None,
        by=officer,
        at=NOON,
    )
    session.refresh_from_db()
    assert (session.revision, session.changed_at, session.kind) == (1, NOON, "lab")


def test_a_session_with_attendance_stays(officer: Person):
    enrolment = make_enrolment()
    session = make_session(cohort=enrolment.cohort)
    make_attendance(session=session, enrolment=enrolment)
    with pytest.raises(errors.SessionHasAttendance):
        services.remove_session(session, by=officer, at=NOON)
    other = make_session(cohort=enrolment.cohort, hour=13)
    services.remove_session(other, by=officer, at=NOON)
    assert Entry.objects.filter(act="cohorts.session.removed").count() == 1


def test_generate_plans_sixteen_sessions_and_trainers_take_turns(officer: Person):
    cohort = make_cohort(version=make_version(days=4), room=make_room())
    lead = make_trainer(cohort).person
    expert = make_trainer(cohort, part=CohortTrainer.Part.EXPERT).person
    sessions = services.generate_timetable(cohort, by=officer, at=NOON)
    assert len(sessions) == 16
    assert [session.trainer for session in sessions[0:8:4]] == [lead, expert]
    assert sessions[-1].title["en"] == "Final exam"
    assert {session.room for session in sessions} == {cohort.room}


def test_generate_refuses_a_short_cohort_and_a_full_timetable(officer: Person):
    short = make_cohort(version=make_version(days=4), ends_date=date(2025, 12, 3))
    with pytest.raises(errors.TimetableDoesNotFit):
        services.generate_timetable(short, by=officer, at=NOON)
    with pytest.raises(errors.TimetableNotEmpty):
        services.generate_timetable(make_session().cohort, by=officer, at=NOON)


def test_a_trainer_with_sessions_is_not_released(officer: Person):
    cohort = make_cohort()
    trainer = services.appoint_trainer(
        cohort, person=make_person(), part="lead", by=officer, at=NOON
    ).person
    session = make_session(cohort=cohort, trainer=trainer)
    with pytest.raises(errors.TrainerTeaches):
        services.release_trainer(cohort, person=trainer, by=officer, at=NOON)
    session.delete()
    services.release_trainer(cohort, person=trainer, by=officer, at=NOON)
    with pytest.raises(errors.NotATrainer):
        services.release_trainer(cohort, person=trainer, by=officer, at=NOON)


# Enrolment -------------------------------------------------------------------


def test_enrol_writes_down_what_is_true_on_the_first_day(officer: Person):
    held = make_employment(person=make_person(birth_date=date(1990, 12, 3)))
    heard: list[Enrolment] = []

    def listen(enrolment: Enrolment, **rest: object) -> None:
        heard.append(enrolment)

    events.person_enrolled.connect(listen)
    enrolment = services.enrol(
        make_cohort(), person=held.person, by=officer, at=NOON, source_ref="PLC-1"
    )
    events.person_enrolled.disconnect(listen)
    assert heard == [enrolment]
    assert (enrolment.organisation, enrolment.post) == (held.organisation, held.post)
    assert enrolment.region == held.organisation.region
    assert enrolment.age == 34
    assert enrolment.source_ref == "PLC-1"
    assert Message.objects.get(person=held.person).code == "cohorts.enrolled"


def test_enrol_takes_the_last_seat_and_no_more(officer: Person):
    cohort = make_cohort(seats=1)
    enrolment = services.enrol(cohort, person=make_employment().person, by=officer, at=NOON)
    assert queries.seats_free(cohort) == 0
    other = make_employment().person
    with pytest.raises(errors.NoSeats):
        services.enrol(cohort, person=other, by=officer, at=NOON)
    services.withdraw(enrolment, by=officer, at=NOON, reason="Illness")
    services.enrol(cohort, person=other, by=officer, at=NOON)


def test_enrol_refuses_twice_a_closed_cohort_and_somebody_without_a_post(officer: Person):
    enrolment = make_enrolment()
    with pytest.raises(errors.AlreadyEnrolled):
        services.enrol(enrolment.cohort, person=enrolment.person, by=officer, at=NOON)
    closed = make_cohort(state=Cohort.State.CLOSED)
    with pytest.raises(errors.CohortClosed):
        services.enrol(closed, person=make_employment().person, by=officer, at=NOON)
    with pytest.raises(errors.NoPost):
        services.enrol(make_cohort(), person=make_person(), by=officer, at=NOON)


def test_who_was_withdrawn_can_be_enrolled_again(officer: Person):
    enrolment = make_enrolment()
    services.withdraw(enrolment, by=officer, at=NOON, reason="Duty trip")
    again = services.enrol(enrolment.cohort, person=enrolment.person, by=officer, at=NOON)
    assert again.pk != enrolment.pk


def test_a_person_takes_only_a_seat_for_which_she_has_a_ground():
    person = make_employment().person
    with pytest.raises(NotPermitted):
        services.enrol(make_cohort(), person=person, by=person, at=NOON)
    assert services.enrol(
        make_cohort(), person=person, by=person, at=NOON, source_ref="PLC-2"
    ).is_enrolled


def test_a_nominating_officer_acts_for_her_own_institution_only():
    held = make_employment()
    own = make_person(role=Role.HR_OFFICER, organisation=held.organisation)
    foreign = make_person(role=Role.HR_OFFICER, organisation=make_organisation())
    cohort = make_cohort()
    with pytest.raises(NotPermitted):
        services.enrol(cohort, person=held.person, by=foreign, at=NOON, source_ref="P")
    enrolment = services.enrol(cohort, person=held.person, by=own, at=NOON, source_ref="P")
    with pytest.raises(NotPermitted):
        services.withdraw(enrolment, by=foreign, at=NOON, reason="x")
    services.withdraw(enrolment, by=own, at=NOON, reason="Replaced")
    enrolment.refresh_from_db()
    assert (enrolment.is_withdrawn, enrolment.end_reason) == (True, "Replaced")


def test_withdraw_happens_once_and_is_told(officer: Person):
    heard: list[Enrolment] = []

    def listen(enrolment: Enrolment, **rest: object) -> None:
        heard.append(enrolment)

    enrolment = make_enrolment()
    events.enrolment_withdrawn.connect(listen)
    services.withdraw(enrolment, by=officer, at=NOON, reason="Illness")
    with pytest.raises(errors.EnrolmentEnded):
        services.withdraw(enrolment, by=officer, at=NOON, reason="Illness")
    events.enrolment_withdrawn.disconnect(listen)
    assert len(heard) == 1
    entry = Entry.objects.get(act="cohorts.enrolment.withdrawn")
    assert "Illness" not in str(entry.details)


# Attendance ------------------------------------------------------------------


def test_record_counts_minutes_by_state(officer: Person):
    enrolment = make_enrolment()
    sessions = [make_session(cohort=enrolment.cohort, hour=hour) for hour in (9, 11, 13, 15)]
    marks = [("present", None), ("late", 60), ("excused", None), ("absent", None)]
    for session, (state, minutes) in zip(sessions, marks, strict=True):
        services.record_attendance(
            session,
            enrolment=enrolment,
            state=state,
            minutes=minutes,
            method="sheet",
            by=officer,
            at=AFTERWARDS,
        )
    assert queries.attendance_share(enrolment) == Fraction(150, 360)
    assert Statement.objects.filter(person=enrolment.person).count() == 2


def test_record_leaves_what_is_known_and_correct_keeps_it_in_the_log(officer: Person):
    enrolment = make_enrolment()
    session = make_session(cohort=enrolment.cohort)
    facts = {"enrolment": enrolment, "method": "sheet", "by": officer, "at": AFTERWARDS}
    first = services.record_attendance(session, state="present", minutes=90, **facts)
    again = services.record_attendance(session, state="absent", minutes=0, **facts)
    assert again == first
    assert again.state == "present"
    with pytest.raises(errors.ReasonNeeded):
        services.correct_attendance(
            first, mark=Mark("absent"), reason="because", by=officer, at=AFTERWARDS
        )
    services.correct_attendance(
        first, mark=Mark("absent"), reason="mistake", by=officer, at=AFTERWARDS
    )
    entry = Entry.objects.get(act="cohorts.attendance.corrected")
    assert entry.details["was"] == {"state": "present", "minutes": 90, "method": "sheet"}
    assert entry.details["now"]["state"] == "absent"
    assert entry.details["reason"] == "mistake"


def test_attendance_is_recorded_by_the_cohorts_own_trainer():
    enrolment = make_enrolment()
    session = make_session(cohort=enrolment.cohort)
    own = make_trainer(enrolment.cohort).person
    foreign = make_trainer(make_cohort()).person
    give_role(foreign, Role.TRAINER)
    facts = {"enrolment": enrolment, "state": "present", "at": AFTERWARDS}
    for person in (foreign, enrolment.person):
        with pytest.raises(errors.NotYourCohort):
            services.record_attendance(session, by=person, **facts)
    assert services.record_attendance(session, by=own, **facts).minutes == 90


def test_attendance_is_not_foretold(officer: Person):
    enrolment = make_enrolment()
    session = make_session(cohort=enrolment.cohort)
    with pytest.raises(errors.AttendanceEarly):
        services.record_attendance(
            session, enrolment=enrolment, state="present", by=officer, at=NOON
        )
    with pytest.raises(errors.MinutesOutOfRange):
        services.record_attendance(
            session, enrolment=enrolment, state="late", minutes=91, by=officer, at=AFTERWARDS
        )


def test_a_sheet_is_written_as_a_whole(officer: Person):
    cohort = make_cohort()
    enrolments = [make_enrolment(cohort=cohort) for _ in range(3)]
    session = make_session(cohort=cohort)
    marks = {row.pk: Mark("present") for row in enrolments}
    bad = marks | {enrolments[2].pk: Mark("late", 500)}
    with pytest.raises(errors.MinutesOutOfRange):
        services.record_sheet(session, marks=bad, by=officer, at=AFTERWARDS)
    assert not Attendance.objects.exists()
    assert services.record_sheet(session, marks=marks, by=officer, at=AFTERWARDS) == 3
    assert services.record_sheet(session, marks=marks, by=officer, at=AFTERWARDS) == 0
    assert Entry.objects.get(act="cohorts.attendance.sheet-recorded").details["present"] == 3


def test_a_sheet_corrects_with_a_reason_only(officer: Person):
    enrolment = make_enrolment()
    session = make_session(cohort=enrolment.cohort)
    make_attendance(session=session, enrolment=enrolment)
    facts = {"marks": {enrolment.pk: Mark("absent")}, "by": officer, "at": AFTERWARDS}
    with pytest.raises(errors.ReasonNeeded):
        services.record_sheet(session, **facts)
    with pytest.raises(errors.AttendanceStale):
        services.record_sheet(session, reason="sheet", seen={enrolment.pk: "absent"}, **facts)
    assert services.record_sheet(session, reason="sheet", seen={enrolment.pk: "present"}, **facts)


def test_arrive_counts_once_and_only_for_the_enrolled():
    enrolment = make_enrolment()
    session = make_session(cohort=enrolment.cohort)
    row = services.arrive(session, person=enrolment.person, at=at(2, 9, 30))
    assert (row.state, row.minutes, row.method) == ("late", 60, "qr")
    again = services.arrive(session, person=enrolment.person, at=at(2, 10))
    assert again.minutes == 60
    with pytest.raises(errors.NotEnrolled):
        services.arrive(session, person=make_person(), at=at(2, 9))
    with pytest.raises(errors.AttendanceNotOpen):
        services.arrive(session, person=enrolment.person, at=at(2, 11))


# Closing ---------------------------------------------------------------------


def test_close_completes_from_eighty_per_cent_on(officer: Person):
    cohort = make_cohort(state=Cohort.State.RUNNING)
    sessions = [make_session(cohort=cohort, hour=hour, minutes=60) for hour in range(9, 14)]
    make_session(cohort=cohort, hour=15, kind="exam")
    exact, below, gone = (make_enrolment(cohort=cohort) for _ in range(3))
    services.withdraw(gone, by=officer, at=NOON, reason="Illness")
    for session in sessions[:4]:
        make_attendance(session=session, enrolment=exact)
    for session in sessions:
        make_attendance(session=session, enrolment=below, minutes=47)
    services.close_cohort(cohort, by=officer, at=AFTERWARDS)
    for enrolment, state in ((exact, "completed"), (below, "excluded"), (gone, "withdrawn")):
        enrolment.refresh_from_db()
        assert enrolment.state == state
    with pytest.raises(errors.WrongStep):
        services.close_cohort(cohort, by=officer, at=AFTERWARDS)


def test_close_waits_for_the_end_and_for_the_attendance(officer: Person):
    cohort = make_cohort()
    with pytest.raises(errors.NoSessions):
        services.close_cohort(cohort, by=officer, at=AFTERWARDS)
    make_session(cohort=cohort)
    enrolment = make_enrolment(cohort=cohort)
    with pytest.raises(errors.CohortNotOver):
        services.close_cohort(cohort, by=officer, at=NOON)
    with pytest.raises(errors.AttendanceIncomplete):
        services.close_cohort(cohort, by=officer, at=AFTERWARDS)
    attend_all([enrolment], cohort=cohort)
    assert services.close_cohort(cohort, by=officer, at=AFTERWARDS).is_closed


def test_a_closed_cohort_takes_no_further_attendance(officer: Person):
    cohort = make_cohort(state=Cohort.State.CLOSED)
    session = make_session(cohort=cohort)
    enrolment = make_enrolment(cohort=cohort)
    with pytest.raises(errors.CohortClosed):
        services.record_attendance(
            session, enrolment=enrolment, state="present", by=officer, at=AFTERWARDS
        )


# Documents -------------------------------------------------------------------


def test_documents_are_numbered_without_gaps_per_kind_and_year(officer: Person):
    cohort = make_enrolment().cohort
    kinds = OfficialDocument.Kind
    facts = {"by": officer, "at": AFTERWARDS}
    numbers = [
        services.register_own_document(cohort, kind=kind, **facts).number
        for kind in (kinds.GROUP_LIST, kinds.GROUP_LIST, kinds.ENROLMENT_ORDER)
    ]
    next_year = services.register_own_document(
        cohort, kind=kinds.GROUP_LIST, by=officer, at=AFTERWARDS + timedelta(days=60)
    )
    assert [*numbers, next_year.number] == [1, 2, 1, 1]


def test_a_document_keeps_its_content_when_people_change(officer: Person):
    enrolment = make_enrolment(person=make_person(family="Annaýewa"))
    document = services.register_own_document(
        enrolment.cohort, kind=OfficialDocument.Kind.GROUP_LIST, by=officer, at=AFTERWARDS
    )
    enrolment.person.family = "Orazowa"
    enrolment.person.save()
    document.refresh_from_db()
    assert "Annaýewa" in str(document.content)
    assert "Orazowa" not in str(document.content)


def test_only_officers_register(officer: Person):
    trainer = make_trainer(make_cohort())
    with pytest.raises(NotPermitted):
        services.register_document(
            trainer.cohort,
            kind=OfficialDocument.Kind.CERTIFICATE_REGISTER,
            content={},
            by=trainer.person,
            at=NOON,
        )


def test_a_new_calendar_address_replaces_the_old_one(officer: Person):
    person = make_person()
    old = services.own_feed(person).token
    assert services.own_feed(person).token == old
    assert services.renew_own_feed(person, at=NOON).token != old
    cohort = make_cohort()
    old = cohort.feed_token
    assert services.renew_cohort_feed(cohort, by=officer, at=NOON).feed_token != old
