from __future__ import annotations

import pytest
from django.test import Client

from hunar.organisations.tests.makers import make_organisation, make_post
from hunar.people.enums import Role
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_the_api_needs_a_session(client: Client):
    answer = client.get("/api/v1/people/staff/")
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-signed-in"


def test_staff_through_the_api_is_what_the_page_shows(client: Client):
    ministry = make_organisation()
    row = make_employment(organisation=ministry)
    make_employment()
    sign_in(client, make_person(role=Role.HR_OFFICER, organisation=ministry))
    items = client.get("/api/v1/people/staff/").json()["items"]
    assert [item["person"]["ref"] for item in items] == [row.person.ref]


def test_a_person_out_of_reach_does_not_exist(client: Client):
    sign_in(client, make_person(role=Role.TRAINER))
    assert client.get(f"/api/v1/people/{make_employment().person.ref}/").status_code == 404
    assert client.get("/api/v1/people/PER-000-0000/").status_code == 404


def test_a_person_is_created_corrected_employed_and_trusted(client: Client):
    ministry = make_organisation()
    post = make_post(organisation=ministry)
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry))
    wish = {"family": "Orazowa", "given": "Läle", "sex": "F"}
    made = client.post("/api/v1/people/", wish, content_type=JSON)
    assert made.status_code == 201
    again = client.post("/api/v1/people/", wish, content_type=JSON)
    assert (again.status_code, again.json()["code"]) == (409, "person-possible-duplicate")
    ref = made.json()["ref"]
    corrected = client.post(
        f"/api/v1/people/{ref}/correct/",
        {"reason": "misspelt", "facts": {"given": "Lale"}},
        content_type=JSON,
    )
    assert corrected.json()["name"]["given"] == "Lale"
    employed = client.post(
        f"/api/v1/people/{ref}/employments/",
        {"organisation": ministry.code, "post": post.code, "started_date": "2026-03-01"},
        content_type=JSON,
    )
    assert employed.status_code == 201
    role = {"role": "hr-officer", "organisation": ministry.code, "valid_from": "2026-03-01"}
    assert client.post(f"/api/v1/people/{ref}/roles/", role, content_type=JSON).status_code == 201
    beyond = client.post(
        f"/api/v1/people/{ref}/roles/", {**role, "role": "examiner"}, content_type=JSON
    )
    assert (beyond.status_code, beyond.json()["code"]) == (403, "role-beyond-reach")


@pytest.mark.parametrize(
    "wish",
    [{}, {"family": "", "given": "A", "sex": "F"}, {"family": "A", "given": "B", "sex": "X"}],
)
def test_input_that_cannot_be_read_is_named(client: Client, wish: dict[str, str]):
    sign_in(client, make_person(role=Role.ADMINISTRATOR))
    answer = client.post("/api/v1/people/", wish, content_type=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
