import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from hunar.cohorts import rules
from hunar.cohorts.models import Attendance, Cohort, Enrolment, OfficialDocument, Session
from hunar.cohorts.tests.makers import (
    make_attendance,
    make_cohort,
    make_document,
    make_enrolment,
    make_intake,
    make_room,
    make_session,
    make_trainer,
    make_version,
)
from hunar.kernel.calendar import ASHGABAT
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.tests.makers import make_organisation
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import give_role, make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db
MORNING = datetime(2025, 12, 2, 9, 5, tzinfo=ASHGABAT)


@dataclass
class World:
    cohort: Cohort
    session: Session
    enrolment: Enrolment
    document: OfficialDocument
    officer: Person
    trainer: Person
    other_trainer: Person
    learner: Person
    hr: Person
    other_hr: Person


@pytest.fixture
def world() -> Iterator[World]:
    """A cohort on its first morning, with stock people around it."""
    cohort = make_cohort(version=make_version(days=4), room=make_room(), state="running")
    trainer = make_trainer(cohort).person
    give_role(trainer, Role.TRAINER)
    enrolment = make_enrolment(cohort=cohort)
    session = make_session(cohort=cohort, trainer=trainer)
    make_session(cohort=cohort, hour=14, kind="lab")
    with time_machine.travel(MORNING, tick=False):
        yield World(
            cohort=cohort,
            session=session,
            enrolment=enrolment,
            document=make_document(cohort),
            officer=make_person(role=Role.PROGRAMME_OFFICER),
            trainer=trainer,
            other_trainer=make_trainer(make_cohort()).person,
            learner=enrolment.person,
            hr=make_person(role=Role.HR_OFFICER, organisation=enrolment.organisation),
            other_hr=make_person(role=Role.HR_OFFICER, organisation=make_organisation()),
        )


def page(name: str, *args: object) -> str:
    return reverse(f"cohorts:{name}", args=args)


def staff_pages(world: World) -> list[str]:
    cohort, session = world.cohort.pk, world.session.pk
    return [
        page("cohorts"),
        page("cohort", cohort),
        page("timetable", cohort),
        page("learners", cohort),
        page("export", cohort),
        page("attendance", cohort),
        page("attendance_export", cohort),
        page("documents", cohort),
        page("document", world.document.pk),
        page("document_pdf", world.document.pk, "tk"),
        page("enrolment", world.enrolment.pk),
        page("code", session),
        page("here", session),
        page("sheet", session),
        page("week"),
        page("courses"),
    ]


def officer_pages(world: World) -> list[str]:
    cohort = world.cohort.pk
    return [
        page("new_cohort"),
        page("rounds"),
        page("new_round"),
        page("edit_round", world.cohort.intake_id),
        page("rooms"),
        page("edit_cohort", cohort),
        page("close", cohort),
        page("trainers", cohort) + "?q=An",
        page("enrol", cohort) + "?q=Ann",
        page("new_session", cohort),
        page("edit_session", world.session.pk),
        page("withdraw", world.enrolment.pk),
    ]


@pytest.mark.parametrize("language", ["tk", "ru", "en"])
def test_the_officer_reaches_every_page_in_every_language(client: Client, world: World, language):
    world.officer.language = language
    sign_in(client, world.officer)
    for address in staff_pages(world) + officer_pages(world):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            assert "<c-" not in text, address
            assert "{{" not in text, address
            assert len(re.findall(r"<h1[\s>]", text)) == 1, address


def test_the_trainer_reaches_her_cohort_and_plans_nothing(client: Client, world: World):
    sign_in(client, world.trainer)
    assert [client.get(address).status_code for address in staff_pages(world)] == [200] * 16
    assert {client.get(address).status_code for address in officer_pages(world)} == {403}


def test_another_trainer_knows_nothing_of_the_cohort(client: Client, world: World):
    sign_in(client, world.other_trainer)
    hidden = staff_pages(world)[1:-2]
    assert {client.get(address).status_code for address in hidden} == {404}


