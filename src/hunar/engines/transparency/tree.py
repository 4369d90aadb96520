"""RFC 9162 Merkle tree hashing and the nodes that a database must hold to serve proofs.

A *node* is the hash of a complete subtree and has the address ``(level, index)``: it covers the
leaves ``index * 2**level`` up to, but not including, ``(index + 1) * 2**level``. Once complete it
never changes, so nodes are only ever inserted. Roots and proofs of any earlier size are combined
from O(log n) of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .errors import EmptyOldTree, InvalidIndex, InvalidSize, MalformedHash, MissingNode

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves: SHA-256 of nothing (RFC 9162, 2.1.1)."""


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """The address of a complete subtree; level 0 holds the leaf hashes."""

    level: int
    index: int


NodeReader = Callable[[Sequence[Node]], Mapping[Node, bytes]]
"""Returns the hashes of the nodes asked for; one call is meant to be one database query."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The nodes behind each hash of a proof.

    A proof hash may cover an incomplete right edge of the tree. Its group then lists several
    complete subtrees from left to right, which :func:`combine` folds into one hash.
    """

    groups: tuple[tuple[Node, ...], ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every node that the plan needs, each once."""
        return tuple(node for group in self.groups for node in group)


def leaf_hash(entry: bytes) -> bytes:
    """Return ``SHA-256(0x00 || entry)`` (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return ``SHA-256(0x01 || left || right)`` (RFC 9162, 2.1.1).

    :raises MalformedHash: if a child is not 32 bytes long.
    """
    if len(left) != HASH_SIZE or len(right) != HASH_SIZE:
        raise MalformedHash("A node joins two hashes of 32 bytes.")
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(entries: Iterable[bytes]) -> bytes:
    """Return the root hash over the entries (not yet hashed), in O(log n) memory."""
    peaks: list[bytes] = []
    for index, entry in enumerate(entries):
        hashed = leaf_hash(entry)
        for _ in range(_trailing_ones(index)):
            hashed = node_hash(peaks.pop(), hashed)
        peaks.append(hashed)
    return _fold(peaks) if peaks else EMPTY_ROOT


def completed_by(index: int) -> tuple[Node, ...]:
    """Return the nodes which become complete when leaf ``index`` is appended, leaf first.

    :raises InvalidIndex: if the index is negative.
    """
    if index < 0:
        raise InvalidIndex("A leaf index cannot be negative.")
    return tuple(Node(level, index >> level) for level in range(_trailing_ones(index) + 1))


def append_leaf(index: int, hashed: bytes, read: NodeReader) -> dict[Node, bytes]:
    """Return the nodes to store when leaf ``index`` with this leaf hash is appended.

    :param read: is asked, at most once, for the left siblings of the completed nodes.
    :raises InvalidIndex: if the index is negative.
    :raises MissingNode: if the store lacks a sibling.
    """
    return append_leaves(index, [hashed], read)


def append_leaves(first: int, hashes: Sequence[bytes], read: NodeReader) -> dict[Node, bytes]:
    """Return the nodes to store when consecutive leaves are appended from index ``first`` on.

    :param read: is asked, at most once, for siblings that the store already holds.
    :raises InvalidIndex: if the index is negative.
    :raises MalformedHash: if a leaf hash is not 32 bytes long.
    :raises MissingNode: if the store lacks a sibling.
    """
    completed = [completed_by(first + offset) for offset in range(len(hashes))]
    fresh = {node for nodes in completed for node in nodes}
    siblings = [Node(node.level, node.index - 1) for nodes in completed for node in nodes[:-1]]
    wanted = [node for node in siblings if node not in fresh]
    known = _read(wanted, read)
    added: dict[Node, bytes] = {}
    for nodes, leaf in zip(completed, hashes, strict=True):
        hashed = _checked(leaf)
        added[nodes[0]] = hashed
        for child, parent in pairwise(nodes):
            sibling = Node(child.level, child.index - 1)
            hashed = node_hash(added.get(sibling) or known[sibling], hashed)
            added[parent] = hashed
    return added


def root_plan(size: int) -> Plan:
    """Return the nodes which the root of the first ``size`` leaves is made of.

    :raises InvalidSize: if the size is negative.
    """
    _check_size(size)
    return Plan((_cover(0, size),) if size else ())


def inclusion_plan(index: int, size: int) -> Plan:
    """Return the nodes of the proof that leaf ``index`` is in the tree of ``size`` leaves.

    Source: RFC 9162, 2.1.3.1.

    :raises InvalidSize: if the size is negative.
    :raises InvalidIndex: if there is no such leaf in a tree of that size.
    """
    _check_size(size)
    if not 0 <= index < size:
        raise InvalidIndex(f"A tree of {size} leaves has no leaf {index}.")
    start, end = 0, size
    siblings = []
    while end - start > 1:
        middle = start + _left_size(end - start)
        if index < middle:
            siblings.append(_cover(middle, end))
            end = middle
        else:
            siblings.append(_cover(start, middle))
            start = middle
    return Plan(tuple(reversed(siblings)))


def consistency_plan(old_size: int, new_size: int) -> Plan:
    """Return the nodes of the proof that the old tree is a prefix of the new one.

    Equal sizes need no hash. Source: RFC 9162, 2.1.4.1.

    :raises EmptyOldTree: if the old tree is empty.
    :raises InvalidSize: if a size is negative or the old tree is the larger one.
    """
    _check_sizes(old_size, new_size)
    start, end = 0, new_size
    siblings = []
    while end != old_size:
        middle = start + _left_size(end - start)
        if old_size <= middle:
            siblings.append(_cover(middle, end))
            end = middle
        else:
            siblings.append(_cover(start, middle))
            start = middle
    if start:
        siblings.append(_cover(start, end))
    return Plan(tuple(reversed(siblings)))


def combine(plan: Plan, nodes: Mapping[Node, bytes]) -> tuple[bytes, ...]:
    """Return one hash for each group of the plan.

    :raises MissingNode: if a node of the plan is absent.
    :raises MalformedHash: if a node is not 32 bytes long.
    """
    return tuple(_fold([_pick(nodes, node) for node in group]) for group in plan.groups)


def root_at(size: int, read: NodeReader) -> bytes:
    """Return the root of the first ``size`` leaves from stored nodes.

    :raises InvalidSize: if the size is negative.
    :raises MissingNode: if the store lacks a node.
    """
    plan = root_plan(size)
    return combine(plan, _read(plan.nodes, read))[0] if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, read: NodeReader) -> tuple[bytes, ...]:
    """Return the inclusion proof of a leaf, nearest sibling first, from stored nodes.

    :raises InvalidSize: if the size is negative.
    :raises InvalidIndex: if there is no such leaf in a tree of that size.
    :raises MissingNode: if the store lacks a node.
    """
    plan = inclusion_plan(index, size)
    return combine(plan, _read(plan.nodes, read))


def consistency_path(old_size: int, new_size: int, read: NodeReader) -> tuple[bytes, ...]:
    """Return the proof that the old tree is a prefix of the new one, from stored nodes.

    :raises EmptyOldTree: if the old tree is empty.
    :raises InvalidSize: if a size is negative or the old tree is the larger one.
    :raises MissingNode: if the store lacks a node.
    """
    plan = consistency_plan(old_size, new_size)
    return combine(plan, _read(plan.nodes, read))


def _read(nodes: Sequence[Node], read: NodeReader) -> dict[Node, bytes]:
    found = read(nodes) if nodes else {}
    return {node: _pick(found, node) for node in nodes}


def _pick(nodes: Mapping[Node, bytes], node: Node) -> bytes:
    try:
        return _checked(nodes[node])
    except KeyError:
        raise MissingNode(
            f"The store has no node {node.index} on level {node.level}. "
            "Rebuild the nodes from the entries."
        ) from None


def _checked(hashed: bytes) -> bytes:
    if len(hashed) != HASH_SIZE:
        raise MalformedHash("A hash of the tree is 32 bytes long.")
    return hashed


def _check_size(size: int) -> None:
    if size < 0:
        raise InvalidSize("A tree size cannot be negative.")


def _check_sizes(old_size: int, new_size: int) -> None:
    _check_size(old_size)
    if old_size > new_size:
        raise InvalidSize(f"A tree of {new_size} leaves has no earlier state of {old_size} leaves.")
    if old_size == 0:
        raise EmptyOldTree("The empty tree is consistent with every tree. Ask from size 1 or more.")


def _cover(start: int, end: int) -> tuple[Node, ...]:
    """Split a range of leaves of the tree into complete subtrees, left to right."""
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return tuple(nodes)


def _fold(hashes: Sequence[bytes]) -> bytes:
    """Join complete subtrees, listed from left to right, as RFC 9162 does: from the right."""
    joined = hashes[-1]
    for left in reversed(hashes[:-1]):
        joined = node_hash(left, joined)
    return joined


def _left_size(size: int) -> int:
    """Return the largest power of two smaller than ``size`` (at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def _trailing_ones(number: int) -> int:
    return ((number + 1) & ~number).bit_length() - 1
