"""The signed document: what it says, and what is found when somebody changes it."""

import copy
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from syrupy.extensions.json import JSONSnapshotExtension

from hunar.audit.keys import read_trusted_keys
from hunar.credentials import queries, services, status, verification
from hunar.credentials.models import Credential
from hunar.credentials.tests.makers import AT, make_credential, make_officer
from hunar.kernel import signing
from hunar.kernel import verification as known
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db
Document = dict[str, Any]


def broken(document: Document, *, days: int = 1) -> set[str]:
    with time_machine.travel(AT + timedelta(days=days)):
        return {check.name for check in verification.check(document) if not check.holds}


def test_a_credential_is_an_open_badge_that_anybody_can_read(snapshot):
    person = make_person(family="Öwezowa", given="Şemşat")
    document = copy.deepcopy(make_credential(person=person).document)
    subject = document["credentialSubject"]
    assert signing.verify(document, read_trusted_keys(None)[0])
    assert isinstance(document["proof"], list)
    # What differs at every issue is replaced by its form.
    identity = subject["identifier"][0]
    digest = hashlib.sha256(f"{person.ref}{identity['salt']}".encode()).hexdigest()
    assert identity["identityHash"] == f"sha256${digest}"
    identity |= {"salt": "SALT", "identityHash": "HASH"}
    document["id"] = "http://testserver/certificates/v/CODE/"
    index = document["credentialStatus"]["statusListIndex"]
    assert document["credentialStatus"]["id"].endswith(f"/certificates/status/1#{index}")
    document["credentialStatus"] |= {"id": "LIST#INDEX", "statusListIndex": "INDEX"}
    document["proof"][0]["proofValue"] = "PROOF"
    facts = subject["microCredential"]
    fixed = {
        subject["achievement"]["humanCode"]: "COURSE",
        facts["cohort"]: "COHORT",
        facts["course"]["sha256"]: "SHA256",
    }
    text = json.dumps(document, ensure_ascii=False)
    for changing, form in fixed.items():
        text = text.replace(changing, form)
    assert json.loads(text) == snapshot.use_extension(JSONSnapshotExtension)


def test_the_eleven_elements_of_a_micro_credential_are_there():
    facts = make_credential().facts
    for element in (
        *("learner", "title", "country", "awardingBody", "date", "learningOutcomes"),
        *("workload", "competencies", "assessment", "participation", "qualityAssurance"),
    ):
        assert facts[element], element
    assert facts["workload"] == {
        "minutes": 1440,
        "duration": "PT24H",
        "academicHours": "32.0",
        "ects": "0.80",
    }


@pytest.mark.parametrize("kind", Credential.Kind.values)
def test_an_unchanged_document_holds_and_is_registered_for_verify(kind: str):
    document = make_credential(kind=kind).document
    assert broken(document) == set()
    assert known.content_check(known.kind_of(document)) is verification.check


def set_result(document: Document) -> None:
    document["credentialSubject"]["result"][-1]["value"] = "12.00"


def drop_exam(document: Document) -> None:
    document["credentialSubject"]["achievement"]["resultDescription"].pop()
    document["credentialSubject"]["result"].pop()


def lower_bar(document: Document) -> None:
    subject = document["credentialSubject"]
    subject["microCredential"]["kind"] = "participation"


def raise_level(document: Document) -> None:
    document["credentialSubject"]["microCredential"]["competencies"][0]["level"] = 4


def add_competency(document: Document) -> None:
    achievement = document["credentialSubject"]["achievement"]
    achievement["alignment"].append({**achievement["alignment"][0], "targetCode": "A1"})


def rename(document: Document) -> None:
    document["credentialSubject"]["name"] = "Somebody Else"


def unhash(document: Document) -> None:
    document["credentialSubject"]["identifier"][0]["identityHash"] = "PER-123-4567"


def other_issuer(document: Document) -> None:
    document["issuer"]["id"] = "did:web:elsewhere.example"


def turn_dates(document: Document) -> None:
    document["validUntil"] = "2020-01-01T00:00:00Z"


def more_hours(document: Document) -> None:
    document["credentialSubject"]["microCredential"]["workload"]["minutes"] = 9999


def other_bit(document: Document) -> None:
    document["credentialStatus"]["statusListIndex"] = "3"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (set_result, "result"),
        (drop_exam, "result"),
        (lower_bar, "form"),
        (raise_level, "competencies"),
        (add_competency, "competencies"),
        (rename, "holder"),
        (unhash, "holder"),
        (other_issuer, "issuer"),
        (turn_dates, "dates"),
        (more_hours, "workload"),
        (other_bit, "status"),
    ],
)
def test_each_change_is_found_by_the_content_and_by_the_signature(
    change: Callable[[Document], None], found: str
):
    document = copy.deepcopy(make_credential().document)
    document["credentialStatus"]["statusListIndex"] = "77"
    document["credentialStatus"]["id"] = "http://testserver/certificates/status/1#77"
    change(document)
    assert found in broken(document)
    with pytest.raises(signing.BadProof):
        signing.verify(document, read_trusted_keys(None)[0])


def test_expiry_and_the_future_are_named():
    document = make_credential().document
    with time_machine.travel(AT + timedelta(days=1200)):
        checks = {check.name: check for check in verification.check(document)}
        assert not checks["dates"].holds
        assert "expired" in checks["dates"].sentence
    with time_machine.travel(AT - timedelta(days=1)):
        checks = {check.name: check for check in verification.check(document)}
        assert "not-yet-valid" in checks["dates"].sentence


def test_a_certificate_without_end_stays_valid():
    credential = make_credential(kind=Credential.Kind.PARTICIPATION)
    document = copy.deepcopy(credential.document)
    del document["validUntil"]
    assert broken(document, days=20_000) == set()


def test_the_status_list_is_a_signed_credential_of_full_length():
    credential = make_credential()
    services.revoke(credential, reason="Breach of rules", by=make_officer(), at=AT)
    document = status.status_list(1)
    assert signing.verify(document, read_trusted_keys(None)[0])
    assert document["validFrom"] == signing.instant(AT)
    assert document["credentialSubject"]["type"] == "BitstringStatusList"
    assert document["id"] == credential.document["credentialStatus"]["statusListCredential"]
    assert not status.is_list(2)


def test_the_logged_digest_is_that_of_the_document():
    credential = make_credential()
    stored = Credential.objects.get(pk=credential.pk)
    entry = queries.log_entry(credential)
    assert entry is not None
    assert entry.details["document_sha256"] == signing.digest(stored.document)