def test_a_learner_sees_her_course_with_names_only(client: Client, world: World):
    colleague = make_enrolment(cohort=world.cohort)
    sign_in(client, world.learner)
    answer = client.get(page("cohort", world.cohort.pk))
    assert answer["Location"] == page("course", world.enrolment.pk)
    text = client.get(answer["Location"]).content.decode()
    assert colleague.person.name.full in text
    assert str(colleague.organisation) not in text
    for name in ("learners", "attendance", "documents", "export"):
        assert client.get(page(name, world.cohort.pk)).status_code == 404
    assert client.get(page("course", colleague.pk)).status_code == 404
    assert client.get(page("enrolment", colleague.pk)).status_code == 404
    assert client.get(page("code", world.session.pk)).status_code == 403
    assert client.get(page("staff")).status_code == 403


def test_a_nominating_officer_sees_her_own_people_only(client: Client, world: World):
    foreign = make_enrolment(cohort=world.cohort)
    sign_in(client, world.hr)
    text = client.get(page("staff")).content.decode()
    assert world.learner.name.full in text
    assert foreign.person.name.full not in text
    assert client.get(page("enrolment", world.enrolment.pk)).status_code == 200
    assert client.get(page("enrolment", foreign.pk)).status_code == 404
    sign_in(client, world.other_hr)
    assert client.get(page("enrolment", world.enrolment.pk)).status_code == 404


def test_nobody_comes_in_without_signing_in(client: Client, world: World):
    for address in staff_pages(world):
        assert client.get(address).status_code == 302


# Work of the officer ---------------------------------------------------------


def test_an_officer_plans_a_round_a_room_a_cohort_and_its_timetable(client: Client, world: World):
    make_organisation(kind=OrganisationKind.ACADEMY)
    sign_in(client, world.officer)
    version = world.cohort.version
    client.post(
        page("new_round"),
        {
            "programme": version.course.programme_id,
            "title_tk": "Tapgyr",
            "starts_date": "2026-02-02",
            "ends_date": "2026-02-28",
        },
    )
    intake = world.cohort.intake.__class__.objects.get(title__tk="Tapgyr")
    answer = client.post(
        page("new_cohort"),
        {
            "intake": intake.pk,
            "version": version.pk,
            "code": "CYB-2026-1",
            "starts_date": "2026-02-03",
            "ends_date": "2026-02-06",
            "seats": 20,
            "room": world.cohort.room_id,
            "languages": ["tk", "en"],
        },
    )
    cohort = Cohort.objects.get(code="CYB-2026-1")
    assert answer["Location"] == page("cohort", cohort.pk)
    client.post(page("trainers", cohort.pk), {"person": world.trainer.pk, "part": "lead"})
    client.post(page("generate", cohort.pk))
    assert cohort.sessions.count() == 16
    assert cohort.sessions.filter(trainer=world.trainer).exists()


def test_a_clash_is_explained_with_its_code(client: Client, world: World):
    sign_in(client, world.officer)
    other = make_cohort(room=world.cohort.room)
    answer = client.post(
        page("new_session", other.pk),
        {"kind": "lesson", "day": "2025-12-02", "starts": "10:00", "ends": "11:00"},
    )
    assert answer.status_code == 409
    assert b"room-taken" in answer.content


def test_an_officer_enrols_and_withdraws(client: Client, world: World):
    person = make_employment().person
    sign_in(client, world.officer)
    found = client.get(page("enrol", world.cohort.pk) + f"?q={person.family}").content.decode()
    assert person.name.full in found
    client.post(page("enrol", world.cohort.pk), {"person": person.pk})
    enrolment = Enrolment.objects.get(person=person)
    client.post(page("withdraw", enrolment.pk), {"reason": "Duty trip"})
    enrolment.refresh_from_db()
    assert enrolment.is_enrolled, "without the tick nothing happens"
    client.post(page("withdraw", enrolment.pk), {"reason": "Duty trip", "confirmed": "yes"})
    enrolment.refresh_from_db()
    assert enrolment.is_withdrawn


def test_closing_asks_first(client: Client, world: World):
    make_attendance(session=world.session, enrolment=world.enrolment)
    for session in world.cohort.sessions.filter(attendances__isnull=True):
        make_attendance(session=session, enrolment=world.enrolment)
    with time_machine.travel(datetime(2025, 12, 6, 9, tzinfo=ASHGABAT), tick=False):
        sign_in(client, world.officer)
        client.post(page("close", world.cohort.pk))
        world.cohort.refresh_from_db()
        assert world.cohort.is_running
        client.post(page("close", world.cohort.pk), {"confirmed": "yes"})
    world.cohort.refresh_from_db()
    assert world.cohort.is_closed


