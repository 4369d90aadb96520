"""Every consequential act is recorded here, in the transaction that does it.

``record`` only inserts; giving each record its place in the log, and signing a
checkpoint over them, happens apart (``integrate``), so that no two acts wait for
each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from hunar.audit import queries
from hunar.audit.keys import academy_key, checkpoint_signer, log_origin
from hunar.audit.models import Checkpoint, Entry, Leaf, Node
from hunar.engines import transparency
from hunar.kernel import clock
from hunar.kernel.signing import digest, instant

BATCH = 1000
_LOG_LOCK = 0x48554E4152


class Subject(Protocol):
    """Anything with an id for paper."""

    @property
    def ref(self) -> str: ...


def record(
    act: str,
    *,
    subject: Subject,
    by: Subject | None,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    document: Mapping[str, Any] | None = None,
) -> Entry:
    """Add one act to the log.

    :param act: ``room.thing.verb``, past tense: ``selection.call.decided``.
    :param by: the doer; None for what the platform does by itself.
    :param details: JSON without names and marks: refs, codes, numbers, digests.
    :param document: a signed document made by the act; its digest enters the record.
    """
    facts = dict(details or {})
    if document is not None:
        facts["document_sha256"] = digest(document)
    entry = Entry(
        at=at.replace(microsecond=0),
        act=act,
        subject_kind=type(subject).__name__.lower(),
        subject_ref=subject.ref,
        actor_ref=by.ref if by else "",
        details=facts,
        salt=transparency.new_salt().hex(),
    )
    commitment = transparency.commit(
        queries.canonical_record(entry), salt=bytes.fromhex(entry.salt)
    )
    entry.leaf_hash = transparency.leaf_hash(commitment).hex()
    entry.save(force_insert=True)
    return entry


def sign(document: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """``document`` with the academy's signature of the moment ``at``."""
    return academy_key().sign(document, at=at)


def integrate(*, at: datetime | None = None) -> Checkpoint | None:
    """Give all new records their place in the log and sign a checkpoint over it.

    Returns the latest checkpoint, or None while the log is empty.
    """
    while _integrate_batch():
        pass
    size = queries.log_size()
    latest = Checkpoint.objects.order_by("-size").first()
    if size == 0 or (latest and latest.size == size):
        return latest
    return _sign_checkpoint(size, at or clock.now())


@transaction.atomic
def _integrate_batch() -> int:
    _lock_log()
    first = queries.log_size()
    entries = list(Entry.objects.filter(leaf__isnull=True).order_by("id")[:BATCH])
    hashes = [bytes.fromhex(entry.leaf_hash) for entry in entries]
    if not entries:
        return 0
    nodes = transparency.append_leaves(first, hashes, queries.read_nodes)
    Leaf.objects.bulk_create(
        Leaf(index=index, entry=entry) for index, entry in enumerate(entries, start=first)
    )
    Node.objects.bulk_create(
        Node(level=node.level, index=node.index, hash=value.hex()) for node, value in nodes.items()
    )
    return len(entries)


@transaction.atomic
def _sign_checkpoint(size: int, at: datetime) -> Checkpoint:
    _lock_log()
    root = transparency.root_at(size, queries.read_nodes)
    note = transparency.sign_checkpoint(
        transparency.Checkpoint(log_origin(), size, root), checkpoint_signer()
    )
    checkpoint, _ = Checkpoint.objects.get_or_create(
        size=size, defaults={"root": root.hex(), "at": at, "note": note}
    )
    return checkpoint


def _lock_log() -> None:
    # SQLite has one writer anyway; PostgreSQL needs a queue for this one.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])


def with_log_proof(document: Mapping[str, Any], *, entry: Entry) -> dict[str, Any]:
    """A file for ``hunar verify``: the signed document and the proof that it is logged.

    New records enter the log first, so that the proof can be given at once.
    """
    integrate()
    return {
        "kind": "hunar/proven-document/1",
        "document": dict(document),
        "log": queries.log_proof(entry),
        "exported": instant(clock.now()),
    }


def inclusion_document(entry: Entry) -> dict[str, Any]:
    """The proof that ``entry`` is in the log, which it enters first if it is new."""
    integrate()
    return queries.inclusion_document(entry)
