from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max, Q, QuerySet

from hunar.audit.errors import NoSuchCheckpoint
from hunar.audit.keys import academy_key
from hunar.audit.models import Checkpoint, Entry, Leaf, Node
from hunar.engines import transparency
from hunar.kernel.signing import instant


def canonical_record(entry: Entry) -> dict[str, Any]:
    """The record that the leaf commits to."""
    return {
        "at": instant(entry.at),
        "act": entry.act,
        "subject": f"{entry.subject_kind}:{entry.subject_ref}",
        "actor": entry.actor_ref,
        "details": entry.details,
    }


def log_size() -> int:
    """How many records have their place in the log."""
    last = Leaf.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def latest_checkpoint() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def checkpoint_of(size: int) -> Checkpoint:
    """The checkpoint over the first ``size`` records.

    :raises NoSuchCheckpoint: if none of that size was signed.
    """
    checkpoint = Checkpoint.objects.filter(size=size).first()
    if checkpoint is None:
        raise NoSuchCheckpoint
    return checkpoint


def waiting_count() -> int:
    """Records that have no place in the log yet."""
    return Entry.objects.filter(leaf__isnull=True).count()


def checkpoints() -> QuerySet[Checkpoint]:
    """All checkpoints, newest first."""
    return Checkpoint.objects.order_by("-size")


def entry(pk: int) -> QuerySet[Entry]:
    """One record with its place in the log."""
    return Entry.objects.filter(pk=pk).select_related("leaf")


def rooms_with_acts() -> list[str]:
    """The beginnings of acts, such as ``selection.``, for a choice."""
    acts = Entry.objects.order_by().values_list("act", flat=True).distinct()
    return sorted({f"{act.partition('.')[0]}." for act in acts})


def entries_about(*refs: str) -> QuerySet[Entry]:
    """The acts on the things with these ids, oldest first."""
    return Entry.objects.filter(subject_ref__in=refs).order_by("id")


def entries_matching(*, act: str = "", ref: str = "") -> QuerySet[Entry]:
    """The log as a page shows it, newest first, narrowed by the start of an act and by an id."""
    entries = Entry.objects.select_related("leaf").order_by("-id")
    if act:
        entries = entries.filter(act__startswith=act)
    if ref:
        entries = entries.filter(Q(subject_ref=ref) | Q(actor_ref=ref))
    return entries


def read_nodes(nodes: Sequence[transparency.Node]) -> Mapping[transparency.Node, bytes]:
    """Subtree hashes for the transparency engine, in one query."""
    if not nodes:
        return {}
    places = Q()
    by_level: dict[int, list[int]] = {}
    for node in nodes:
        by_level.setdefault(node.level, []).append(node.index)
    for level, indexes in by_level.items():
        places |= Q(level=level, index__in=indexes)
    rows = Node.objects.filter(places).values_list("level", "index", "hash")
    return {transparency.Node(level, index): bytes.fromhex(value) for level, index, value in rows}


def log_proof(entry: Entry) -> dict[str, Any]:
    """Record, salt, path and checkpoint: all that a stranger needs to find the act in the log.

    :raises Checkpoint.DoesNotExist: if the record has no place under a checkpoint yet.
    """
    leaf = Leaf.objects.filter(entry=entry).first()
    checkpoint = latest_checkpoint()
    if leaf is None or checkpoint is None or leaf.index >= checkpoint.size:
        raise Checkpoint.DoesNotExist
    path = transparency.inclusion_path(leaf.index, checkpoint.size, read_nodes)
    return {
        "record": canonical_record(entry),
        "salt": entry.salt,
        "index": leaf.index,
        "size": checkpoint.size,
        "path": [value.hex() for value in path],
        "checkpoint": checkpoint.note,
    }


def inclusion_document(entry: Entry) -> dict[str, Any]:
    """The log proof of one record as a file for ``hunar verify``.

    :raises Checkpoint.DoesNotExist: if the record has no place under a checkpoint yet.
    """
    return {"kind": "hunar/log-inclusion/1", **log_proof(entry)}


def consistency_proof(*, old: Checkpoint, new: Checkpoint) -> dict[str, Any]:
    """The proof that ``new`` only added to ``old``, as a file for ``hunar verify``.

    :raises NoSuchCheckpoint: if ``new`` is the smaller one.
    """
    if new.size < old.size:
        raise NoSuchCheckpoint
    path = transparency.consistency_path(old.size, new.size, read_nodes)
    return {
        "kind": "hunar/log-consistency/1",
        "old": old.note,
        "new": new.note,
        "path": [value.hex() for value in path],
    }


def broken_links(*, limit: int = 20) -> list[str]:
    """Ids of records whose row no longer fits its leaf; empty when the log is whole."""
    broken: list[str] = []
    for entry in Entry.objects.select_related("leaf").order_by("id").iterator(chunk_size=2000):
        commitment = transparency.commit(canonical_record(entry), salt=bytes.fromhex(entry.salt))
        if transparency.leaf_hash(commitment).hex() != entry.leaf_hash:
            broken.append(str(entry.pk))
            if len(broken) >= limit:
                break
    return broken


def did_document() -> dict[str, Any]:
    """The academy as a ``did:web`` (W3C): who it is and the key with which it signs."""
    key = academy_key().public
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": key.controller,
        "verificationMethod": [key.as_json()],
        "assertionMethod": [key.id],
        "authentication": [key.id],
    }