def test_one_click_registers_a_paper_and_prints_it(client: Client, world: World):
    sign_in(client, world.officer)
    for kind in ("group-list", "enrolment-order", "attendance-sheet"):
        answer = client.post(page("documents", world.cohort.pk), {"kind": kind})
        assert client.get(answer["Location"]).status_code == 200
        document = OfficialDocument.objects.filter(kind=kind).latest("pk")
        for language in ("tk", "ru", "en"):
            pdf = client.get(page("document_pdf", document.pk, language))
            assert pdf.content.startswith(b"%PDF")
    answer = client.post(page("documents", world.cohort.pk), {"kind": "certificate-register"})
    assert answer.status_code == 422
    assert client.get(page("document_pdf", document.pk, "de")).status_code == 404


# Attendance ------------------------------------------------------------------


def shown(client: Client, session: Session) -> tuple[str, str]:
    """Path of the QR code and the digits on the trainer's screen."""
    answer = client.get(page("code", session.pk))
    address = answer.context["address"]
    return address.removeprefix("http://testserver"), answer.context["code"].digits


def test_a_learner_scans_confirms_and_is_present(client: Client, world: World):
    path, _ = shown(sign_in(client, world.trainer), world.session)
    learner = sign_in(Client(), world.learner)
    answer = learner.get(path)
    assert not Attendance.objects.exists(), "looking is not yet arriving"
    answer = learner.post(page("type_code"), {"pass": answer.context["stamp"]})
    assert answer.status_code == 200
    row = Attendance.objects.get()
    assert (row.state, row.minutes, row.method) == ("present", 90, "qr")


def test_a_learner_types_the_digits_and_is_late(client: Client, world: World):
    with time_machine.travel(datetime(2025, 12, 2, 9, 40, 30, tzinfo=ASHGABAT), tick=False):
        _, digits = shown(sign_in(client, world.trainer), world.session)
        learner = sign_in(Client(), world.learner)
        answer = learner.post(page("type_code"), {"code": f"{digits[:3]} {digits[3:]}"})
        learner.post(page("type_code"), {"pass": answer.context["stamp"]})
    row = Attendance.objects.get()
    assert (row.state, row.minutes) == ("late", 49)


def test_a_code_of_the_minute_before_holds_and_an_older_one_does_not(client: Client, world: World):
    path, digits = shown(sign_in(client, world.trainer), world.session)
    learner = sign_in(Client(), world.learner)
    with time_machine.travel(datetime(2025, 12, 2, 9, 6, 59, tzinfo=ASHGABAT), tick=False):
        assert learner.get(path).status_code == 200
    with time_machine.travel(datetime(2025, 12, 2, 9, 7, tzinfo=ASHGABAT), tick=False):
        for answer in (learner.get(path), learner.post(page("type_code"), {"code": digits})):
            assert answer.status_code == 410
            assert b"attendance-code-expired" in answer.content


