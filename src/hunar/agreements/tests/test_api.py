import json
from typing import Any

import pytest
from django.test import Client

from hunar.agreements.tests.makers import make_agreement, make_expert, make_officer
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/agreements"


def send(client: Client, address: str, **content: Any) -> Any:
    return client.post(f"{ROOT}{address}", json.dumps(content), content_type="application/json")


def test_the_api_does_what_the_pages_do(client: Client):
    agreement, expert = make_agreement(), make_expert()
    ministry = agreement.parties.order_by("order")[0].organisation
    hr = make_person(role=Role.HR_OFFICER, organisation=ministry)
    sign_in(client, hr)
    listed = client.get(f"{ROOT}/").json()
    assert [row["ref"] for row in listed] == [agreement.ref]
    detail = client.get(f"{ROOT}/{agreement.ref}").json()
    assert detail["obligations"][0]["state"] == "open"
    asked = send(
        client,
        f"/{agreement.ref}/requests",
        organisation=ministry.ref,
        subject="Archive",
        question="How long?",
    )
    assert asked.status_code == 201
    ref = asked.json()["ref"]
    refused = send(client, f"/requests/{ref}/assign", expert=expert.pk)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
    sign_in(client, make_officer())
    assert send(client, f"/requests/{ref}/assign", expert=expert.pk).status_code == 200
    sign_in(client, expert.person)
    assert send(client, f"/requests/{ref}/answer", text="Thirty days.").status_code == 200
    again = send(client, f"/requests/{ref}/answer", text="Forty.")
    assert (again.status_code, again.json()["code"]) == (409, "request-state")
    sign_in(client, hr)
    assert send(client, f"/requests/{ref}/close", rating=5).json()["state"] == "closed"
    assert client.get(f"{ROOT}/requests?state=closed").json()["count"] == 1


def test_what_one_may_not_see_does_not_exist(client: Client):
    agreement = make_agreement()
    sign_in(client, make_person())
    assert client.get(f"{ROOT}/").json() == []
    assert client.get(f"{ROOT}/{agreement.ref}").status_code == 404
    assert client.get(f"{ROOT}/AGR-222-2222").status_code == 404
    assert client.get(f"{ROOT}/experts").status_code == 403
    client.logout()
    assert client.get(f"{ROOT}/").status_code == 401
