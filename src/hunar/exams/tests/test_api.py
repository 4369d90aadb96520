from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from hunar.exams import services
from hunar.exams.models import Attempt
from hunar.exams.tests.makers import (
    NOON,
    make_attempt,
    make_candidate,
    make_examiner,
    make_released,
    make_sitting,
)
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/exams"


@pytest.fixture(autouse=True)
def _soon() -> Any:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        yield


def post(client: Client, path: str, body: Any = None) -> Any:
    return client.post(ROOT + path, json.dumps(body or {}), content_type="application/json")


def test_a_whole_exam_through_the_api(client: Client) -> None:
    sitting = make_sitting()
    sign_in(client, make_candidate(sitting).person)
    listed = client.get(f"{ROOT}/sittings").json()
    assert [(row["ref"], row["state"]) for row in listed] == [(sitting.ref, "open")]
    begun = post(client, f"/sittings/{sitting.ref}/start", {"language": "tk"}).json()
    assert len(begun["questions"]) == 7
    assert "key" not in json.dumps(begun)
    change = {"token": begun["token"], "position": 3, "response": "b", "sequence": 7}
    assert post(client, "/answers", change).json()["state"] == "saved"
    again = client.get(f"{ROOT}/attempts/{begun['ref']}").json()
    assert again["questions"][2]["response"] == "b"
    first = post(client, f"/attempts/{begun['ref']}/submit").json()
    assert first["receipt"]["answers"] == {"3": "b"}
    assert post(client, f"/attempts/{begun['ref']}/submit").json() == first
    assert client.get(f"{ROOT}/attempts/{begun['ref']}").json()["token"] == ""
    result = client.get(f"{ROOT}/attempts/{begun['ref']}/result")
    assert (result.status_code, result.json()["code"]) == (409, "result-not-released")
    services.release(sitting, by=make_examiner(), at=NOON + timedelta(minutes=9))
    result = client.get(f"{ROOT}/attempts/{begun['ref']}/result").json()
    assert result["marks_max"] == 6
    assert result["document"]["kind"] == "hunar/exam-result/1"


def test_somebody_elses_attempt_does_not_exist(client: Client) -> None:
    attempt = make_attempt()
    for stranger in (make_person(), make_examiner(), make_candidate(attempt.sitting).person):
        sign_in(client, stranger)
        for answer in (
            client.get(f"{ROOT}/attempts/{attempt.ref}"),
            client.get(f"{ROOT}/attempts/{attempt.ref}/result"),
            post(client, f"/attempts/{attempt.ref}/submit"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert Attempt.objects.get().submitted_at is None


@pytest.mark.parametrize("ref", ["SIT-222-2222", "nonsense", "ATT-XT6-GTYS"])
def test_a_wrong_reference_is_not_found(client: Client, ref: str) -> None:
    sign_in(client, make_person())
    answer = post(client, f"/sittings/{ref}/start", {"language": "tk"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_visitors_are_refused(client: Client) -> None:
    assert client.get(f"{ROOT}/sittings").status_code == 401


def test_refusals_carry_their_code(client: Client) -> None:
    attempt = make_attempt()
    sign_in(client, attempt.enrolment.person)
    change = {"token": attempt.token, "position": 99, "response": "b", "sequence": 7}
    answer = post(client, "/answers", change)
    assert (answer.status_code, answer.json()["code"]) == (404, "exam-position-unknown")


def test_a_released_result_is_listed(client: Client) -> None:
    make_released(wrong=(0,))
    attempt = Attempt.objects.get()
    sign_in(client, attempt.enrolment.person)
    row = client.get(f"{ROOT}/sittings").json()[0]
    assert (row["state"], row["attempt"]) == ("released", attempt.ref)