def test_forged_codes_are_refused_and_guessing_is_stopped(client: Client, world: World):
    learner = sign_in(client, world.learner)
    forged = rules.token(world.session.ref, rules.step_of(MORNING), secret=b"mine")
    for path in (page("scan", forged), page("scan", "SES-AAA-BBBB.1.0")):
        answer = learner.get(path)
        assert answer.status_code == 422
        assert b"attendance-code-unknown" in answer.content
    right = shown(sign_in(Client(), world.trainer), world.session)[1]
    wrong = "000000" if right != "000000" else "000001"
    answers = [learner.post(page("type_code"), {"code": wrong}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert not Attendance.objects.exists()


def test_a_code_serves_only_the_enrolled(client: Client, world: World):
    path, digits = shown(sign_in(client, world.trainer), world.session)
    stranger = sign_in(Client(), make_enrolment(cohort=make_cohort()).person)
    for answer in (stranger.get(path), stranger.post(page("type_code"), {"code": digits})):
        assert answer.status_code == 403
        assert b"not-enrolled" in answer.content


def test_a_pass_serves_only_the_person_who_saw_the_code(client: Client, world: World):
    path, _ = shown(sign_in(client, world.trainer), world.session)
    stamp = sign_in(Client(), world.learner).get(path).context["stamp"]
    colleague = sign_in(Client(), make_enrolment(cohort=world.cohort).person)
    assert colleague.post(page("type_code"), {"pass": stamp}).status_code == 422
    learner = sign_in(Client(), world.learner)
    with time_machine.travel(datetime(2025, 12, 2, 9, 10, 1, tzinfo=ASHGABAT), tick=False):
        assert learner.post(page("type_code"), {"pass": stamp}).status_code == 410
    assert not Attendance.objects.exists()


def test_no_code_is_shown_on_another_day(client: Client, world: World):
    sign_in(client, world.trainer)
    with time_machine.travel(datetime(2025, 12, 1, 9, tzinfo=ASHGABAT), tick=False):
        answer = client.get(page("code", world.session.pk))
    assert b"attendance-not-open" in answer.content


def test_the_sheet_saves_exceptions_in_one_go(client: Client, world: World):
    second = make_enrolment(cohort=world.cohort)
    sign_in(client, world.trainer)
    first = world.enrolment
    form = {
        f"state-{first.pk}": "present", f"seen-{first.pk}": "",
        f"state-{second.pk}": "late", f"minutes-{second.pk}": "70", f"seen-{second.pk}": "",
    }  # fmt: skip
    assert client.post(page("sheet", world.session.pk), form).status_code == 302
    assert set(Attendance.objects.values_list("state", "minutes")) == {
        ("present", 90),
        ("late", 70),
    }
    form |= {f"state-{first.pk}": "absent"}
    stale = client.post(page("sheet", world.session.pk), form)
    assert b"attendance-stale" in stale.content
    form |= {f"seen-{first.pk}": "present", f"seen-{second.pk}": "late"}
    assert b"reason-needed" in client.post(page("sheet", world.session.pk), form).content
    client.post(page("sheet", world.session.pk), form | {"reason": "sheet"})
    assert Attendance.objects.get(enrolment=first).state == "absent"


def test_the_live_view_answers_htmx_with_a_fragment(client: Client, world: World):
    sign_in(client, world.trainer)
    fragment = client.get(page("here", world.session.pk), headers={"HX-Request": "true"})
    assert b"<html" not in fragment.content
    assert world.learner.family.encode() in fragment.content


# Calendars -------------------------------------------------------------------


def test_the_cohorts_calendar_has_stable_events(client: Client, world: World):
    answer = client.get(page("cohort_feed", world.cohort.feed_token))
    text = answer.content.decode().replace("\r\n ", "")
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"UID:{world.session.ref}@testserver" in text
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:Asia/Ashgabat" in text
    assert "SEQUENCE:0" in text
    Session.objects.filter(pk=world.session.pk).update(revision=2)
    assert "SEQUENCE:2" in client.get(page("cohort_feed", world.cohort.feed_token)).content.decode()
    assert client.get(page("cohort_feed", "guess")).status_code == 404


def test_a_persons_calendar_holds_what_she_takes_and_teaches(client: Client, world: World):
    for person in (world.learner, world.trainer):
        week = sign_in(client, person).get(page("week"))
        path = week.context["feed"].removeprefix("http://testserver")
        assert Client().get(path).content.count(b"BEGIN:VEVENT") == 2
        client.post(page("renew_own_feed"))
        assert Client().get(path).status_code == 404


def test_a_week_is_found_by_its_day_and_nonsense_means_this_one(client: Client, world: World):
    sign_in(client, world.learner)
    assert client.get(page("week") + "?day=2025-12-10").context["first"] == date(2025, 12, 8)
    assert client.get(page("week") + "?day=nonsense").context["first"] == date(2025, 12, 1)


# Queries ---------------------------------------------------------------------


def test_pages_ask_at_most_twelve_queries_however_many_rows(
    client: Client, world: World, django_assert_max_num_queries
):
    for number in range(20):
        enrolment = make_enrolment(cohort=world.cohort)
        make_attendance(session=world.session, enrolment=enrolment)
        if number < 10:
            make_session(cohort=world.cohort, day=date(2025, 12, 3), hour=9 + number, minutes=50)
            make_cohort(intake=make_intake())
            make_document(world.cohort)
    html = [each for each in staff_pages(world) if "export" not in each and ".pdf" not in each]
    for person, addresses in (
        (world.officer, html + officer_pages(world)),
        (world.trainer, html),
        (world.learner, [page("courses"), page("course", world.enrolment.pk), page("week")]),
        (world.hr, [page("staff")]),
    ):
        sign_in(client, person)
        for address in addresses:
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200, address
