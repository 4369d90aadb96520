"""Offline verification of any document that the platform signs.

Three layers: the signature of the issuer, the place in the transparency log, and the
replay of the content by the room that made it (``kernel.verification``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hunar.audit.keys import read_trusted_keys
from hunar.audit.verification import (
    CONSISTENCY,
    INCLUSION,
    check_consistency,
    check_inclusion,
)
from hunar.kernel import signing, verification
from hunar.kernel.verification import Check

PROVEN = "hunar/proven-document/1"


def verify_document(document: Any, *, trust: Path | None) -> list[Check]:
    """Every check that applies to ``document``, in the order of the layers.

    :param document: parsed JSON: a proven document (with its log proof), or a log proof
        of its own kind, or a bare signed document (whose missing log proof is named).
    :param trust: a ``trusted-keys.json``; None for this installation's keys.
    """
    if not isinstance(document, Mapping):
        return [Check("form", False, "The file holds no JSON object.")]
    try:
        keys, log_keys = read_trusted_keys(trust)
    except (ValueError, KeyError, TypeError, OSError):
        return [Check("trusted keys", False, "The file of trusted keys cannot be read.")]
    kind = verification.kind_of(document)
    if kind == CONSISTENCY:
        return [check_consistency(document, log_keys)]
    if kind == INCLUSION:
        return [check_inclusion(document, log_keys)]
    if kind == PROVEN:
        content, proof = document.get("document"), document.get("log")
    else:
        content, proof = document, None
    if not isinstance(content, Mapping):
        return [Check("form", False, "The file holds no signed document.")]
    return [
        _signature(content, keys),
        _log(content, proof, log_keys),
        *_content(content),
    ]


def _signature(content: Mapping[str, Any], keys: Mapping[str, signing.PublicKey]) -> Check:
    try:
        key = signing.verify(content, keys)
    except signing.BadProof as problem:
        return Check("signature", False, f"{problem} ({problem.code})")
    except (ValueError, TypeError) as problem:
        return Check("signature", False, f"The document cannot be canonicalised: {problem}")
    return Check("signature", True, f"signed by {key.id}")


def _log(content: Mapping[str, Any], proof: Any, log_keys: Any) -> Check:
    if not isinstance(proof, Mapping):
        return Check(
            "log", False, "The file carries no proof that the document is in the log (log-missing)."
        )
    included = check_inclusion(proof, log_keys)
    if included.holds and proof["record"].get("details", {}).get(
        "document_sha256"
    ) != signing.digest(content):
        return Check("log", False, "The log holds another document than this one (log-other).")
    return included


def _content(content: Mapping[str, Any]) -> list[Check]:
    kind = verification.kind_of(content)
    check = verification.content_check(kind)
    if check is None:
        return [Check("kind", False, f"The kind of document is not known here: {kind!r}.")]
    try:
        return list(check(content))
    except (
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        ArithmeticError,
    ) as problem:
        sentence = f"The content cannot be replayed: {type(problem).__name__} {problem}"
        return [Check("content", False, sentence)]
