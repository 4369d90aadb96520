from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hunar.kernel import clock
from hunar.kernel.tables import read_table
from hunar.organisations.tests.makers import make_organisation, make_post
from hunar.people import services
from hunar.people.enums import Role
from hunar.people.models import Account, Employment, Person, RoleAssignment
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
PASSWORD = "a sentence that is long"


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests():
    cache.clear()


def make_account(person: Person | None = None, **fields: Any) -> Account:
    person = person or make_person()
    return Account.objects.create_user(
        login=str(person.personnel_number), password=PASSWORD, person=person, **fields
    )


def test_one_signs_in_with_the_personnel_number_and_goes_where_one_wanted(client: Client):
    account = make_account()
    answer = client.post(
        "/account/login/?next=/people/me/",
        {"login": account.login, "password": PASSWORD, "next": "/people/me/"},
    )
    assert answer.headers["Location"] == "/people/me/"


def test_the_language_of_the_person_is_applied_at_sign_in_and_changed_with_the_switch(
    client: Client,
):
    account = make_account(make_person(language="ru"))
    answer = client.post("/account/login/", {"login": account.login, "password": PASSWORD})
    assert answer.cookies["language"].value == "ru"
    client.post("/ui/language/", {"language": "tk", "next": "/"})
    assert Person.objects.get(pk=account.person_id).language == "tk"


def test_failed_sign_ins_are_slowed_down(client: Client):
    account = make_account()
    client.cookies["language"] = "en"
    for _ in range(5):
        client.post("/account/login/", {"login": account.login, "password": "wrong"})
    answer = client.post("/account/login/", {"login": account.login, "password": PASSWORD})
    assert answer.status_code == 200
    assert b"Too many attempts failed" in answer.content


def test_the_answer_to_a_wrong_password_tells_nothing_about_the_number(client: Client):
    account = make_account()
    client.cookies["language"] = "en"
    known = client.post("/account/login/", {"login": account.login, "password": "wrong"})
    unknown = client.post("/account/login/", {"login": "no-such", "password": "wrong"})
    for answer in (known, unknown):
        assert b"Number and password do not fit together." in answer.content


def test_a_closed_account_does_not_sign_in(client: Client):
    account = make_account(is_active=False)
    client.post("/account/login/", {"login": account.login, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_a_printed_code_opens_nothing_but_the_choice_of_a_password(client: Client):
    person = make_person()
    account, code = services.open_account(
        person, by=make_person(role=Role.ADMINISTRATOR), at=clock.now()
    )
    client.post("/account/login/", {"login": account.login, "password": code})
    assert client.get("/people/me/").headers["Location"] == "/people/account/password/"
    short = client.post("/people/account/password/", {"password": "short", "again": "short"})
    assert short.status_code == 200
    same = client.post("/people/account/password/", {"password": code, "again": code})
    assert same.status_code == 200
    differs = client.post("/people/account/password/", {"password": PASSWORD, "again": "other"})
    assert differs.status_code == 200
    client.post("/people/account/password/", {"password": PASSWORD, "again": PASSWORD})
    assert client.get("/people/me/").headers["Location"] == f"/people/{person.ref}/"
    account.refresh_from_db()
    assert not account.has_one_time_code


def test_a_printed_code_runs_out(client: Client):
    account, code = services.open_account(
        make_person(),
        by=make_person(role=Role.ADMINISTRATOR),
        at=clock.now() - timedelta(days=15),
    )
    client.post("/account/login/", {"login": account.login, "password": code})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address",
    [
        "/account/login/",
        "/account/password/reset/",
        "/account/signup/",
        "/account/inactive/",
    ],
)
def test_pages_before_the_door_have_our_look_and_no_inline_code(client: Client, address: str):
    page = client.get(address).content.decode()
    assert "site-header" in page
    assert "<c-" not in page
    executed = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page)
    assert executed == []
    assert "style=" not in page


