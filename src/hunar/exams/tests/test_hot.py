"""The address that browsers save answers at: no session, one statement, clear refusals."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hunar.exams import services
from hunar.exams.models import Answer, Attempt
from hunar.exams.tests.makers import NOON, make_attempt

pytestmark = pytest.mark.django_db
URL = "/exams/answers/"


@pytest.fixture(autouse=True)
def _soon() -> Any:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        yield


def body(attempt: Attempt, **changes: Any) -> dict[str, Any]:
    return {"token": attempt.token, "position": 1, "response": "b", "sequence": 5, **changes}


def post(client: Client, content: Any) -> Any:
    raw = content if isinstance(content, bytes | str) else json.dumps(content)
    return client.post(URL, raw, content_type="application/json")


def test_an_answer_is_saved_and_confirmed(client: Client) -> None:
    attempt = make_attempt()
    answer = post(client, body(attempt, flagged=True))
    assert answer.status_code == 200
    assert answer.json() == {
        "state": "saved",
        "position": 1,
        "response": "b",
        "flagged": True,
        "sequence": 5,
        "saved_at": "2025-12-05T07:05:00Z",
        "now": "2025-12-05T07:05:00Z",
    }
    assert Answer.objects.get(attempt=attempt).response == "b"


def test_the_whole_request_costs_one_statement(client: Client) -> None:
    attempt = make_attempt()
    with CaptureQueriesContext(connection) as seen:
        post(client, body(attempt))
    statements = [q["sql"] for q in seen if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) == 1


def test_no_token_of_a_form_is_asked(client: Client) -> None:
    attempt = make_attempt()
    strict = Client(enforce_csrf_checks=True)
    assert post(strict, body(attempt)).status_code == 200


def test_a_repeated_change_is_confirmed_with_what_stands(client: Client) -> None:
    attempt = make_attempt()
    post(client, body(attempt, response="c", sequence=9))
    answer = post(client, body(attempt, response="a", sequence=8))
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["response"]) == ("superseded", "c")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"token": "x" * 43}, 403, "exam-token-unknown"),
        ({"position": 44}, 404, "exam-position-unknown"),
        ({"response": "x" * 41}, 413, "answer-too-long"),
        ({"sequence": -1}, 422, "malformed"),
        ({"position": "one"}, 422, "malformed"),
        ({"response": None}, 422, "malformed"),
        ({"marks": 40}, 422, "malformed"),
        ({"response": "\u0000"}, 422, "malformed"),
    ],
)
def test_a_bad_change_is_refused(
    client: Client, changes: dict[str, Any], status: int, code: str
) -> None:
    attempt = make_attempt()
    answer = post(client, body(attempt, **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"]
    assert not Answer.objects.exists()


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", b"\xff\xfe", "5"])
def test_what_is_not_json_is_refused(client: Client, raw: Any) -> None:
    answer = post(client, raw)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")


def test_a_pasted_book_is_refused_unread(client: Client) -> None:
    answer = post(client, body(make_attempt(), response="x" * 5_000_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "answer-too-long")


def test_a_late_answer_is_refused(client: Client) -> None:
    attempt = make_attempt()
    with time_machine.travel(attempt.ends_at + timedelta(seconds=6), tick=False):
        answer = post(client, body(attempt))
    assert (answer.status_code, answer.json()["code"]) == (409, "exam-time-over")


def test_an_answer_after_submitting_is_refused(client: Client) -> None:
    attempt = make_attempt()
    services.submit(attempt, by=attempt.enrolment.person, at=NOON + timedelta(minutes=4))
    answer = post(client, body(attempt))
    assert (answer.status_code, answer.json()["code"]) == (409, "exam-submitted")


def test_only_post_saves(client: Client) -> None:
    assert client.get(URL).status_code == 405


def test_the_clock_tells_the_servers_time(client: Client) -> None:
    answer = client.get("/exams/now/")
    assert answer.json() == {"now": "2025-12-05T07:05:00Z"}
    assert "no-store" in answer["Cache-Control"]
