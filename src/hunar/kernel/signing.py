"""Documents signed as JSON: W3C Data Integrity, cryptosuite ``eddsa-jcs-2022``.

A signed document is any JSON object with a ``proof`` array; the proof covers the
canonical form (RFC 8785) of everything else. Credentials, protocols, receipts and
reports are all signed this way, so that one verifier reads them all.
Source: W3C "Data Integrity EdDSA Cryptosuites v1.0", section 3.3.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import base58
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519_MULTICODEC = b"\xed\x01"


class BadProof(Exception):
    """A signature that does not hold; ``code`` names why."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


def canonical(document: Any) -> bytes:
    """The one byte string of a JSON value (RFC 8785)."""
    return rfc8785.dumps(document)


def digest(document: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


@dataclass(frozen=True)
class PublicKey:
    """An issuer's key: its address (a DID URL) and the Ed25519 key in Multikey form."""

    id: str
    multibase: str

    @property
    def controller(self) -> str:
        return self.id.partition("#")[0]

    def as_json(self) -> dict[str, str]:
        return {
            "id": self.id,
            "type": "Multikey",
            "controller": self.controller,
            "publicKeyMultibase": self.multibase,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> PublicKey:
        return cls(id=value["id"], multibase=value["publicKeyMultibase"])

    def _key(self) -> Ed25519PublicKey:
        raw = base58.b58decode(self.multibase.removeprefix("z"))
        if not self.multibase.startswith("z") or raw[:2] != _ED25519_MULTICODEC:
            raise BadProof("unreadable-key", f"{self.id} is not an Ed25519 Multikey.")
        return Ed25519PublicKey.from_public_bytes(raw[2:])

    @property
    def raw(self) -> bytes:
        """The 32 bytes of the key."""
        return base58.b58decode(self.multibase.removeprefix("z"))[2:]


@dataclass(frozen=True)
class SigningKey:
    """The academy's private key, kept in a file that only the server can read."""

    id: str
    private: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        raw = self.private.public_key().public_bytes_raw()
        return PublicKey(self.id, "z" + base58.b58encode(_ED25519_MULTICODEC + raw).decode())

    def sign(self, document: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
        """``document`` with one proof, made at ``at``. An earlier proof is replaced."""
        unsigned = {key: value for key, value in document.items() if key != "proof"}
        options = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": instant(at),
            "verificationMethod": self.id,
            "proofPurpose": "assertionMethod",
        }
        if "@context" in unsigned:
            options["@context"] = unsigned["@context"]
        signature = self.private.sign(_hash_data(options, unsigned))
        proof = {**options, "proofValue": "z" + base58.b58encode(signature).decode()}
        return {**unsigned, "proof": [proof]}


def verify(document: Mapping[str, Any], keys: Mapping[str, PublicKey]) -> PublicKey:
    """The key of ``keys`` (by id) that signed ``document``.

    :raises BadProof: ``unsigned``, ``unknown-suite``, ``unknown-key`` or ``altered``.
    """
    proofs = document.get("proof")
    if isinstance(proofs, Mapping):
        proofs = [proofs]
    if not isinstance(proofs, list) or not proofs:
        raise BadProof("unsigned", "The document carries no signature.")
    proof = proofs[0]
    if not isinstance(proof, Mapping) or proof.get("cryptosuite") != "eddsa-jcs-2022":
        raise BadProof("unknown-suite", "The signature is of a kind that is not known here.")
    key = keys.get(str(proof.get("verificationMethod")))
    if key is None:
        raise BadProof(
            "unknown-key",
            f"The signer {proof.get('verificationMethod')} is not among the trusted keys.",
        )
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    try:
        signature = base58.b58decode(str(proof.get("proofValue", "")).removeprefix("z"))
        key._key().verify(signature, _hash_data(options, unsigned))
    except (InvalidSignature, ValueError):
        raise BadProof(
            "altered", "The signature does not fit the content: it was changed."
        ) from None
    return key


def _hash_data(options: Mapping[str, Any], unsigned: Mapping[str, Any]) -> bytes:
    return (
        hashlib.sha256(canonical(options)).digest() + hashlib.sha256(canonical(unsigned)).digest()
    )


def instant(at: datetime) -> str:
    """``at`` in UTC to the second, as in ``2025-12-05T12:00:00Z``."""
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def kept_key(path: Path, key_id: str) -> SigningKey:
    """The key in ``path`` (PEM), made at first use and readable only by its owner."""
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        private = Ed25519PrivateKey.generate()
        path.parent.mkdir(parents=True, exist_ok=True)
        pem = private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
    if not isinstance(private, Ed25519PrivateKey):
        raise BadProof("unreadable-key", f"{path} does not hold an Ed25519 key.")
    return SigningKey(key_id, private)
