"""Single audit records, tried here where roles are known."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from hunar.audit import services as audit
from hunar.audit.keys import checkpoint_signer
from hunar.audit.verification import check_inclusion
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 5, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ME_OFFICER, 200), (Role.HR_OFFICER, 403), (None, 403)]
)
def test_records_are_for_who_may_see_the_log(client: Client, role: Role | None, status: int):
    someone = make_person()
    entry = audit.record("people.person.created", subject=someone, by=None, at=NOON)
    sign_in(client, make_person(role=role))
    for address in (
        "/log/records/",
        f"/log/records/{entry.pk}/",
        f"/log/records/{entry.pk}/proof/",
        "/api/v1/audit/records/",
    ):
        assert client.get(address).status_code == status, address


def test_a_record_is_found_by_its_number_and_proved(client: Client):
    someone, other = make_person(), make_person()
    entry = audit.record("people.person.created", subject=someone, by=other, at=NOON)
    audit.record("people.person.created", subject=other, by=None, at=NOON)
    sign_in(client, make_person(role=Role.APPEALS_OFFICER))
    page = client.get("/log/records/", {"q": someone.ref.lower()}).content.decode()
    assert f"/log/records/{entry.pk}/" in page
    assert f"/log/records/{entry.pk + 1}/" not in page
    proof = client.get(f"/log/records/{entry.pk}/proof/").json()
    assert check_inclusion(proof, [checkpoint_signer().verifier]).holds


def test_the_list_takes_as_many_queries_for_many_records(
    client: Client, django_assert_max_num_queries: Any
):
    sign_in(client, make_person(role=Role.ADMINISTRATOR))
    someone = make_person()
    for count in (2, 20):
        for _ in range(count):
            audit.record("people.person.created", subject=someone, by=None, at=NOON)
        with django_assert_max_num_queries(8):
            assert client.get("/log/records/").status_code == 200
