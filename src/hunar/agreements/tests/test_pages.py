from typing import Any

import pytest
from django.test import Client

from hunar.agreements.models import AdvisoryRequest, Agreement, Expert
from hunar.agreements.tests.makers import (
    make_agreement,
    make_draft,
    make_expert,
    make_officer,
    make_request,
)
from hunar.catalogue.tests.makers import make_programme
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.tests.makers import make_organisation
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
FORM = {
    "title_tk": "Ähtnama",
    "title_ru": "Меморандум",
    "title_en": "Memorandum",
    "summary_tk": "a",
    "summary_ru": "b",
    "summary_en": "c",
    "starts_date": "2025-11-13",
}


def test_an_officer_drafts_fills_and_signs_an_agreement(client: Client):
    sign_in(client, make_officer())
    ministry, partner = make_organisation(), make_organisation(kind=OrganisationKind.PARTNER)
    programme = make_programme()
    sides = {
        "organisation_1": ministry.pk,
        "part_1": "signatory",
        "organisation_2": partner.pk,
        "part_2": "signatory",
        "programmes": [programme.pk],
    }
    page = client.post("/agreements/new/", FORM | sides, follow=True)
    agreement = Agreement.objects.get()
    assert "No obligations yet" in page.content.decode()
    address = f"/agreements/{agreement.ref}/"
    text = {"text_tk": "a", "text_ru": "b", "text_en": "Nominate staff"}
    party = agreement.parties.all()[0]
    client.post(f"{address}obligations/new/", text | {"party": party.pk})
    assert client.get(f"{address}edit/").status_code == 200
    client.post(f"{address}edit/", FORM | sides | {"ends_date": "2028-11-13"})
    unconfirmed = client.post(f"{address}sign/", {"signed_date": "2025-11-13"})
    assert unconfirmed.status_code == 200
    client.post(f"{address}sign/", {"signed_date": "2025-11-13", "confirmed": "yes"})
    agreement.refresh_from_db()
    assert agreement.is_signed
    assert str(agreement.ends_date) == "2028-11-13"
    assert list(agreement.programmes.all()) == [programme]
    duty = agreement.obligations.get()
    client.post(f"{address}obligations/{duty.ref}/", {"state": "fulfilled", "evidence": "Order 5"})
    assert "Order 5" in client.get(address).content.decode()
    frozen = client.post(f"{address}obligations/{duty.ref}/remove/")
    assert frozen.status_code == 409
    assert "agreement-frozen" in frozen.content.decode()


def test_a_draft_with_mistakes_is_shown_again(client: Client):
    sign_in(client, make_officer())
    page = client.post("/agreements/new/", FORM | {"title_ru": "", "starts_date": "soon"})
    assert page.status_code == 200
    assert "has-error" in page.content.decode()
    assert not Agreement.objects.exists()


def test_a_question_travels_to_the_expert_and_back(client: Client):
    expert, officer = make_expert(), make_officer()
    agreement = make_agreement()
    ministry = agreement.parties.order_by("order")[0].organisation
    hr = make_person(role=Role.HR_OFFICER, organisation=ministry)
    sign_in(client, hr)
    page = client.get(f"/agreements/{agreement.ref}/")
    assert "Ask for advice" in page.content.decode()
    client.post(
        f"/agreements/{agreement.ref}/ask/",
        {"organisation": ministry.pk, "subject": "Archive", "question": "How long?"},
    )
    address = f"/agreements/requests/{AdvisoryRequest.objects.get().ref}/"
    assert "10 working days left" in client.get(address).content.decode()
    sign_in(client, officer)
    client.post(f"{address}assign/", {"expert": expert.pk})
    sign_in(client, expert.person)
    assert client.post(f"{address}answer/", {"text": ""}).status_code == 422
    client.post(f"{address}answer/", {"text": "**Thirty** days."})
    sign_in(client, hr)
    assert "<strong>Thirty</strong>" in client.get(address).content.decode()
    client.post(f"{address}close/", {"rating": "5"})
    assert AdvisoryRequest.objects.get().rating == 5


def test_a_stranger_finds_nothing(client: Client):
    agreement, request = make_agreement(), make_request()
    for person in (make_person(), make_person(role=Role.HR_OFFICER)):
        sign_in(client, person)
        assert client.get(f"/agreements/{agreement.ref}/").status_code == 404
        assert client.get(f"/agreements/requests/{request.ref}/").status_code == 404
        assert client.get("/agreements/new/").status_code == 403
    sign_in(client, make_person())
    assert client.get("/agreements/experts/").status_code == 403
    assert client.get("/agreements/").status_code == 200


def test_the_roster_is_kept(client: Client):
    trainer, partner = make_person(role=Role.TRAINER), make_organisation()
    sign_in(client, make_officer())
    entry = {
        "organisation": partner.pk,
        "languages": ["en", "ru"],
        "fields_text_tk": "a",
        "fields_text_ru": "b",
        "fields_text_en": "Data exchange",
    }
    client.post("/agreements/experts/new/", entry | {"person": trainer.pk})
    expert = Expert.objects.get()
    client.post(f"/agreements/experts/{expert.pk}/", entry | {"languages": ["ru"]})
    expert.refresh_from_db()
    assert (expert.languages, expert.is_available) == (["ru"], False)
    assert "not available" in client.get("/agreements/experts/?language=ru").content.decode()
    assert "No expert fits" in client.get("/agreements/experts/?language=tk").content.decode()
    assert client.get("/agreements/experts/999/").status_code == 404


def test_the_export_is_a_workbook(client: Client):
    make_request()
    sign_in(client, make_officer())
    answer = client.get("/agreements/requests/export/")
    assert answer.content[:2] == b"PK"


def test_htmx_gets_the_rows_alone(client: Client):
    make_request(subject="Archive")
    sign_in(client, make_officer())
    rows = client.get("/agreements/requests/?sort=due_date", headers={"HX-Request": "true"})
    assert "Archive" in rows.content.decode()
    assert "<html" not in rows.content.decode()
    assert "<c-" not in rows.content.decode()


def test_pages_ask_few_questions_however_many_rows(
    client: Client, django_assert_max_num_queries: Any
):
    officer, expert = make_officer(), make_expert()
    agreement = make_agreement()
    make_draft()
    for _ in range(12):
        make_request(agreement, expert=expert)
    request = AdvisoryRequest.objects.first()
    assert request
    sign_in(client, officer)
    for address in (
        "/agreements/",
        f"/agreements/{agreement.ref}/",
        f"/agreements/{agreement.ref}/ask/",
        "/agreements/experts/",
        "/agreements/requests/",
        f"/agreements/requests/{request.ref}/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
