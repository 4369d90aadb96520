"""Rooms, rounds, cohorts with timetables, and the attendance of the finished ones.

Counts are those of the programme: 40 people on 18-21 November 2025, 40 and 40 on 2-5
December 2025. ``load`` enrols the 40 of November by an order; the December seats and
those of CYB-RUN are filled by the selection script, for which ``both_rounds`` names five
people of November who shall also be taken in December. ``attend`` runs after it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from hunar.catalogue.models import Module, Programme
from hunar.cohorts import queries, rules, services
from hunar.cohorts.models import Cohort, Enrolment, Intake, OfficialDocument, Room, Session
from hunar.cohorts.services import Mark
from hunar.cohorts.services.timetable import working_days
from hunar.demo.stage import Stage
from hunar.kernel.calendar import ASHGABAT, WorkingCalendar
from hunar.kernel.queries import working_calendar
from hunar.organisations.enums import OrganisationKind, RoleGroup
from hunar.organisations.models import Organisation
from hunar.people.models import Employment, Person

NOVEMBER = (date(2025, 11, 18), date(2025, 11, 21))
DECEMBER = (date(2025, 12, 2), date(2025, 12, 5))
ORDER_OF_NOVEMBER = "14.11.2025 № 112"
FINISHED = ("OPS-2025", "CYB-2025", "AI-2025")
BOTH_ROUNDS = 5
BELOW_EIGHTY = {"OPS-2025": 0, "CYB-2025": 0, "AI-2025": 0, "CYB-RUN": 1}
"""All 120 of 2025 count as trained, as the programme reported; CYB-RUN shows the other case."""

ROOMS = (
    ("A-101", 80, "Mejlisler zaly", "Зал заседаний", "Assembly hall"),
    ("A-204", 45, "204-nji otag", "Аудитория 204", "Room 204"),
    ("A-205", 45, "205-nji otag", "Аудитория 205", "Room 205"),
    ("A-310", 30, "310-njy kompýuter otagy", "Компьютерный класс 310", "Computer room 310"),
    ("A-311", 40, "311-nji kompýuter otagy", "Компьютерный класс 311", "Computer room 311"),
)


def load(stage: Stage) -> None:
    """Rooms, rounds, the seven cohorts with trainers and timetables; the 40 of November."""
    calendar = working_calendar()
    rooms = _rooms(stage)
    teachers = _teachers(stage)
    _rounds(stage, calendar)
    _finished_cohorts(stage, rooms)
    _coming_cohorts(stage, rooms, calendar)
    _running_cohort(stage, rooms, calendar)
    _appoint(stage, teachers)
    for code, cohort in stage.cohorts.items():
        if code != "CYB-RUN":
            at = _before(stage, cohort, 10)
            services.generate_timetable(cohort, by=stage.cast["officer"], at=at)
    _plan_running(stage)
    _enrol_november(stage)


def both_rounds(stage: Stage) -> list[Employment]:
    """Five people of November who shall also take a December course (unique persons are
    then fewer than attendances)."""
    enrolled = Enrolment.objects.filter(cohort=stage.cohorts["OPS-2025"])
    taken = set(enrolled.values_list("person_id", flat=True))
    return [held for held in stage.staff if held.person_id in taken][:BOTH_ROUNDS]


def attend(stage: Stage) -> None:
    """Attendance of the finished cohorts and of the first days of CYB-RUN; the papers; the
    finished cohorts are started and closed in 2025."""
    officer = stage.cast["officer"]
    for code in FINISHED:
        cohort = stage.cohorts[code]
        _papers(stage, cohort)
        services.start_cohort(cohort, by=officer, at=stage.at(cohort.starts_date, 8, 30))
        cohort.refresh_from_db()
        _sheets(stage, cohort)
        services.close_cohort(cohort, by=officer, at=stage.at(cohort.ends_date, 17, 30))
        cohort.refresh_from_db()
    _sheets(stage, stage.cohorts["CYB-RUN"])


# Structure -------------------------------------------------------------------


def _rooms(stage: Stage) -> dict[str, Room]:
    academy = _academy(stage)
    opened = stage.at(date(2025, 9, 1))
    return {
        code: services.add_room(
            academy,
            code=code,
            title={"tk": tk, "ru": ru, "en": en},
            capacity=capacity,
            by=stage.cast["officer"],
            at=opened,
        )
        for code, capacity, tk, ru, en in ROOMS
    }


def _academy(stage: Stage) -> Organisation:
    return next(
        organisation
        for organisation in stage.organisations.values()
        if organisation.kind == OrganisationKind.ACADEMY
    )


def _rounds(stage: Stage, calendar: WorkingCalendar) -> None:
    start = _days_before(calendar, stage.today, 2)
    end = _course_week(calendar, stage.today + timedelta(days=56))[1]
    years = f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
    rounds = {
        "first": (
            "Birinji tapgyr, 2025-nji ýylyň noýabry",
            "Первый поток, ноябрь 2025 года",
            "First round, November 2025",
            date(2025, 11, 17),
            date(2025, 11, 28),
        ),
        "second": (
            "Ikinji tapgyr, 2025-nji ýylyň dekabry",
            "Второй поток, декабрь 2025 года",
            "Second round, December 2025",
            date(2025, 12, 1),
            date(2025, 12, 12),
        ),
        "live": (f"{years}: okuwlar", f"Курсы {years}", f"Courses {years}", start, end),
    }
    for key, (tk, ru, en, first, last) in rounds.items():
        stage.intakes[key] = services.plan_intake(
            _programme(stage),
            title={"tk": tk, "ru": ru, "en": en},
            starts_date=first,
            ends_date=max(last, first + timedelta(days=11)),
            by=stage.cast["officer"],
            at=_moment_before(stage, first, 40),
        )


def _programme(stage: Stage) -> Programme:
    assert stage.programme is not None, "the catalogue script runs first"
    return stage.programme


def _finished_cohorts(stage: Stage, rooms: dict[str, Room]) -> None:
    for code, course, dates, round_, room in (
        ("OPS-2025", "DG-OPS", NOVEMBER, "first", "A-204"),
        ("CYB-2025", "DG-CYB", DECEMBER, "second", "A-204"),
        ("AI-2025", "DG-AI", DECEMBER, "second", "A-205"),
    ):
        _plan(stage, code, course, dates, 40, stage.intakes[round_], rooms[room])


def _coming_cohorts(stage: Stage, rooms: dict[str, Room], calendar: WorkingCalendar) -> None:
    in_four_weeks = _course_week(calendar, stage.today + timedelta(days=28))
    in_eight_weeks = _course_week(calendar, stage.today + timedelta(days=56))
    for code, course, dates, room in (
        ("AI-MARK", "DG-AI", in_four_weeks, "A-310"),
        ("CYB-NEXT", "DG-CYB", in_eight_weeks, "A-310"),
        ("AI-NEXT", "DG-AI", in_eight_weeks, "A-311"),
    ):
        _plan(stage, code, course, dates, 30, stage.intakes["live"], rooms[room])


def _running_cohort(stage: Stage, rooms: dict[str, Room], calendar: WorkingCalendar) -> None:
    first = _days_before(calendar, stage.today, 2)
    dates = (first, first + timedelta(days=11))
    cohort = _plan(stage, "CYB-RUN", "DG-CYB", dates, 25, stage.intakes["live"], rooms["A-311"])
    services.start_cohort(cohort, by=stage.cast["officer"], at=stage.at(first, 8))
    cohort.refresh_from_db()


def _plan(
    stage: Stage,
    code: str,
    course: str,
    dates: tuple[date, date],
    seats: int,
    intake: Intake,
    room: Room,
) -> Cohort:
    stage.cohorts[code] = services.plan_cohort(
        intake,
        version=stage.versions[course],
        code=code,
        starts_date=dates[0],
        ends_date=dates[1],
        seats=seats,
        room=room,
        by=stage.cast["officer"],
        at=_moment_before(stage, dates[0], 35),
    )
    return stage.cohorts[code]


def _course_week(calendar: WorkingCalendar, earliest: date) -> tuple[date, date]:
    """The first Tuesday to Friday from ``earliest`` on without a day off."""
    day = earliest + timedelta(days=(1 - earliest.weekday()) % 7)
    while not all(calendar.is_working(day + timedelta(days=offset)) for offset in range(4)):
        day += timedelta(days=7)
    return day, day + timedelta(days=3)


def _days_before(calendar: WorkingCalendar, day: date, working_days: int) -> date:
    while working_days:
        day -= timedelta(days=1)
        working_days -= calendar.is_working(day)
    return day


def _moment_before(stage: Stage, day: date, days: int) -> datetime:
    """Office hours some days before ``day``, at the latest yesterday."""
    return stage.at(min(day - timedelta(days=days), stage.today - timedelta(days=1)), 10)


def _before(stage: Stage, cohort: Cohort, days: int) -> datetime:
    return _moment_before(stage, cohort.starts_date, days)


# Trainers and timetables -----------------------------------------------------


def _teachers(stage: Stage) -> list[Person]:
    """Four lecturers of the universities. They leave ``stage.staff``: nobody nominates them."""
    cast = {person.pk for person in stage.cast.values()}
    lecturers = [
        held
        for held in stage.staff
        if held.post.role_group == RoleGroup.ACADEMIC
        and held.organisation.kind == OrganisationKind.UNIVERSITY
        and held.person_id not in cast
        and held.started_date <= NOVEMBER[0]
    ][:4]
    chosen = {held.pk for held in lecturers}
    stage.staff = [held for held in stage.staff if held.pk not in chosen]
    return [held.person for held in lecturers]


def _appoint(stage: Stage, lecturers: list[Person]) -> None:
    trainer, expert = stage.cast["trainer"], stage.cast["expert"]
    one, two, three, four = lecturers
    teams = {
        "OPS-2025": ((one, "lead"), (expert, "expert")),
        "CYB-2025": ((trainer, "lead"), (two, "trainer")),
        "AI-2025": ((three, "lead"), (expert, "expert")),
        "CYB-RUN": ((trainer, "lead"), (two, "trainer")),
        "AI-MARK": ((three, "lead"), (expert, "expert")),
        "CYB-NEXT": ((trainer, "lead"), (two, "trainer")),
        "AI-NEXT": ((four, "lead"), (expert, "expert")),
    }
    for code, team in teams.items():
        for person, part in team:
            cohort = stage.cohorts[code]
            services.appoint_trainer(
                cohort,
                person=person,
                part=part,
                by=stage.cast["officer"],
                at=_before(stage, cohort, 30),
            )


MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(16))
TODAY = ((time(8), time(12)), (time(13), time(17)), (time(17), time(23, 59)))
OPEN_LAB = {"tk": "Açyk amaly iş", "ru": "Открытая лаборатория", "en": "Open laboratory"}


def _plan_running(stage: Stage) -> None:
    """Two sessions a working day; today from morning to night, so that at any hour of the
    day the trainer can show a code."""
    cohort = stage.cohorts["CYB-RUN"]
    days = working_days(cohort)
    if stage.today not in days:
        days = sorted([*days, stage.today])
    modules = list(Module.objects.filter(version=cohort.version).order_by("order"))
    for place, day in enumerate(days):
        module = modules[min(place * len(modules) // len(days), len(modules) - 1)]
        slots = TODAY if day == stage.today else (MORNING, AFTERNOON)
        for number, (starts, ends) in enumerate(slots):
            services.plan_session(
                cohort,
                kind=("lesson", "lab", "event")[number],
                title=OPEN_LAB if number == 2 else None,
                module=None if number == 2 else module,
                starts_at=datetime.combine(day, starts, ASHGABAT),
                ends_at=datetime.combine(day, ends, ASHGABAT),
                trainer=stage.cast["trainer"],
                by=stage.cast["officer"],
                at=_before(stage, cohort, 10),
            )


# People ----------------------------------------------------------------------


def _enrol_november(stage: Stage) -> None:
    """Forty digital officers, IT specialists and lecturers, by an order of 14 November."""
    cast = {person.pk for person in stage.cast.values()}
    able = [
        held
        for held in stage.staff
        if held.started_date <= NOVEMBER[0] and held.person_id not in cast
    ]
    for held in stage.random.sample(able, 40):
        services.enrol(
            stage.cohorts["OPS-2025"],
            person=held.person,
            by=stage.cast["officer"],
            at=stage.at(date(2025, 11, 14), 15),
            source_ref=ORDER_OF_NOVEMBER,
        )


# Attendance and papers -------------------------------------------------------


def _papers(stage: Stage, cohort: Cohort) -> None:
    kinds = OfficialDocument.Kind
    for kind in (kinds.ENROLMENT_ORDER, kinds.GROUP_LIST, kinds.ATTENDANCE_SHEET):
        services.register_own_document(
            cohort,
            kind=kind,
            by=stage.cast["officer"],
            at=stage.at(cohort.starts_date - timedelta(days=1), 15),
        )


def _sheets(stage: Stage, cohort: Cohort) -> None:
    """Record each session that is over before today, as its trainer would."""
    held = [row for row in queries.sessions_of(cohort) if row.day < stage.today]
    enrolled = list(
        queries.enrolments_of(cohort).filter(state=Enrolment.State.ENROLLED).order_by("pk")
    )
    if not held or not enrolled:
        return
    marks = _marks(stage.random, cohort, held, [row.pk for row in enrolled])
    for session in held:
        session.cohort = cohort
        services.record_sheet(
            session,
            marks=marks[session.pk],
            by=session.trainer or stage.cast["officer"],
            at=session.ends_at + timedelta(minutes=5),
        )


def _marks(
    random: Random, cohort: Cohort, sessions: list[Session], enrolled: list[int]
) -> dict[int, dict[int, Mark]]:
    """Almost everybody is almost always there; ``BELOW_EIGHTY`` miss more than a fifth."""
    marks = {row.pk: {pk: Mark("present") for pk in enrolled} for row in sessions}
    counted = [row for row in sessions if row.is_counted]
    often_absent = set(random.sample(enrolled, min(BELOW_EIGHTY[cohort.code], len(enrolled))))
    for pk in enrolled:
        if pk in often_absent:
            missed = len(counted) - int(len(counted) * rules.ATTENDANCE_NEEDED) + 1
        else:
            missed = random.choices((0, 1, 2), (75, 18, 7))[0] if len(counted) > 10 else 0
        absent = random.sample(counted, min(missed, len(counted)))
        for session in absent:
            marks[session.pk][pk] = Mark(random.choice(("absent", "excused")))
        there = [session for session in counted if session not in absent]
        if there and pk not in often_absent and random.random() < 0.3:
            late = random.choice(there)
            marks[late.pk][pk] = Mark("late", late.minutes - random.choice((17, 20, 25, 30)))
    return marks
