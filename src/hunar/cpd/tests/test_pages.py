from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hunar.cpd.models import Record
from hunar.cpd.tests.makers import make_policy, make_record
from hunar.people.enums import Role
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db


def test_a_person_sees_her_balance(client: Client):
    person = make_employment().person
    make_policy()
    make_record(person=person)
    sign_in(client, person)
    page = client.get("/cpd/").content.decode()
    assert "24 h 0 min" in page
    assert "Still missing" in page


def test_without_a_policy_the_records_stand_all_the_same(client: Client):
    person = make_person()
    make_record(person=person)
    sign_in(client, person)
    assert "No policy covers your post" in client.get("/cpd/").content.decode()


def test_a_claim_is_sent_with_its_evidence(client: Client):
    person = make_person()
    sign_in(client, person)
    form = {
        "title": "Conference",
        "provider": "University",
        "category": "digital",
        "started_date": "2025-10-01",
        "ended_date": "2025-10-02",
        "hours": 6,
        "rest": 30,
        "evidence": SimpleUploadedFile("letter.pdf", b"%PDF-1.7 letter"),
    }
    assert client.post("/cpd/claim/", form).status_code == 302
    record = Record.objects.get()
    assert (record.minutes, record.state) == (390, "claimed")
    download = client.get(f"/cpd/{record.ref}/evidence-file/")
    assert b"".join(download.streaming_content) == b"%PDF-1.7 letter"


def test_dates_in_the_wrong_order_are_told_beside_the_field(client: Client):
    sign_in(client, make_person())
    form = {"started_date": "2025-10-02", "ended_date": "2025-10-01", "hours": 0, "rest": 0}
    page = client.post("/cpd/claim/", form).content.decode()
    assert "The last day is before the first." in page
    assert "Enter how long the activity took." in page


def test_a_record_of_somebody_else_does_not_exist(client: Client):
    record = make_record(person=make_person())
    sign_in(client, make_person())
    for address in ("", "evidence-file/"):
        assert client.get(f"/cpd/{record.ref}/{address}").status_code == 404


def test_the_queue_is_for_those_who_verify(client: Client):
    make_record(person=make_person(), state=Record.State.CLAIMED)
    sign_in(client, make_person(role=Role.HR_OFFICER))
    assert client.get("/cpd/claims/").status_code == 403
    sign_in(client, make_person(role=Role.PROGRAMME_OFFICER))
    assert client.get("/cpd/claims/").status_code == 200


def test_an_officer_decides_in_the_browser(client: Client):
    record = make_record(person=make_person(), state=Record.State.CLAIMED)
    sign_in(client, make_person(role=Role.PROGRAMME_OFFICER))
    assert "Credit the activity" in client.get(f"/cpd/{record.ref}/").content.decode()
    client.post(f"/cpd/{record.ref}/verify/")
    record.refresh_from_db()
    assert record.state == "verified"


def test_an_hr_officer_sees_her_own_staff_only(client: Client):
    mine, other = make_employment(), make_employment()
    make_policy()
    officer = make_person(role=Role.HR_OFFICER, organisation=mine.organisation)
    sign_in(client, officer)
    page = client.get("/cpd/staff/").content.decode()
    assert mine.person.name.full in page
    assert other.person.name.full not in page
    assert client.get("/cpd/staff.xlsx").content[:2] == b"PK"


def test_pages_take_no_more_queries_for_more_rows(client: Client, django_assert_max_num_queries):
    person = make_employment().person
    make_policy()
    for number in range(20):
        make_record(person=person, ended=date(2025, 1, 1 + number))
    sign_in(client, person)
    with django_assert_max_num_queries(12):
        client.get("/cpd/")


def test_the_statement_is_a_pdf_and_a_proven_document(client: Client):
    person = make_employment().person
    make_policy()
    make_record(person=person)
    sign_in(client, person)
    assert client.get("/cpd/statement.pdf").content[:5] == b"%PDF-"
    document = client.get("/cpd/statement.json").json()
    assert document["document"]["kind"] == "hunar/cpd-statement/1"
    assert document["log"]["size"] >= 1


def test_the_api_tells_my_balance(client: Client):
    person = make_employment().person
    make_policy()
    make_record(person=person)
    sign_in(client, person)
    assert client.get("/api/v1/cpd/balance").json()["counted"] == 1440
    assert client.get("/api/v1/cpd/records").json()[0]["minutes"] == 1440
