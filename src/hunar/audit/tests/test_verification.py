from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hunar.audit import queries, services
from hunar.audit.keys import checkpoint_signer
from hunar.audit.tests.test_services import record
from hunar.audit.verification import check_consistency, check_inclusion

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 5, 7, tzinfo=UTC)


def keys() -> list[Any]:
    return [checkpoint_signer().verifier]


def proof_of_a_record() -> dict[str, Any]:
    entries = [record(number) for number in range(5)]
    return services.inclusion_document(entries[2])


def test_a_downloaded_proof_holds():
    assert check_inclusion(proof_of_a_record(), keys()).holds


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("record", {"act": "test.thing.undone", "at": "2025-12-05T07:00:00Z"}),
        ("salt", "00" * 16),
        ("salt", "no hex"),
        ("index", 3),
        ("size", 4),
        ("path", []),
        ("path", ["zz"]),
        ("checkpoint", "nothing"),
        ("checkpoint", None),
    ],
)
def test_an_altered_proof_does_not_hold(field: str, value: object):
    assert not check_inclusion({**proof_of_a_record(), field: value}, keys()).holds


def test_a_proof_under_another_key_does_not_hold():
    assert not check_inclusion(proof_of_a_record(), []).holds


def test_a_consistency_proof_holds_until_it_is_altered():
    record()
    old = services.integrate(at=NOON)
    for number in range(4):
        record(number)
    new = services.integrate(at=NOON)
    assert old is not None
    assert new is not None
    proof = queries.consistency_proof(old=old, new=new)
    assert check_consistency(proof, keys()).holds
    assert not check_consistency({**proof, "path": proof["path"][1:]}, keys()).holds
    assert not check_consistency({**proof, "old": proof["new"], "new": proof["old"]}, keys()).holds
    assert not check_consistency({"kind": proof["kind"]}, keys()).holds
