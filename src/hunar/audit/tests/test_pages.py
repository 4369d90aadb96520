from datetime import UTC, datetime

import pytest
from django.test import Client

from hunar.audit import services
from hunar.audit.tests.test_services import record

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 5, 7, tzinfo=UTC)


def test_the_log_is_public_and_explains_itself(client: Client):
    record()
    services.integrate(at=NOON)
    page = client.get("/log/")
    assert page.status_code == 200
    assert b"Transparency log" in page.content
    assert b"PER-1" not in page.content


def test_an_empty_log_says_so(client: Client):
    assert b"no checkpoint yet" in client.get("/log/").content


def test_a_checkpoint_is_downloaded_as_a_signed_note(client: Client):
    record()
    services.integrate(at=NOON)
    note = client.get("/log/checkpoint/1.txt").content.decode()
    assert note.splitlines()[1] == "1"
    assert "— " in note


def test_a_consistency_proof_is_downloaded(client: Client):
    record()
    services.integrate(at=NOON)
    record()
    services.integrate(at=NOON)
    proof = client.get("/log/consistency.json", {"old": 1, "new": 2}).json()
    assert proof["kind"] == "hunar/log-consistency/1"


@pytest.mark.parametrize(
    "query", [{}, {"old": 2, "new": 1}, {"old": "x", "new": 2}, {"old": 1, "new": 9}]
)
def test_sizes_that_do_not_exist_are_refused(client: Client, query: dict[str, object]):
    answer = client.get("/log/consistency.json", query)
    assert answer.status_code == 404
    assert b"checkpoint-unknown" in answer.content


def test_the_public_keys_are_downloaded(client: Client):
    assert client.get("/log/trusted-keys.json").json()["kind"] == "hunar/trusted-keys/1"