def test_pages_of_the_second_factor_have_our_look_and_no_inline_code(client: Client):
    account = make_account()
    client.post("/account/login/", {"login": account.login, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for address in (
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
        "/account/password/change/",
        "/account/logout/",
        "/account/reauthenticate/",
    ):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert "site-header" in page
        assert "<c-" not in page
        assert not re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page), address
        assert "style=" not in page, address


def test_an_authenticator_app_becomes_the_second_factor(client: Client):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    account = make_account()
    client.cookies["language"] = "en"
    client.post("/account/login/", {"login": account.login, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    assert secret in page.content.decode()
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    client.post("/account/2fa/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(user=account, type="totp").exists()
    fresh = Client()
    fresh.cookies["language"] = "en"
    answer = fresh.post("/account/login/", {"login": account.login, "password": PASSWORD})
    assert answer.headers["Location"] == "/account/2fa/authenticate/"
    assert b"Second factor" in fresh.get("/account/2fa/authenticate/").content
    recovery = Authenticator.objects.get(user=account, type="recovery_codes")
    fresh.post("/account/2fa/authenticate/", {"code": recovery.wrap().get_unused_codes()[0]})
    assert fresh.get("/people/account/").status_code == 200


def test_the_staff_list_takes_as_many_queries_for_many_people(
    client: Client, django_assert_max_num_queries: Any
):
    ministry = make_organisation()
    sign_in(client, make_person(role=Role.HR_OFFICER, organisation=ministry))
    for count in (2, 20):
        for _ in range(count):
            make_employment(organisation=ministry)
        with django_assert_max_num_queries(9):
            assert client.get("/people/").status_code == 200


def test_the_person_page_stays_within_twelve_queries(
    client: Client, django_assert_max_num_queries: Any
):
    person = make_employment().person
    sign_in(client, make_person(role=Role.ADMINISTRATOR))
    client.get(f"/people/{person.ref}/")
    with django_assert_max_num_queries(12):
        page = client.get(f"/people/{person.ref}/")
    assert person.name.full in page.content.decode()


def test_the_staff_list_is_downloaded_as_a_workbook(client: Client):
    ministry = make_organisation()
    row = make_employment(person=make_person(family="Öwezowa"), organisation=ministry)
    sign_in(client, make_person(role=Role.HR_OFFICER, organisation=ministry))
    content = client.get("/people/export/?q=owez").content
    table = read_table(BytesIO(content), columns={"family": ["Family name"]})
    assert [line.cells["family"] for line in table.rows] == [row.person.family]


@pytest.mark.parametrize(
    ("role", "where", "status"),
    [(Role.HR_OFFICER, "here", 200), (Role.HR_OFFICER, "elsewhere", 404), (None, "", 404)],
)
def test_a_dossier_opens_to_who_may_see_it(
    client: Client, role: Role | None, where: str, status: int
):
    ministry = make_organisation()
    person = make_employment(organisation=ministry).person
    organisation = ministry if where == "here" else make_organisation()
    sign_in(client, make_person(role=role, organisation=organisation))
    assert client.get(f"/people/{person.ref}/").status_code == status


def test_the_person_concerned_sees_who_opened_her_dossier(client: Client):
    ministry = make_organisation()
    person = make_employment(organisation=ministry).person
    officer = make_person(family="Gurbanowa", role=Role.HR_OFFICER, organisation=ministry)
    sign_in(client, officer)
    assert (
        "Gurbanowa" not in client.get(f"/people/{person.ref}/").content.decode().split("<main")[1]
    )
    sign_in(client, person)
    assert "Gurbanowa" in client.get(f"/people/{person.ref}/").content.decode().split("<main")[1]


def test_a_person_is_entered_only_after_looking_at_those_alike(client: Client):
    ministry = make_organisation()
    post = make_post(organisation=ministry)
    known = make_person(family="Döwletow", given="Myrat", birth_date=date(1985, 2, 3))
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry))
    wish = {
        "family": "Dowletow",
        "given": "Myrat",
        "sex": "M",
        "birth_date": "1985-02-03",
        "post": post.pk,
        "started_date": "2026-03-01",
    }
    first = client.post(f"/people/new/{ministry.ref}/", wish)
    assert first.status_code == 409
    assert known.name.full in first.content.decode()
    client.post(f"/people/new/{ministry.ref}/", {**wish, "is_somebody_else": "on"})
    assert Employment.objects.get(post=post).person.family == "Dowletow"


def test_the_printed_code_is_shown_once(client: Client):
    ministry = make_organisation()
    person = make_employment(organisation=ministry).person
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry))
    page = client.post(f"/people/{person.ref}/account/open/").content.decode()
    code = re.search(r"<code>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})</code>", page)
    assert code
    assert Account.objects.get(person=person).check_password(code[1])
    assert code[1] not in client.get(f"/people/{person.ref}/").content.decode()


def test_a_rule_that_forbids_becomes_a_page_with_its_code(client: Client):
    ministry = make_organisation()
    person = make_employment(organisation=ministry).person
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry)
    services.open_account(person, by=admin, at=NOON)
    sign_in(client, admin)
    answer = client.post(f"/people/{person.ref}/account/open/")
    assert answer.status_code == 409
    assert b"account-exists" in answer.content


def test_a_role_is_granted_and_ended_on_the_pages(client: Client):
    ministry = make_organisation()
    person = make_employment(organisation=ministry).person
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry))
    client.post(
        f"/people/{person.ref}/roles/",
        {"role": Role.HR_OFFICER.value, "organisation": ministry.pk, "valid_from": "2026-01-01"},
    )
    held = RoleAssignment.objects.get(person=person)
    client.post(f"/people/roles/{held.pk}/end/", {"confirmed": "yes"})
    held.refresh_from_db()
    assert held.valid_to == clock.today() - timedelta(days=1)


def test_everybody_may_read_who_may_do_what(client: Client):
    sign_in(client, make_person())
    assert b"Who may do what" in client.get("/people/powers/").content
    assert client.get("/people/roles/").status_code == 403
    assert client.get("/people/").status_code == 403
