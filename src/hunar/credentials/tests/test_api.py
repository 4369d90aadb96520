import pytest
from django.core.cache import cache
from django.test import Client

from hunar.audit import services as audit
from hunar.credentials import throttling
from hunar.credentials.models import Credential
from hunar.credentials.tests.makers import (
    make_closed_cohort,
    make_credential,
    make_graduate,
    make_officer,
)
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/credentials"


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


def test_everybody_may_check_a_code_and_learns_no_name(client: Client):
    credential = make_credential()
    audit.integrate()
    answer = client.get(f"{ROOT}/verify/{credential.code}")
    assert answer.status_code == 200
    facts = answer.json()
    assert facts["standing"] in ("valid", "expired")
    assert facts["initials"] == "A. M."
    assert isinstance(facts["log_index"], int)
    assert credential.person.family not in answer.content.decode()


def test_a_name_is_compared(client: Client):
    credential = make_credential()
    path = f"{ROOT}/verify/{credential.code}/name"

    def answer(name: str) -> bool | None:
        body = {"name": name}
        found: bool | None = client.post(path, body, content_type="application/json").json()[
            "name_matches"
        ]
        return found

    assert answer(credential.person.name.full) is True
    assert answer("Somebody Else") is False


def test_guessing_is_slowed_down_here_too(client: Client):
    for _ in range(throttling.LIMITS["miss"]):
        assert client.get(f"{ROOT}/verify/ABCD-EFGH-JKMN").status_code == 404
    answer = client.get(f"{ROOT}/verify/ABCD-EFGH-JKMN")
    assert answer.status_code == 429
    assert answer.json()["code"] == "too-many-tries"


def test_lists_follow_what_a_person_may_see(client: Client):
    mine, other = make_credential(), make_credential()
    assert client.get(f"{ROOT}/mine").status_code == 401
    sign_in(client, mine.person)
    assert [row["ref"] for row in client.get(f"{ROOT}/mine").json()] == [mine.ref]
    assert [row["ref"] for row in client.get(f"{ROOT}/").json()] == [mine.ref]
    assert client.get(f"{ROOT}/{other.ref}").status_code == 404
    assert client.get(f"{ROOT}/{other.ref}/document").status_code == 404
    assert client.get(f"{ROOT}/nonsense").status_code == 404
    assert client.get(f"{ROOT}/{mine.person.ref}").status_code == 404
    assert client.get(f"{ROOT}/{mine.ref}").json()["holder"] == mine.person.name.full
    assert client.get(f"{ROOT}/{mine.ref}/document").json()["document"] == mine.document
    sign_in(client, make_officer())
    assert {row["ref"] for row in client.get(f"{ROOT}/").json()} == {mine.ref, other.ref}


def test_officers_issue_revoke_and_replace(client: Client):
    cohort = make_closed_cohort()
    make_graduate(cohort)
    make_graduate(cohort, missed=4)
    sign_in(client, make_officer())
    due = client.get(f"{ROOT}/cohorts/{cohort.ref}/due").json()
    assert sorted(row["reason"] for row in due) == ["attendance-low", "attended"]
    issued = client.post(f"{ROOT}/cohorts/{cohort.ref}/issue").json()["issued"]
    assert len(issued) == 1
    same = client.post(
        f"{ROOT}/{issued[0]}/replace", {"reason": "No change"}, content_type="application/json"
    )
    assert (same.status_code, same.json()["code"]) == (409, "credential-nothing-to-correct")
    path = f"{ROOT}/{issued[0]}/revoke"
    short = client.post(path, {"reason": "no"}, content_type="application/json")
    assert (short.status_code, short.json()["code"]) == (422, "credential-reason-missing")
    body = {"reason": "A real reason"}
    assert client.post(path, body, content_type="application/json").json()["standing"] == "revoked"


@pytest.mark.parametrize("role", [None, Role.HR_OFFICER, Role.ME_OFFICER])
def test_others_may_not(client: Client, role: Role | None):
    credential = make_credential(kind=Credential.Kind.PARTICIPATION)
    place = credential.enrolment.organisation if role == Role.HR_OFFICER else None
    sign_in(client, make_person(role=role, organisation=place))
    cohort = credential.enrolment.cohort.ref
    assert client.get(f"{ROOT}/cohorts/{cohort}/due").status_code == 403
    assert client.post(f"{ROOT}/cohorts/{cohort}/issue").status_code == 403
    answer = client.post(
        f"{ROOT}/{credential.ref}/revoke", {"reason": "A reason"}, content_type="application/json"
    )
    assert answer.status_code == (404 if role is None else 403)
