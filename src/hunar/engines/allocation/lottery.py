"""Lotteries that anybody can repeat: tickets from a public seed, and seeds nobody chose alone.

The order of events carries the fairness: publish the list (its Merkle root), let every party
publish a commitment, let them reveal, and only then hold a public draw announced beforehand. Who
reveals last could see the outcome and stay away; the draw that comes after her takes that away.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence

from .errors import InvalidDraw

SEED_LABEL = b"hunar-lottery-v1"
COMMITMENT_LABEL = b"hunar-commit-v1"
MIN_NONCE_SIZE = 16


def ticket(seed: bytes, id: str) -> str:
    """Return the ticket ``SHA-256(seed || id)`` in hex; the lowest ticket wins.

    :param seed: 32 bytes, so that seed and id cannot be split in two ways.
    :raises InvalidDraw: if the seed has another length.
    """
    if len(seed) != 32:
        raise InvalidDraw("A seed is 32 bytes long.", code="seed-length")
    return hashlib.sha256(seed + id.encode()).hexdigest()


def order(seed: bytes, ids: Iterable[str]) -> list[str]:
    """Return the ids in the order of their tickets.

    :raises InvalidDraw: if the seed is not 32 bytes long.
    """
    return sorted(ids, key=lambda each: ticket(seed, each))


def seed_from(list_root: bytes, beacon: bytes) -> bytes:
    """Return ``SHA-256("hunar-lottery-v1" || list root || beacon)``.

    :param list_root: 32 bytes that fix the list of applicants before the draw.
    :param beacon: 32 bytes that nobody knew when the list was fixed, see :func:`beacon_from`.
    :raises InvalidDraw: if a part is not 32 bytes long.
    """
    if len(list_root) != 32 or len(beacon) != 32:
        raise InvalidDraw("List root and beacon are 32 bytes long.", code="seed-length")
    return hashlib.sha256(SEED_LABEL + list_root + beacon).digest()


def commitment(party: str, nonce: bytes) -> str:
    """Return what a party publishes before the draw, in hex.

    ``SHA-256("hunar-commit-v1" || SHA-256(party) || nonce)``; the name keeps one party from copying
    the commitment of another.

    :raises InvalidDraw: if the nonce has fewer than 16 bytes.
    """
    if len(nonce) < MIN_NONCE_SIZE:
        raise InvalidDraw("A nonce has 16 bytes or more.", code="nonce-too-short")
    name = hashlib.sha256(party.encode()).digest()
    return hashlib.sha256(COMMITMENT_LABEL + name + nonce).hexdigest()


def beacon_from(
    commitments: Mapping[str, str], reveals: Mapping[str, bytes], public_draw: str = ""
) -> bytes:
    """Return the beacon of a commit-reveal round, 32 bytes.

    :param commitments: by party, as published before any reveal.
    :param reveals: the nonces, by party.
    :param public_draw: the result of a public draw that was announced before the commitments and
        held after the reveals, written as announced. With it parties may stay away, and gain
        nothing by it; without it everybody has to reveal.
    :raises InvalidDraw: if a reveal has no commitment or does not fit it, or if a party is missing
        and there is no public draw to make up for it.
    """
    for party, nonce in sorted(reveals.items()):
        if party not in commitments:
            raise InvalidDraw(f"{party} has not committed.", code="no-commitment")
        if not hmac.compare_digest(commitment(party, nonce), commitments[party]):
            raise InvalidDraw(f"{party} reveals another nonce.", code="reveal-mismatch")
    missing = sorted(set(commitments) - set(reveals))
    if missing and not public_draw:
        raise InvalidDraw(
            f"{missing[0]} has not revealed. Only a later public draw can replace a reveal.",
            code="reveal-missing",
        )
    if not reveals and not public_draw:
        raise InvalidDraw("A beacon needs a reveal or a public draw.", code="no-randomness")
    parts = [hashlib.sha256(reveals[party]).digest() for party in sorted(reveals)]
    fixed = [
        hashlib.sha256(f"{party}={commitments[party]}".encode()).digest()
        for party in sorted(commitments)
    ]
    draw = hashlib.sha256(public_draw.encode()).digest()
    return hashlib.sha256(len(parts).to_bytes(4, "big") + b"".join([*fixed, *parts, draw])).digest()


def rfc3797_key(sources: Iterable[Sequence[int]]) -> str:
    """Return the key string of RFC 3797 for sources that are sets of whole numbers.

    Each source in turn: its numbers in ascending order, each followed by a point, then a slash
    (RFC 3797, section 4).
    """
    return "".join("".join(f"{number}." for number in sorted(each)) + "/" for each in sources)


def rfc3797_selection(key: str, pool: int, count: int) -> list[int]:
    """Return ``count`` of the numbers 1 to ``pool``, in the order drawn (RFC 3797, section 4).

    For lists that other bodies draw by this RFC; it prescribes MD5.

    :raises InvalidDraw: if more are to be drawn than there are.
    """
    if not 0 <= count <= pool:
        raise InvalidDraw("No more can be drawn than are in the pool.", code="pool-too-small")
    left = list(range(1, pool + 1))
    drawn = []
    for number in range(count):
        index = number.to_bytes(2, "big")
        digest = hashlib.md5(index + key.encode() + index, usedforsecurity=False).digest()
        drawn.append(left.pop(int.from_bytes(digest, "big") % len(left)))
    return drawn
