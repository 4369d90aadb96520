import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hunar.audit.models import Entry
from hunar.people.enums import Role
from hunar.people.tests.makers import make_employment, make_person, sign_in
from hunar.records.enums import Verb
from hunar.records.tests.makers import NOON, make_statement

pytestmark = pytest.mark.django_db


def test_a_person_reads_filters_and_takes_away_her_record(client: Client):
    person = make_person()
    make_statement(person=person, verb=Verb.PASSED, result={"score": {"scaled": 0.825}})
    make_statement(
        person=person,
        verb=Verb.ATTENDED,
        at=NOON - timedelta(days=10),
        result={"duration": "PT1H30M"},
    )
    make_statement()
    sign_in(client, person)
    page = client.get("/record/").content.decode()
    assert "82.5" in page
    assert "1 h 30 min" in page
    assert "Nobody opened it" in page
    passed = client.get(f"/record/?verb={Verb.PASSED.value}").content.decode()
    assert "1 h 30 min" not in passed
    early = client.get("/record/?until=2025-11-30&since=nonsense").content.decode()
    assert "82.5" not in early
    exported = json.loads(client.get("/record/export/").content)
    assert len(exported["statements"]) == 2
    assert {row["actor"]["account"]["name"] for row in exported["statements"]} == {person.ref}


def test_an_empty_record_says_what_will_come(client: Client):
    sign_in(client, make_person())
    assert "Nothing recorded" in client.get("/record/").content.decode()


def test_who_may_open_the_record_of_another_and_that_she_is_told(client: Client):
    employment = make_employment()
    make_statement(person=employment.person)
    address = f"/record/people/{employment.person.ref}/"
    may = make_person(role=Role.HR_OFFICER, organisation=employment.organisation)
    sign_in(client, may)
    assert client.get(address).status_code == 200
    assert Entry.objects.filter(act="people.dossier.opened", actor_ref=may.ref).count() == 1
    for stranger in (make_person(role=Role.HR_OFFICER), make_person()):
        sign_in(client, stranger)
        assert client.get(address).status_code == 404
    sign_in(client, employment.person)
    assert may.name.full in client.get("/record/").content.decode()


def test_the_record_asks_few_questions_however_long_it_is(
    client: Client, django_assert_max_num_queries: Any
):
    person = make_person()
    for number in range(40):
        make_statement(person=person, at=NOON + timedelta(minutes=number))
    sign_in(client, person)
    client.get("/record/")
    with django_assert_max_num_queries(10):
        assert "1 to 25 of 40" in client.get("/record/").content.decode()


def test_htmx_gets_the_lines_alone(client: Client):
    person = make_person()
    make_statement(person=person)
    sign_in(client, person)
    part = client.get("/record/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<c-" not in part
    assert "Lesson" in part
