from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from hunar.kernel import home
from hunar.kernel.home import HomeTask
from hunar.kernel.services import choose
from hunar.organisations.tests.makers import make_organisation
from hunar.people.enums import Role
from hunar.people.models import Account
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(settings: LazySettings) -> Account:
    settings.DEMO = True
    account = Account.objects.create_user(
        login="1000001", person=make_person(role=Role.PROGRAMME_OFFICER)
    )
    choose("demo.cast", {"officer": account.login})
    return account


def test_the_front_page_is_for_everybody(client: Client):
    page = client.get("/").content.decode()
    assert "/account/login/" in page
    assert "/demo/" not in page


def test_home_asks_to_sign_in_first(client: Client):
    assert client.get("/home/").headers["Location"] == "/account/login/?next=/home/"


def test_home_shows_what_waits(client: Client, monkeypatch: pytest.MonkeyPatch):
    def waiting(person: Any, *, on: date) -> list[HomeTask]:
        return [HomeTask(label="Sign the list", text="of 4 December", href="/x/", count=3)]

    waiting.__module__ = "hunar.cohorts.queries"
    monkeypatch.setattr(home, "_sources", [waiting])
    sign_in(client, make_person(given="Maral"))
    page = client.get("/home/").content.decode()
    assert "Sign the list" in page
    assert "Maral" in page
    assert "Sign the list" not in client.get("/home/?part=later").content.decode()


def test_what_can_wait_comes_in_a_second_answer(client: Client, monkeypatch: pytest.MonkeyPatch):
    def waiting(person: Any, *, on: date) -> list[HomeTask]:
        return [HomeTask(label="Confirm a claim", text="12 hours", href="/x/")]

    waiting.__module__ = "hunar.cpd.queries"
    monkeypatch.setattr(home, "_sources", [waiting])
    sign_in(client, make_person())
    assert "Confirm a claim" not in client.get("/home/").content.decode()
    whole = client.get("/home/?part=later").content.decode()
    assert "Confirm a claim" in whole
    assert "site-header" in whole
    fragment = client.get("/home/?part=later", headers={"HX-Request": "true"}).content.decode()
    assert "Confirm a claim" in fragment
    assert "site-header" not in fragment


def test_every_room_that_offers_tasks_is_asked_once():
    from hunar.portal.home.tasks import FIRST

    assert len(set(home.rooms())) == len(home.rooms())
    assert set(home.rooms()) >= FIRST - {"learning"}


@pytest.mark.parametrize("part", ["", "later", "overview"])
@pytest.mark.parametrize("role", [None, *Role])
def test_every_role_has_a_home_within_twelve_queries(
    client: Client, role: Role | None, part: str, django_assert_max_num_queries: Any
):
    sign_in(client, make_person(role=role))
    with django_assert_max_num_queries(12):
        assert client.get("/home/", {"part": part}).status_code == 200


def test_the_overview_takes_as_many_queries_for_much_work(
    client: Client, django_assert_max_num_queries: Any
):
    ministry = make_organisation()
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry))
    counts = []
    for rows in (2, 20):
        for _ in range(rows):
            make_employment(organisation=ministry)
        with django_assert_max_num_queries(12) as captured:
            client.get("/home/?part=overview")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_demo_page_does_not_exist_outside_the_demo(client: Client, settings: LazySettings):
    settings.DEMO = False
    choose("demo.cast", {"officer": "1000001"})
    Account.objects.create_user(login="1000001", person=make_person())
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"as": "officer"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("_demo")
def test_one_button_signs_in_by_role(client: Client):
    assert b"Programme officer of the academy" in client.get("/demo/").content
    answer = client.post("/demo/", {"as": "officer", "next": "https://elsewhere.test/"})
    assert answer.headers["Location"] == "/home/"
    assert client.get("/home/").status_code == 200


@pytest.mark.usefixtures("_demo")
@pytest.mark.parametrize("key", ["", "admin", "1000001", "hr_minmaliye"])
def test_a_part_that_nobody_plays_signs_nobody_in(client: Client, key: str):
    assert client.post("/demo/", {"as": key}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_healthz_needs_one_query_and_no_session(client: Client, django_assert_num_queries: Any):
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert not answer.cookies


def test_readyz_names_what_holds(client: Client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["checks"]["migrations"] is True


def test_readyz_refuses_work_without_a_place_for_keys(
    client: Client, settings: LazySettings, tmp_path: Path
):
    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.write_text("in the way")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["keys"] is False


def test_the_academy_is_a_did_with_its_key(client: Client):
    from hunar.audit.keys import academy_key

    document = client.get("/.well-known/did.json").json()
    assert document["verificationMethod"][0]["publicKeyMultibase"] == academy_key().public.multibase
    assert document["id"].startswith("did:web:")


def test_robots_are_kept_out_of_personal_pages(client: Client):
    assert b"Disallow: /people/" in client.get("/robots.txt").content


def test_a_paper_id_leads_to_its_page(client: Client):
    person = make_person()
    sign_in(client, person)
    ref = person.ref.lower().replace("-", " ")
    assert client.get("/search/", {"q": ref}).headers["Location"] == f"/people/{person.ref}/"
    mistyped = person.ref[:-1] + ("2" if person.ref[-1] != "2" else "3")
    assert client.get("/search/", {"q": mistyped}).status_code == 200


def test_search_finds_only_what_the_reader_may_see(client: Client):
    ministry = make_organisation()
    person = make_employment(person=make_person(family="Döwletow"), organisation=ministry).person
    sign_in(client, make_person(role=Role.HR_OFFICER, organisation=ministry))
    assert person.ref in client.get("/search/?q=довлетов").content.decode()
    sign_in(client, make_person(role=Role.TRAINER))
    assert person.ref not in client.get("/search/?q=довлетов").content.decode()
