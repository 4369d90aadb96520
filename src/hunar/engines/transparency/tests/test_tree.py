"""Trees and proofs against RFC 9162, published vectors and a naive recursion."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.engines import transparency as log
from hunar.engines.transparency import MemoryTree, Node

REFDATA = Path(__file__).parents[5].parent / "shared" / "refdata" / "merkle"
needs_refdata = pytest.mark.skipif(not REFDATA.exists(), reason=f"needs {REFDATA}")

entries_lists = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


def naive_root(entries: Sequence[bytes]) -> bytes:
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    left = 1
    while left * 2 < len(entries):
        left *= 2
    halves = naive_root(entries[:left]) + naive_root(entries[left:])
    return hashlib.sha256(b"\x01" + halves).digest()


def vectors(name: str) -> list[dict[str, Any]]:
    if not REFDATA.exists():
        return []
    loaded: list[dict[str, Any]] = json.loads((REFDATA / name).read_text())
    return loaded


def decoded(text: str) -> bytes:
    return base64.b64decode(text)


class CountingReader:
    def __init__(self, tree: MemoryTree) -> None:
        self.tree, self.calls, self.nodes = tree, 0, 0

    def __call__(self, nodes: Sequence[Node]) -> Mapping[Node, bytes]:
        self.calls += 1
        self.nodes += len(nodes)
        return self.tree.read(nodes)


# RFC 9162, 2.1.5: the tree of seven entries d0 to d6, its nodes named as in the figure.
SEVEN = [bytes([n]) for n in range(7)]
A, B, C, D, E, F, J = (log.leaf_hash(entry) for entry in SEVEN)
G, H, I = log.node_hash(A, B), log.node_hash(C, D), log.node_hash(E, F)  # noqa: E741
K, L = log.node_hash(G, H), log.node_hash(I, J)


def test_the_root_of_seven_leaves_is_that_of_rfc_9162_section_2_1_5() -> None:
    assert log.root(SEVEN) == log.node_hash(K, L)


@pytest.mark.parametrize(
    ("index", "path"), [(0, (B, H, L)), (3, (C, G, L)), (4, (F, J, K)), (6, (I, K))]
)
def test_inclusion_paths_are_those_of_rfc_9162_section_2_1_5(
    index: int, path: tuple[bytes, ...]
) -> None:
    assert MemoryTree(SEVEN).inclusion_path(index) == path


@pytest.mark.parametrize(
    ("old_size", "path"), [(3, (C, D, G, L)), (4, (L,)), (6, (I, J, K)), (7, ())]
)
def test_consistency_paths_are_those_of_rfc_9162_section_2_1_5(
    old_size: int, path: tuple[bytes, ...]
) -> None:
    assert MemoryTree(SEVEN).consistency_path(old_size) == path


def test_the_empty_root_is_the_hash_of_nothing() -> None:
    assert log.root([]) == log.EMPTY_ROOT == MemoryTree().root() == hashlib.sha256().digest()


@needs_refdata
def test_roots_are_those_of_the_certificate_transparency_reference() -> None:
    known = json.loads((REFDATA / "rfc6962_roots.json").read_text())
    entries = [bytes.fromhex(leaf) for leaf in known["leaves_hex"]]
    tree = MemoryTree(entries)
    for size, expected in enumerate(known["roots_hex_size_1_to_8"], start=1):
        assert log.root(entries[:size]).hex() == tree.root(size).hex() == expected
    assert log.EMPTY_ROOT.hex() == known["empty_root"]
    assert log.leaf_hash(b"L123456").hex() == known["leaf_L123456"]


@needs_refdata
@pytest.mark.parametrize(
    "vector", vectors("transparency_dev_inclusion.json"), ids=lambda v: v["file"]
)
def test_inclusion_vectors_of_transparency_dev(vector: dict[str, Any]) -> None:
    claim = {
        "leaf": decoded(vector["leafHash"]),
        "index": vector["leafIdx"],
        "size": vector["treeSize"],
        "path": [decoded(step) for step in vector["proof"] or []],
        "root": decoded(vector["root"]),
    }
    if vector["wantErr"]:
        with pytest.raises(log.TransparencyError):
            log.verify_inclusion(**claim)
    else:
        log.verify_inclusion(**claim)


@needs_refdata
@pytest.mark.parametrize(
    "vector", vectors("transparency_dev_consistency.json"), ids=lambda v: v["file"]
)
def test_consistency_vectors_of_transparency_dev(vector: dict[str, Any]) -> None:
    claim = {
        "old_size": vector["size1"],
        "new_size": vector["size2"],
        "old_root": decoded(vector["root1"]),
        "new_root": decoded(vector["root2"]),
        "path": [decoded(step) for step in vector["proof"] or []],
    }
    # One happy vector has roots of 12 bytes ("don't care 2"); we insist on 32.
    if vector["wantErr"] or len(claim["old_root"]) != log.HASH_SIZE:
        with pytest.raises(log.TransparencyError):
            log.verify_consistency(**claim)
    else:
        log.verify_consistency(**claim)


@given(entries_lists)
def test_stored_nodes_give_the_root_of_every_earlier_size(entries: list[bytes]) -> None:
    tree = MemoryTree(entries)
    for size in range(len(entries) + 1):
        assert tree.root(size) == log.root(entries[:size]) == naive_root(entries[:size])


@given(entries_lists, st.data())
def test_every_inclusion_path_verifies(entries: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(entries)))
    index = data.draw(st.integers(0, size - 1))
    tree = MemoryTree(entries)
    log.verify_inclusion(
        leaf=log.leaf_hash(entries[index]),
        index=index,
        size=size,
        path=tree.inclusion_path(index, size),
        root=naive_root(entries[:size]),
    )


@given(entries_lists, st.data())
def test_every_consistency_path_verifies(entries: list[bytes], data: st.DataObject) -> None:
    new = data.draw(st.integers(1, len(entries)))
    old = data.draw(st.integers(1, new))
    log.verify_consistency(
        old_size=old,
        new_size=new,
        old_root=naive_root(entries[:old]),
        new_root=naive_root(entries[:new]),
        path=MemoryTree(entries).consistency_path(old, new),
    )


@given(st.integers(1, 40), st.data())
def test_a_path_fails_for_every_other_leaf_size_or_path(size: int, data: st.DataObject) -> None:
    tree = MemoryTree(bytes([n]) for n in range(size))
    index = data.draw(st.integers(0, size - 1))
    path = list(tree.inclusion_path(index))
    leaf, root = log.leaf_hash(bytes([index])), tree.root()
    if path:
        spoilt = data.draw(st.integers(0, len(path) - 1))
        bit = 1 << data.draw(st.integers(0, 7))
        changed = bytes([path[spoilt][0] ^ bit]) + path[spoilt][1:]
        forged = [*path[:spoilt], changed, *path[spoilt + 1 :]]
        with pytest.raises(log.RootMismatch):
            log.verify_inclusion(leaf=leaf, index=index, size=size, path=forged, root=root)
    for wrong in (path[:-1] if path else [leaf], [*path, root]):
        with pytest.raises(log.TransparencyError):
            log.verify_inclusion(leaf=leaf, index=index, size=size, path=wrong, root=root)
    for other in range(size):
        if other != index:
            with pytest.raises(log.TransparencyError):
                log.verify_inclusion(leaf=leaf, index=other, size=size, path=path, root=root)


@given(entries_lists, st.data())
def test_a_rewritten_history_has_no_consistency_path(
    entries: list[bytes], data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, len(entries)))
    changed = data.draw(st.integers(0, old - 1))
    forged = [*entries[:changed], entries[changed] + b"!", *entries[changed + 1 :]]
    with pytest.raises(log.RootMismatch):
        log.verify_consistency(
            old_size=old,
            new_size=len(entries),
            old_root=log.root(entries[:old]),
            new_root=log.root(forged),
            path=MemoryTree(forged).consistency_path(old),
        )


@given(st.integers(0, 200), st.integers(0, 30))
def test_appending_many_leaves_stores_the_same_nodes_as_appending_one_by_one(
    before: int, added: int
) -> None:
    tree = MemoryTree(n.to_bytes(2, "big") for n in range(before))
    leaves = [log.leaf_hash((before + n).to_bytes(2, "big")) for n in range(added)]
    reader = CountingReader(tree)
    together = log.append_leaves(before, leaves, reader)
    assert reader.calls <= 1
    singly: dict[Node, bytes] = {}
    for offset, leaf in enumerate(leaves):
        singly |= log.append_leaf(before + offset, leaf, tree.read)
        tree.append_hash(leaf)
    assert together == singly


@given(st.integers(0, 500))
def test_each_node_is_completed_by_exactly_one_leaf(size: int) -> None:
    completed = [node for index in range(size) for node in log.completed_by(index)]
    expected = [
        Node(level, index) for level in range(size.bit_length()) for index in range(size >> level)
    ]
    assert sorted(completed) == expected


@given(st.integers(1, 1 << 40), st.data())
def test_a_proof_needs_few_nodes_and_all_are_complete(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    plans = (log.root_plan(size), log.inclusion_plan(index, size), log.consistency_plan(old, size))
    for plan in plans:
        assert len(plan.nodes) == len(set(plan.nodes)) <= 2 * size.bit_length()
        assert all((node.index + 1) << node.level <= size for node in plan.nodes)
        assert len(plan.groups) <= size.bit_length() + 1


def test_a_proof_is_one_read_of_the_store() -> None:
    reader = CountingReader(MemoryTree(n.to_bytes(2, "big") for n in range(1000)))
    log.inclusion_path(437, 1000, reader)
    assert (reader.calls, reader.nodes) == (1, 14)
    log.root_at(1000, reader)
    assert (reader.calls, reader.nodes) == (2, 14 + (1000).bit_count())


def test_consistency_with_the_empty_tree_is_refused_on_both_sides() -> None:
    with pytest.raises(log.EmptyOldTree) as producing:
        MemoryTree(SEVEN).consistency_path(0)
    with pytest.raises(log.EmptyOldTree) as checking:
        log.verify_consistency(
            old_size=0, new_size=7, old_root=log.EMPTY_ROOT, new_root=log.root(SEVEN), path=[]
        )
    assert producing.value.code == checking.value.code == "consistency-from-empty-tree"


@pytest.mark.parametrize(("old", "new"), [(8, 7), (-1, 7), (3, -1), (1, 8)])
def test_sizes_the_tree_never_had_are_refused(old: int, new: int) -> None:
    with pytest.raises(log.InvalidSize):
        MemoryTree(SEVEN).consistency_path(old, new)


@pytest.mark.parametrize("index", [-1, 7, 100])
def test_leaves_outside_the_tree_are_refused(index: int) -> None:
    with pytest.raises(log.InvalidIndex):
        MemoryTree(SEVEN).inclusion_path(index)
    with pytest.raises(log.InvalidIndex):
        log.verify_inclusion(leaf=A, index=index, size=7, path=(B, H, L), root=log.root(SEVEN))


def test_a_gap_in_the_store_is_named() -> None:
    with pytest.raises(log.MissingNode, match="node 0 on level 2") as refused:
        log.root_at(7, lambda nodes: {node: A for node in nodes if node.level < 2})
    assert refused.value.code == "missing-node"


def test_hashes_of_another_length_are_refused() -> None:
    with pytest.raises(log.MalformedHash):
        log.append_leaf(0, b"short", lambda nodes: {})
    with pytest.raises(log.MalformedHash):
        log.root_at(1, lambda nodes: dict.fromkeys(nodes, b"short"))
    with pytest.raises(log.MalformedHash):
        log.verify_inclusion(leaf=A, index=0, size=2, path=[b""], root=G)


def test_every_error_has_its_own_code() -> None:
    errors = [
        error
        for error in vars(log).values()
        if isinstance(error, type) and issubclass(error, log.TransparencyError)
    ]
    assert len({error.code for error in errors}) == len(errors) == 17
