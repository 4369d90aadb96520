"""The pages and the API of organisations, tried here where people and roles are known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from hunar.kernel import clock
from hunar.organisations import errors, queries, services
from hunar.organisations.models import Organisation
from hunar.organisations.tests.makers import make_organisation, make_post
from hunar.people.enums import Role
from hunar.people.models import Employment
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
TITLES = {"title_tk": "Bölüm", "title_ru": "Отдел", "title_en": "Section"}


def test_staff_are_counted_with_the_units():
    ministry = make_organisation()
    unit = make_organisation(parent=ministry)
    for organisation in (ministry, unit, unit):
        make_employment(organisation=organisation)
    past = make_employment(organisation=ministry)
    Employment.objects.filter(pk=past.pk).update(ended_date=date(2025, 1, 1))
    row = queries.organisations(on=clock.today()).get(pk=ministry.pk)
    assert row.staff_count == 3  # type: ignore[attr-defined]
    empty = make_organisation()
    assert queries.organisations(on=clock.today()).get(pk=empty.pk).staff_count == 0  # type: ignore[attr-defined]


def test_holders_of_a_post_are_counted():
    post = make_post()
    make_employment(post=post)
    assert [row.holder_count for row in queries.posts_of(post.organisation)] == [1]  # type: ignore[attr-defined]
    vacant = make_post()
    assert [row.holder_count for row in queries.posts_of(vacant.organisation)] == [0]  # type: ignore[attr-defined]


def test_an_organisation_with_staff_stays_open():
    employment = make_employment()
    with pytest.raises(errors.StillHasStaff):
        services.close(
            employment.organisation,
            last_day=date(2026, 1, 1),
            by=make_person(role=Role.ADMINISTRATOR),
            at=NOON,
        )


def test_the_list_takes_as_many_queries_for_many_organisations(
    client: Client, django_assert_max_num_queries: Any
):
    sign_in(client, make_person(role=Role.ADMINISTRATOR))
    for count in (2, 20):
        for _ in range(count):
            make_employment()
        with django_assert_max_num_queries(7):
            assert client.get("/organisations/").status_code == 200


def test_the_page_of_an_organisation_offers_what_the_reader_may(client: Client):
    ministry = make_organisation()
    post = make_post(organisation=ministry)
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry))
    page = client.get(f"/organisations/{ministry.ref}/").content.decode()
    assert f"/organisations/{ministry.ref}/units/new/" in page
    assert f"/organisations/posts/{post.ref}/" in page
    assert f"/organisations/{ministry.ref}/rename/" not in page
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=make_organisation()))
    page = client.get(f"/organisations/{ministry.ref}/").content.decode()
    assert "/units/new/" not in page


def test_a_unit_and_a_post_are_added_on_the_pages(client: Client):
    ministry = make_organisation()
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry))
    unit = {**TITLES, "code": "it-section", "valid_from": "2026-01-01"}
    client.post(f"/organisations/{ministry.ref}/units/new/", unit)
    assert Organisation.objects.get(code="it-section").parent == ministry
    post = {**TITLES, "code": "IT", "grade": 4, "role_group": "specialist", "family": "digital"}
    client.post(f"/organisations/{ministry.ref}/posts/new/", post)
    assert ministry.posts.get().grade == 4
    assert client.get("/organisations/new/").status_code == 403


def test_an_organisation_is_closed_only_after_the_tick(client: Client):
    ministry = make_organisation()
    sign_in(client, make_person(role=Role.ADMINISTRATOR))
    address = f"/organisations/{ministry.ref}/close/"
    assert client.post(address, {"last_day": "2026-01-01"}).status_code == 200
    client.post(address, {"last_day": "2026-01-01", "confirmed": "yes"})
    ministry.refresh_from_db()
    assert ministry.valid_to == date(2026, 1, 1)


@pytest.mark.parametrize("address", ["/organisations/", "/organisations/regions/"])
def test_one_signs_in_to_read(client: Client, address: str):
    assert client.get(address).status_code == 302
    sign_in(client, make_person())
    assert client.get(address).status_code == 200


def test_the_api_does_what_the_pages_do(client: Client):
    sign_in(client, make_person(role=Role.ADMINISTRATOR))
    title = {"tk": "Ministrlik", "ru": "Ведомство", "en": "Ministry"}
    wish = {"code": "m-1", "kind": "ministry", "title": title, "valid_from": "2020-01-01"}
    made = client.post("/api/v1/organisations/", wish, content_type="application/json")
    assert made.status_code == 201
    again = client.post("/api/v1/organisations/", wish, content_type="application/json")
    assert again.json()["code"] == "organisation-code-taken"
    found = client.get("/api/v1/organisations/?wish=ведомство").json()["items"]
    assert [item["code"] for item in found] == ["m-1"]
    assert client.get("/api/v1/organisations/m-1/").json()["ref"] == made.json()["ref"]
    assert client.get("/api/v1/organisations/none/").status_code == 404
    sign_in(client, make_person(role=Role.TRAINER))
    refused = client.post("/api/v1/organisations/", wish, content_type="application/json")
    assert refused.json()["code"] == "not-permitted"
