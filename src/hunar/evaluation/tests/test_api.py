import json

import pytest
import time_machine
from django.test import Client

from hunar.evaluation.tests.makers import (
    AT,
    make_finished,
    make_me_officer,
    make_programme_officer,
)
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/evaluation/"


@pytest.fixture(autouse=True)
def january():
    with time_machine.travel(AT, tick=False):
        yield


def post(client: Client, path: str, **body: object):
    return client.post(ROOT + path, json.dumps(body), content_type="application/json")


def test_the_indicators_of_a_programme(client: Client):
    programme = make_finished(women=10, men=12).intake.programme
    sign_in(client, make_programme_officer())
    found = client.get(f"{ROOT}programmes/{programme.ref}").json()
    figures = {row["code"]: row for row in found["figures"]}
    assert figures["trained-persons"]["value"] == "22"
    assert found["cuts"][0]["levels"]["trained-persons"] == [10, 12]
    sign_in(client, make_person())
    assert client.get(f"{ROOT}programmes/{programme.ref}").json()["code"] == "not-permitted"


def test_a_report_is_released_and_read_with_its_proof(client: Client):
    programme = make_finished(women=10, men=12).intake.programme
    path = f"programmes/{programme.ref}/reports"
    wish = {"audience": "public", "since": "2025-01-01", "until": "2025-12-31"}
    sign_in(client, make_programme_officer())
    assert post(client, path, **wish).status_code == 403
    sign_in(client, make_me_officer())
    assert post(client, path, **{**wish, "audience": "press"}).status_code == 422
    early = post(client, path, **{**wish, "until": "2026-12-31"})
    assert early.json()["code"] == "period-not-over"
    made = post(client, path, **wish)
    assert made.status_code == 201
    ref = made.json()["ref"]
    assert [row["ref"] for row in client.get(f"{ROOT}reports").json()["items"]] == [ref]
    proof = client.get(f"{ROOT}reports/{ref}").json()
    assert proof["document"]["audience"] == "public"
