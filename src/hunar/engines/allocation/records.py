"""Decisions as canonical JSON (RFC 8785), to be stored, hashed and replayed."""

from __future__ import annotations

from typing import TypeVar

from .deferred_acceptance import allocate
from .errors import ReplayMismatch
from .market import Market
from .result import RULE, Allocation

Record = TypeVar("Record", Market, Allocation)


def to_json(record: Market | Allocation) -> bytes:
    """Return the canonical JSON of a market or an allocation.

    Numbers that count are JSON numbers; scores are strings, so that none is ever rounded; groups
    are sorted.
    """
    import msgspec
    import rfc8785

    return rfc8785.dumps(msgspec.to_builtins(record, order="deterministic"))


def from_json(text: bytes, kind: type[Record]) -> Record:
    """Read a market or an allocation back.

    :raises ReplayMismatch: if the text is not of that kind or breaks its rules.
    """
    import msgspec

    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        raise ReplayMismatch(f"The record cannot be read: {error}", code="unreadable") from error


def replay(market: bytes, allocation: bytes) -> Allocation:
    """Decide a recorded market again and compare the result with the recorded one.

    :raises ReplayMismatch: if a record cannot be read, was made by another version of the rule, or
        differs from what the inputs lead to.
    """
    recorded = from_json(allocation, Allocation)
    if recorded.rule != RULE:
        raise ReplayMismatch(
            f"The record was made by rule {recorded.rule}, this is {RULE}.", code="other-rule"
        )
    replayed = allocate(from_json(market, Market))
    if to_json(replayed) != allocation:
        raise ReplayMismatch("The inputs lead to another result.", code="other-result")
    return replayed
