import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from hunar.catalogue.tests.makers import (
    LESSON,
    make_draft,
    make_officer,
    make_pack,
    make_programme,
    make_version,
    write_pack,
)
from hunar.competencies.tests.makers import make_spine
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/catalogue"


def send(client: Client, address: str, **content: Any) -> Any:
    return client.post(f"{ROOT}{address}", json.dumps(content), content_type="application/json")


def test_everybody_reads_what_is_taught(client: Client):
    version, draft = make_version(make_pack(code="DG-ONE")), make_draft()
    listed = client.get(f"{ROOT}/?competency=C2").json()
    assert [row["course"] for row in listed["items"]] == ["DG-ONE"]
    detail = client.get(f"{ROOT}/versions/{version.ref}").json()
    assert detail["modules"][0]["objectives"][0]["competency"] == "C2"
    assert len(detail["content_sha256"]) == 64
    assert client.get(f"{ROOT}/versions/{draft.ref}").status_code == 404
    assert len(client.get(f"{ROOT}/programmes").json()) == 2


def test_an_officer_loads_publishes_and_retires(
    client: Client, settings: LazySettings, tmp_path: Path
):
    make_spine()
    settings.COURSES_DIR = tmp_path
    write_pack(tmp_path)
    programme = make_programme()
    sign_in(client, make_officer())
    assert client.get(f"{ROOT}/packs").json()[0]["is_loadable"] is True
    loaded = send(client, "/packs/dg-tst/load", programme=programme.ref)
    assert loaded.status_code == 201
    address = f"/versions/{loaded.json()['ref']}"
    assert send(client, f"{address}/publish").json()["state"] == "published"
    again = send(client, f"{address}/publish")
    assert (again.status_code, again.json()["code"]) == (409, "version-not-draft")
    final = send(client, "/packs/dg-tst/load", programme=programme.ref)
    assert (final.status_code, final.json()["code"]) == (409, "version-final")
    assert send(client, f"{address}/retire", reason="Replaced").json()["state"] == "retired"


def test_a_broken_pack_is_refused_with_its_code(
    client: Client, settings: LazySettings, tmp_path: Path
):
    make_spine()
    settings.COURSES_DIR = tmp_path
    write_pack(tmp_path, lesson=LESSON.replace("60", "none"))
    programme = make_programme()
    sign_in(client, make_officer())
    listed = client.get(f"{ROOT}/packs").json()[0]
    assert listed["problems"][0]["file"] == "lessons/M1/01-first/lesson.toml"
    refused = send(client, "/packs/dg-tst/load", programme=programme.ref)
    assert (refused.status_code, refused.json()["code"]) == (422, "pack-broken")
    nowhere = send(client, "/packs/nowhere/load", programme=programme.ref)
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "pack-unknown")


def test_who_must_not_manage_is_refused(client: Client):
    version = make_version()
    sign_in(client, make_person())
    assert client.get(f"{ROOT}/packs").status_code == 403
    assert send(client, f"/versions/{version.ref}/retire", reason="x").status_code == 403
    client.logout()
    assert send(client, f"/versions/{version.ref}/retire", reason="x").status_code in (401, 403)
