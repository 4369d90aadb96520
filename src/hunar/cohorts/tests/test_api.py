from datetime import datetime

import pytest
import time_machine
from django.test import Client

from hunar.cohorts.models import Attendance
from hunar.cohorts.tests.makers import (
    make_cohort,
    make_enrolment,
    make_session,
    make_trainer,
)
from hunar.kernel.calendar import ASHGABAT
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
API = "/api/v1/cohorts/"
EVENING = datetime(2025, 12, 2, 18, tzinfo=ASHGABAT)


def test_the_list_holds_what_one_may_see(client: Client):
    mine = make_enrolment()
    other = make_cohort()
    sign_in(client, mine.person)
    assert [row["ref"] for row in client.get(API).json()] == [mine.cohort.ref]
    assert client.get(API + other.ref).status_code == 404
    assert client.get(API + "COH-000-0000").json()["code"] == "not-found"
    sign_in(client, make_person(role=Role.PROGRAMME_OFFICER))
    assert {row["ref"] for row in client.get(API).json()} == {mine.cohort.ref, other.ref}
    assert client.get(API + mine.cohort.ref).json()["taken"] == 1


def test_a_learner_reads_her_timetable_and_her_courses(client: Client):
    mine = make_enrolment()
    session = make_session(cohort=mine.cohort)
    sign_in(client, mine.person)
    rows = client.get(f"{API}{mine.cohort.ref}/timetable").json()
    assert [(row["ref"], row["minutes"]) for row in rows] == [(session.ref, 90)]
    assert client.get(API + "enrolments").json()[0]["attendance"] == 0.0


def test_a_trainer_records_a_sheet_and_others_do_not(client: Client):
    enrolment = make_enrolment()
    session = make_session(cohort=enrolment.cohort)
    address = f"{API}sessions/{session.ref}/attendance"
    body = {"marks": [{"enrolment": enrolment.ref, "state": "late", "minutes": 60}]}

    def post(person, content):
        sign_in(client, person)
        return client.post(address, content, content_type="application/json")

    trainer = make_trainer(enrolment.cohort).person
    stranger = make_enrolment(cohort=make_cohort())
    with time_machine.travel(EVENING, tick=False):
        assert post(enrolment.person, body).json()["code"] == "not-permitted"
        assert post(make_trainer(make_cohort()).person, body).status_code == 404
        nonsense = {"marks": [{"enrolment": enrolment.ref, "state": "asleep"}]}
        assert post(trainer, nonsense).json()["code"] == "attendance-state-unknown"
        foreign = {"marks": [{"enrolment": stranger.ref, "state": "present"}]}
        assert post(trainer, foreign).json()["code"] == "enrolment-ended"
        assert post(trainer, body).json() == {"written": 1}
    assert Attendance.objects.get().minutes == 60


def test_nobody_reads_without_signing_in(client: Client):
    assert client.get(API).status_code == 401
