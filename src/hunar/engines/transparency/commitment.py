"""Salted commitments: what stands in the log instead of a record about a person.

Ranks and answers can be guessed, so that an unsalted hash would disclose them. The salt goes to
the person concerned only; with it she can show that the log holds her record, and nobody else
learns anything from the log. A record is a JSON object: an object's canonical text is never the
tail of another's, so that salt and record cannot be split in two ways.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from .errors import CommitmentMismatch, RecordNotCanonical, SaltTooShort

MIN_SALT_SIZE = 16


def new_salt() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(32)


def canonical(record: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of a record (RFC 8785): the bytes that hashes are taken of.

    :raises RecordNotCanonical: if the record is not an object of JSON values, or holds an
        integer beyond 2^53 - 1, an infinite number or a lone surrogate.
    """
    import rfc8785

    if not isinstance(record, Mapping):
        raise RecordNotCanonical("A record is a JSON object.")
    try:
        return rfc8785.dumps(dict(record))
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise RecordNotCanonical(f"The record has no canonical JSON form: {error}") from error


def commit(record: Mapping[str, Any], *, salt: bytes) -> bytes:
    """Return ``SHA-256(salt || canonical record)``, 32 bytes: the entry to append to the log.

    The leaf hash of the tree is taken over this entry.

    :raises SaltTooShort: if the salt has fewer than 16 bytes.
    :raises RecordNotCanonical: if the record has no canonical JSON form.
    """
    if len(salt) < MIN_SALT_SIZE:
        raise SaltTooShort("A salt has 16 bytes or more.")
    return hashlib.sha256(salt + canonical(record)).digest()


def verify_commitment(commitment: bytes, record: Mapping[str, Any], *, salt: bytes) -> None:
    """Check that a commitment was made to this record with this salt.

    :raises SaltTooShort: if the salt has fewer than 16 bytes.
    :raises RecordNotCanonical: if the record has no canonical JSON form.
    :raises CommitmentMismatch: if the record or the salt is another one.
    """
    if not hmac.compare_digest(commit(record, salt=salt), commitment):
        raise CommitmentMismatch("The commitment was made to another record or salt.")
