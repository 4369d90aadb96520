"""What can be checked in a proof out of the log, with nothing but the log's public key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hunar.engines import transparency
from hunar.kernel.verification import Check

INCLUSION = "hunar/log-inclusion/1"
CONSISTENCY = "hunar/log-consistency/1"

_UNREADABLE = (KeyError, ValueError, TypeError, AttributeError)


def check_inclusion(
    document: Mapping[str, Any], log_keys: Sequence[transparency.VerifierKey]
) -> Check:
    """The record stands in the log at its place under a signed checkpoint.

    The check knows ``record``, ``salt``, ``index``, ``size``, ``path`` and ``checkpoint``.
    """
    try:
        checkpoint = transparency.open_checkpoint(document["checkpoint"], log_keys)
        record = document["record"]
        commitment = transparency.commit(record, salt=bytes.fromhex(document["salt"]))
        transparency.verify_inclusion(
            leaf=transparency.leaf_hash(commitment),
            index=document["index"],
            size=checkpoint.size,
            path=[bytes.fromhex(value) for value in document["path"]],
            root=checkpoint.root,
        )
        if document["size"] != checkpoint.size:
            return _broken("log", "The proof names another size than its checkpoint (log-size).")
        sentence = f"leaf {document['index']} of {checkpoint.size}: {record['act']}, {record['at']}"
    except transparency.TransparencyError as problem:
        return _broken("log", f"{problem} ({problem.code})")
    except _UNREADABLE:
        return _broken("log", "The log proof is malformed (log-malformed).")
    return Check("log", holds=True, sentence=sentence)


def check_consistency(
    document: Mapping[str, Any], log_keys: Sequence[transparency.VerifierKey]
) -> Check:
    """The newer checkpoint only adds to the older one: nothing was changed or removed."""
    try:
        old = transparency.open_checkpoint(document["old"], log_keys)
        new = transparency.open_checkpoint(document["new"], log_keys)
        transparency.verify_consistency(
            old_size=old.size,
            new_size=new.size,
            old_root=old.root,
            new_root=new.root,
            path=[bytes.fromhex(value) for value in document["path"]],
        )
    except transparency.TransparencyError as problem:
        return _broken("consistency", f"{problem} ({problem.code})")
    except _UNREADABLE:
        return _broken("consistency", "The proof is malformed (log-malformed).")
    sentence = f"{new.size} leaves only add to the first {old.size}"
    return Check("consistency", holds=True, sentence=sentence)


def _broken(name: str, sentence: str) -> Check:
    return Check(name, holds=False, sentence=sentence)
