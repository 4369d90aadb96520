from __future__ import annotations

import json

import pytest
import time_machine
from django.test import Client

from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in
from hunar.selection.models import Call, Nomination, Place
from hunar.selection.tests.makers import (
    LATER,
    WHILE_OPEN,
    decide_call,
    make_call,
    make_hr,
    make_nomination,
    make_officer,
    make_staff,
)

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/selection"


def post(client: Client, path: str, body: dict[str, object]):  # type: ignore[no-untyped-def]
    return client.post(f"{ROOT}{path}", json.dumps(body), content_type="application/json")


def wish(call: Call, person) -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {
        "personnel_number": person.personnel_number,
        "preferences": [call.rules["cohorts"][0]["code"]],
        "motivation": "Runs the registry.",
        "has_consent": True,
    }


def test_open_calls_are_public(client: Client):
    call = make_call()
    make_call(published=False)
    with time_machine.travel(WHILE_OPEN, tick=False):
        found = client.get(f"{ROOT}/calls/open").json()
    assert [each["ref"] for each in found] == [call.ref]
    assert found[0]["rules"]["criteria"][0]["code"] == "gap"
    assert [each["code"] for each in found[0]["cohorts"]] == [
        each["code"] for each in call.rules["cohorts"]
    ]


def test_hr_nominates_and_others_are_told_why_not(client: Client):
    call, hr = make_call(), make_hr()
    person, foreign = make_staff(hr), make_staff(make_hr())
    path = f"/calls/{call.ref}/nominations"
    with time_machine.travel(WHILE_OPEN, tick=False):
        sign_in(client, hr)
        assert post(client, path, wish(call, person)).status_code == 201
        again = post(client, path, wish(call, person))
        assert (again.status_code, again.json()["code"]) == (409, "nomination-exists")
        other = post(client, path, wish(call, foreign))
        assert (other.status_code, other.json()["code"]) == (403, "nomination-foreign-person")
        broken = post(client, path, {**wish(call, make_staff(hr)), "preferences": ["X"]})
        assert (broken.status_code, broken.json()["code"]) == (422, "nomination-preferences")
        sign_in(client, make_officer())
        assert post(client, path, wish(call, foreign)).json()["code"] == "not-permitted"
    assert Nomination.objects.count() == 1


def test_a_late_nomination_is_refused_with_its_code(client: Client):
    call, hr = make_call(), make_hr()
    person = make_staff(hr)
    with time_machine.travel(LATER, tick=False):
        sign_in(client, hr)
        answer = post(client, f"/calls/{call.ref}/nominations", wish(call, person))
    assert (answer.status_code, answer.json()["code"]) == (409, "call-closed")


def test_a_person_reads_her_own_and_accepts(client: Client):
    call, hr = make_call(), make_hr()
    for _ in range(2):
        make_nomination(call, hr=hr)
    decide_call(call)
    place = Place.objects.select_related("nomination__person").first()
    assert place
    with time_machine.travel(LATER, tick=False):
        sign_in(client, place.nomination.person)
        (own,) = client.get(f"{ROOT}/nominations/mine").json()
        assert own["results"][0]["rank"] == 1
        assert own["places"][0]["state"] == "offered"
        answer = client.post(f"{ROOT}/places/{place.ref}/accept")
        assert answer.json()["state"] == "accepted"
        sign_in(client, make_person())
        assert client.get(f"{ROOT}/nominations/mine").json() == []
        assert client.post(f"{ROOT}/places/{place.ref}/accept").status_code == 404


def test_results_are_for_who_may_see_protocols(client: Client):
    call = make_call()
    make_nomination(call)
    path = f"{ROOT}/calls/{call.ref}/results"
    sign_in(client, make_officer())
    assert client.get(path).json()["code"] == "call-not-decided"
    decide_call(call)
    sign_in(client, make_person(role=Role.APPEALS_OFFICER))
    assert client.get(path).json()["kind"] == "hunar/selection-protocol/1"
    sign_in(client, make_person())
    assert client.get(path).status_code == 403
    sign_in(client, make_officer())
    assert client.get(f"{ROOT}/calls/CAL-XXX-XXXX/results").status_code == 404
