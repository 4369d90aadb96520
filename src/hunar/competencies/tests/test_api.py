import json
from typing import Any

import pytest
from django.test import Client

from hunar.competencies.tests.makers import make_evidence, make_profile, make_spine
from hunar.organisations.tests.makers import make_post
from hunar.people.enums import Role
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/competencies"


def send(client: Client, address: str, content: Any, method: str = "post") -> Any:
    return getattr(client, method)(
        f"{ROOT}{address}", json.dumps(content), content_type="application/json"
    )


def test_everybody_reads_the_spine(client: Client):
    make_spine()
    content = client.get(f"{ROOT}/").json()
    assert (len(content["levels"]), len(content["competencies"])) == (4, 24)
    assert [row["code"] for row in client.get(f"{ROOT}/?area=D").json()["competencies"]] == [
        "D1",
        "D2",
        "D3",
        "D4",
    ]
    assert client.get(f"{ROOT}/c2").json()["anchors"]["nice"] == ["OG-WRL-002", "OG-WRL-014"]
    assert client.get(f"{ROOT}/z9").status_code == 404


def test_a_person_reads_and_assesses_her_own_competencies(client: Client):
    employment = make_employment()
    make_profile(employment.post, C2=3)
    make_evidence(person=employment.person, level=2)
    sign_in(client, employment.person)
    said = send(client, "/mine/self-assessment", {"levels": {"C2": 4}}).json()
    assert said["gaps"] == [
        {
            "competency": "C2",
            "required": 3,
            "attained": 2,
            "claimed": 4,
            "is_critical": False,
            "missing": 1,
        }
    ]
    assert {row["source_ref"]: row["counts"] for row in said["evidence"]}["CRD-1"] is True
    wrong = send(client, "/mine/self-assessment", {"levels": {"Z9": 1}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "competency-unknown")
    high = send(client, "/mine/self-assessment", {"levels": {"C2": 5}})
    assert (high.status_code, high.json()["code"]) == (422, "level-out-of-scale")


def test_who_reads_gaps_and_competencies_of_others(client: Client):
    employment = make_employment()
    make_profile(employment.post, C2=3)
    organisation = employment.organisation
    gaps, standing = f"{ROOT}/gaps/{organisation.ref}", f"{ROOT}/people/{employment.person.ref}"
    sign_in(client, make_person(role=Role.HR_OFFICER, organisation=organisation))
    content = client.get(gaps).json()
    assert content["staff"][0]["missing"] == 3
    assert content["competencies"] == [{"competency": "C2", "needed": 1, "met": 0, "missing": 3}]
    assert client.get(standing).status_code == 200
    sign_in(client, make_person(role=Role.HR_OFFICER))
    assert client.get(gaps).status_code == 404
    assert client.get(standing).status_code == 404
    sign_in(client, make_person())
    assert client.get(gaps).status_code == 403
    client.logout()
    assert client.get(gaps).status_code == 401


def test_who_writes_a_profile(client: Client):
    make_spine()
    post = make_post()
    lines = [{"competency": "C2", "level": 3, "is_critical": True}]
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN, organisation=post.organisation))
    written = send(client, f"/profiles/{post.ref}", lines, method="put")
    assert written.json() == lines
    twice = send(client, f"/profiles/{post.ref}", lines * 2, method="put")
    assert (twice.status_code, twice.json()["code"]) == (422, "competency-twice")
    sign_in(client, make_person(role=Role.ORGANISATION_ADMIN))
    assert send(client, f"/profiles/{post.ref}", [], method="put").status_code == 403
    assert client.get(f"{ROOT}/profiles/{post.ref}").json() == lines
