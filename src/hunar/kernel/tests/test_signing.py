import copy
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hunar.kernel.signing import BadProof, PublicKey, SigningKey, kept_key, verify

NOON = datetime(2025, 12, 5, 12, 0, 0, 7, tzinfo=UTC)
KEY = SigningKey("did:web:academy.example#key-1", Ed25519PrivateKey.generate())
TRUSTED = {KEY.id: KEY.public}
DOCUMENT = {"kind": "hunar/test/1", "marks": [1, 2, 3], "name": "Öwezow"}


def test_a_signed_document_verifies():
    signed = KEY.sign(DOCUMENT, at=NOON)
    assert verify(signed, TRUSTED) == KEY.public
    assert signed["proof"][0]["created"] == "2025-12-05T12:00:00Z"


@pytest.mark.parametrize("path", [("marks", [1, 2, 4]), ("name", "Owezow"), ("extra", 1)])
def test_any_change_of_the_content_is_found(path: tuple[str, object]):
    signed = KEY.sign(DOCUMENT, at=NOON) | {path[0]: path[1]}
    with pytest.raises(BadProof) as problem:
        verify(signed, TRUSTED)
    assert problem.value.code == "altered"


def test_a_change_of_the_proof_itself_is_found():
    signed = copy.deepcopy(KEY.sign(DOCUMENT, at=NOON))
    signed["proof"][0]["created"] = "2024-01-01T00:00:00Z"
    with pytest.raises(BadProof, match="changed"):
        verify(signed, TRUSTED)


def test_an_unknown_signer_and_a_missing_signature_are_named():
    for document, code in ((KEY.sign(DOCUMENT, at=NOON), "unknown-key"), (DOCUMENT, "unsigned")):
        with pytest.raises(BadProof) as problem:
            verify(document, {})
        assert problem.value.code == code


def test_signing_again_replaces_the_proof():
    twice = KEY.sign(KEY.sign(DOCUMENT, at=NOON), at=NOON)
    assert len(twice["proof"]) == 1
    verify(twice, TRUSTED)


def test_a_key_is_made_once_and_readable_only_by_its_owner(tmp_path):
    path = tmp_path / "keys" / "signing.pem"
    first = kept_key(path, "a#1").public
    assert kept_key(path, "a#1").public == first
    assert path.stat().st_mode & 0o077 == 0


def test_the_signature_of_the_published_example_verifies():
    """Example of the specification: W3C Data Integrity EdDSA Cryptosuites v1.0, B.2 (eddsa-jcs-2022)."""
    multibase = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    method = f"did:key:{multibase}#{multibase}"
    contexts = [
        "https://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/ns/credentials/examples/v2",
    ]
    credential = {
        "@context": contexts,
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": f"did:key:{multibase}",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:abcdefgh",
            "alumniOf": "The School of Examples",
        },
        "proof": {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": "2023-02-24T23:36:38Z",
            "verificationMethod": method,
            "proofPurpose": "assertionMethod",
            "@context": contexts,
            "proofValue": (
                "z5EhYRJkfPLkoT92FPXN8KK6M9rsBhq3xs19GBSsA6VdNYH4QMKSyNuA2Gfznz9Qth"
                "VD7Rz3HTAfqxxay23htUpTg"
            ),
        },
    }
    assert verify(credential, {method: PublicKey(method, multibase)}).multibase == multibase
