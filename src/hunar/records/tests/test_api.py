from datetime import timedelta

import pytest
from django.test import Client

from hunar.people.tests.makers import make_person, sign_in
from hunar.records.enums import Verb
from hunar.records.tests.makers import NOON, make_statement

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/records/statements"


def test_the_caller_gets_her_own_statements_in_parts(client: Client):
    person = make_person()
    for number in range(3):
        make_statement(person=person, at=NOON + timedelta(hours=number))
    make_statement()
    sign_in(client, person)
    first = client.get(f"{ADDRESS}?limit=2").json()
    assert len(first["statements"]) == 2
    rest = client.get(first["more"]).json()
    assert len(rest["statements"]) == 1
    assert rest["more"] == ""
    every = first["statements"] + rest["statements"]
    assert {row["actor"]["account"]["name"] for row in every} == {person.ref}
    stamps = [row["timestamp"] for row in every]
    assert stamps == sorted(stamps, reverse=True)


def test_statements_are_narrowed_by_verb_and_activity(client: Client):
    person = make_person()
    make_statement(person=person, verb=Verb.PASSED, object_id="exams/1/")
    make_statement(person=person)
    sign_in(client, person)
    passed = client.get(ADDRESS, {"verb": Verb.PASSED.value}).json()["statements"]
    assert [row["object"]["id"] for row in passed] == ["http://testserver/exams/1/"]
    about = client.get(ADDRESS, {"activity": "http://testserver/exams/1/"}).json()["statements"]
    assert about == passed
    assert client.get(ADDRESS, {"since": "soon"}).status_code == 422


def test_nobody_gets_statements_without_signing_in(client: Client):
    assert client.get(ADDRESS).status_code == 401
