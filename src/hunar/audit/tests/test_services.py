from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from hunar.audit import queries, services
from hunar.audit.keys import checkpoint_signer, log_origin
from hunar.audit.models import Checkpoint, Entry, Leaf, Node
from hunar.engines import transparency

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 5, 7, 0, 0, 999, tzinfo=UTC)


@dataclass(frozen=True)
class Thing:
    ref: str


def record(number: int = 1, **details: object) -> Entry:
    return services.record(
        "test.thing.done",
        subject=Thing(f"TST-{number}"),
        by=Thing("PER-1"),
        at=NOON,
        details=details,
    )


def test_a_record_commits_to_its_row_under_a_salt():
    entry = record(marks=3)
    again = record(marks=3)
    assert entry.leaf_hash != again.leaf_hash, "two equal acts must not look alike"
    commitment = transparency.commit(
        queries.canonical_record(Entry.objects.get(pk=entry.pk)), salt=bytes.fromhex(entry.salt)
    )
    assert transparency.leaf_hash(commitment).hex() == entry.leaf_hash


def test_a_record_of_a_signed_document_holds_its_digest():
    document = services.sign({"kind": "hunar/test/1"}, at=NOON)
    entry = services.record(
        "test.thing.signed", subject=Thing("T"), by=None, at=NOON, document=document
    )
    assert len(entry.details["document_sha256"]) == 64
    assert entry.actor_ref == ""


@pytest.mark.parametrize("count", [1, 2, 3, 8, 13])
def test_every_record_is_proved_in_the_log(count: int):
    entries = [record(number) for number in range(count)]
    checkpoint = services.integrate(at=NOON)
    assert checkpoint is not None
    assert checkpoint.size == count
    for entry in entries:
        proof = queries.log_proof(entry)
        commitment = transparency.commit(proof["record"], salt=bytes.fromhex(proof["salt"]))
        transparency.verify_inclusion(
            leaf=transparency.leaf_hash(commitment),
            index=proof["index"],
            size=proof["size"],
            path=[bytes.fromhex(value) for value in proof["path"]],
            root=bytes.fromhex(checkpoint.root),
        )


def test_the_root_is_that_of_rfc_9162_over_the_leaves():
    entries = [record(number) for number in range(5)]
    checkpoint = services.integrate(at=NOON)

    def node(left: str, right: str) -> str:
        joined = b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)
        return hashlib.sha256(joined).hexdigest()

    a, b, c, d, e = (entry.leaf_hash for entry in entries)
    assert checkpoint is not None
    assert checkpoint.root == node(node(node(a, b), node(c, d)), e)


def test_integrating_in_batches_gives_one_gapless_log(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "BATCH", 3)
    for number in range(10):
        record(number)
    services.integrate(at=NOON)
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(range(10))


def test_a_second_checkpoint_only_adds_to_the_first():
    for number in range(3):
        record(number)
    old = services.integrate(at=NOON)
    for number in range(4):
        record(number)
    new = services.integrate(at=NOON)
    assert old is not None
    assert new is not None
    proof = queries.consistency_proof(old=old, new=new)
    transparency.verify_consistency(
        old_size=3,
        new_size=7,
        old_root=bytes.fromhex(old.root),
        new_root=bytes.fromhex(new.root),
        path=[bytes.fromhex(value) for value in proof["path"]],
    )


def test_without_new_records_no_new_checkpoint_is_signed():
    record()
    first = services.integrate(at=NOON)
    assert services.integrate(at=NOON) == first
    assert Checkpoint.objects.count() == 1


def test_an_empty_log_has_no_checkpoint():
    assert services.integrate(at=NOON) is None


def test_a_checkpoint_is_signed_by_the_academy():
    record()
    checkpoint = services.integrate(at=NOON)
    assert checkpoint is not None
    opened = transparency.open_checkpoint(
        checkpoint.note, [checkpoint_signer().verifier], origin=log_origin()
    )
    assert opened.root.hex() == checkpoint.root


def test_a_record_without_a_place_has_no_proof_yet():
    with pytest.raises(Checkpoint.DoesNotExist):
        queries.log_proof(record())


@pytest.mark.parametrize("model", [Entry, Leaf, Node, Checkpoint])
def test_the_database_itself_refuses_to_change_or_delete(model: type):
    record()
    services.integrate(at=NOON)
    table, column = model._meta.db_table, model._meta.fields[1].column
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert model.objects.exists()


def test_a_row_that_was_changed_behind_our_back_is_found():
    entry = record(marks=3)
    record(marks=4)
    assert queries.broken_links() == []
    on = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_entry_no_UPDATE{on}")
        cursor.execute("UPDATE audit_entry SET act = 'test.thing.undone' WHERE id = %s", [entry.pk])
    assert queries.broken_links() == [str(entry.pk)]


def test_a_proven_document_is_integrated_at_once():
    document = services.sign({"kind": "hunar/test/1"}, at=NOON)
    entry = services.record(
        "test.thing.signed", subject=Thing("T"), by=None, at=NOON, document=document
    )
    proven = services.with_log_proof(document, entry=entry)
    assert proven["log"]["size"] == 1
    assert proven["document"] == document
