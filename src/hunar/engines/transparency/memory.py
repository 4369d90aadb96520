"""A tree held in memory: for tests, and for checking a whole log offline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from . import tree
from .errors import InvalidSize
from .tree import Node


class MemoryTree:
    """An append-only tree whose nodes live in a dictionary."""

    def __init__(self, entries: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._nodes: dict[Node, bytes] = {}
        for entry in entries:
            self.append(entry)

    def append(self, entry: bytes) -> int:
        """Append an entry and return its index."""
        return self.append_hash(tree.leaf_hash(entry))

    def append_hash(self, leaf: bytes) -> int:
        """Append an entry of which only the leaf hash is known and return its index."""
        index = self.size
        self._nodes.update(tree.append_leaf(index, leaf, self.read))
        self.size += 1
        return index

    def read(self, nodes: Sequence[Node]) -> Mapping[Node, bytes]:
        """Return those of the nodes that are complete."""
        return {node: self._nodes[node] for node in nodes if node in self._nodes}

    def root(self, size: int | None = None) -> bytes:
        """Return the root now, or as it was at an earlier size.

        :raises InvalidSize: if the tree never had that size.
        """
        return tree.root_at(self._reached(size), self.read)

    def inclusion_path(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the proof that the leaf is in the tree now, or at an earlier size.

        :raises InvalidSize: if the tree never had that size.
        :raises InvalidIndex: if there is no such leaf in a tree of that size.
        """
        return tree.inclusion_path(index, self._reached(size), self.read)

    def consistency_path(self, old_size: int, new_size: int | None = None) -> tuple[bytes, ...]:
        """Return the proof that the tree has only grown since ``old_size``.

        :raises InvalidSize: if the tree never had one of the sizes or they are in wrong order.
        :raises EmptyOldTree: if the old size is 0.
        """
        return tree.consistency_path(old_size, self._reached(new_size), self.read)

    def _reached(self, size: int | None) -> int:
        reached = self.size if size is None else size
        if not 0 <= reached <= self.size:
            raise InvalidSize(f"The tree has {self.size} leaves, never {reached}.")
        return reached
