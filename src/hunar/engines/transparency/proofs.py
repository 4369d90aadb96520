"""Checking proofs from the outside: only hashes, sizes and the algorithms of RFC 9162.

These functions share no code with the ones that produce proofs, save the two hash functions.
They return nothing when a proof holds and raise the reason when it does not.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from .errors import (
    EmptyOldTree,
    InvalidIndex,
    InvalidSize,
    MalformedHash,
    RootMismatch,
    WrongPathLength,
)
from .tree import HASH_SIZE, node_hash


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Check that a leaf stands at ``index`` in the tree of ``size`` leaves with this root.

    Source: RFC 9162, 2.1.3.2.

    :param leaf: the leaf hash, not the entry.
    :raises InvalidIndex: if there is no such leaf in a tree of that size.
    :raises MalformedHash: if a hash is not 32 bytes long.
    :raises WrongPathLength: if the proof is too short or too long.
    :raises RootMismatch: if the proof leads to another root.
    """
    if not 0 <= index < size:
        raise InvalidIndex(f"A tree of {size} leaves has no leaf {index}.")
    _check_hashes(leaf, root, *path)
    place, last = index, size - 1
    hashed = leaf
    for sibling in path:
        if last == 0:
            raise WrongPathLength("The inclusion proof is too long.")
        if place & 1 or place == last:
            hashed = node_hash(sibling, hashed)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise WrongPathLength("The inclusion proof is too short.")
    _check_root(hashed, root, "The inclusion proof leads to another root.")


def verify_consistency(
    *,
    old_size: int,
    new_size: int,
    old_root: bytes,
    new_root: bytes,
    path: Sequence[bytes],
) -> None:
    """Check that the old tree is a prefix of the new one: nothing was changed or removed.

    Source: RFC 9162, 2.1.4.2. Between equal sizes the proof is empty and the roots are equal.

    :raises EmptyOldTree: if the old tree is empty, because any tree would pass.
    :raises InvalidSize: if a size is negative or the old tree is the larger one.
    :raises MalformedHash: if a hash is not 32 bytes long.
    :raises WrongPathLength: if the proof is too short or too long.
    :raises RootMismatch: if the proof leads to another old or new root.
    """
    if old_size == 0 and new_size >= 0:
        raise EmptyOldTree("The empty tree is consistent with every tree. Start from size 1.")
    if not 0 < old_size <= new_size:
        raise InvalidSize(f"{old_size} leaves cannot grow into {new_size} leaves.")
    _check_hashes(old_root, new_root, *path)
    if old_size == new_size:
        if path:
            raise WrongPathLength("Between equal sizes the consistency proof is empty.")
        _check_root(old_root, new_root, "Two trees of equal size have different roots.")
        return
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    steps = list(path) if place else [old_root, *path]
    if not steps:
        raise WrongPathLength("The consistency proof is too short.")
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise WrongPathLength("The consistency proof is too long.")
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    if last:
        raise WrongPathLength("The consistency proof is too short.")
    _check_root(old, old_root, "The consistency proof leads to another old root.")
    _check_root(new, new_root, "The consistency proof leads to another new root.")


def _check_hashes(*hashes: bytes) -> None:
    if any(len(hashed) != HASH_SIZE for hashed in hashes):
        raise MalformedHash("A hash of the tree is 32 bytes long.")


def _check_root(computed: bytes, claimed: bytes, otherwise: str) -> None:
    if not hmac.compare_digest(computed, claimed):
        raise RootMismatch(otherwise)
