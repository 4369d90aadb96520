import json

import pytest
import time_machine
from django.test import Client

from hunar.careers.models import Candidacy
from hunar.careers.tests.makers import (
    AFTER,
    DURING,
    make_candidacy,
    make_competition,
    make_draft,
    make_officer,
)
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/careers/"


def post(client: Client, path: str, **body: str):
    return client.post(ROOT + path, json.dumps(body), content_type="application/json")


def test_a_person_reads_previews_applies_and_withdraws(client: Client):
    competition, person = make_competition(), make_person()
    with time_machine.travel(DURING, tick=False):
        sign_in(client, person)
        assert [row["phase"] for row in client.get(ROOT).json()["items"]] == ["open"]
        detail = client.get(f"{ROOT}{competition.ref}").json()
        assert detail["formula"]["weights"] == {"competencies": "60", "years": "40"}
        assert client.get(f"{ROOT}{competition.ref}/preview").json()["points"] == "0.00"
        made = post(client, f"{competition.ref}/apply", statement="")
        assert made.status_code == 201
        again = post(client, f"{competition.ref}/apply")
        assert (again.status_code, again.json()["code"]) == (409, "already-applied")
        ref = made.json()["ref"]
        assert post(client, f"candidacies/{ref}/withdraw").json()["state"] == "withdrawn"
    assert Candidacy.objects.get().is_withdrawn


def test_the_officer_publishes_and_ranks(client: Client):
    draft = make_draft()
    with time_machine.travel("2026-02-27T07:00:00Z", tick=False):
        sign_in(client, make_person())
        assert post(client, f"{draft.ref}/publish").status_code == 404
        sign_in(client, make_officer(draft.post))
        assert post(client, f"{draft.ref}/publish").json()["formula_sha256"]
    draft.refresh_from_db()
    candidacy = make_candidacy(draft)
    with time_machine.travel(AFTER, tick=False):
        sign_in(client, make_person())
        refused = post(client, f"{draft.ref}/rank")
        assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
        sign_in(client, make_officer(draft.post))
        assert post(client, f"{draft.ref}/rank").json()["candidates"] == 1
        again = post(client, f"{draft.ref}/rank")
        assert (again.status_code, again.json()["code"]) == (409, "already-ranked")
        sign_in(client, candidacy.person)
        own = client.get(f"{ROOT}candidacies/{candidacy.ref}").json()
        assert own["rank"] == 1
        proof = client.get(f"{ROOT}{draft.ref}/list").json()
        assert proof["document"]["results"][0]["ref"] == candidacy.ref


def test_unreadable_refs_are_not_found(client: Client):
    sign_in(client, make_person())
    assert client.get(f"{ROOT}CMP-XXX-XXXX").json()["code"] == "not-found"
