"""Acts that are recorded and given their place at the same moment, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from hunar.audit import queries, services
from hunar.audit.keys import checkpoint_signer
from hunar.audit.models import Checkpoint, Entry, Leaf
from hunar.audit.tests.test_services import record
from hunar.audit.verification import check_consistency, check_inclusion

pytestmark = [
    pytest.mark.django_db(transaction=connection.vendor != "sqlite"),
    pytest.mark.usefixtures("shared_database"),
]
NOON = datetime(2025, 12, 5, 7, tzinfo=UTC)
WRITERS, ACTS = 4, 8


def test_writers_and_integrators_at_once_make_one_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 5)
    barrier = Barrier(WRITERS + 2)

    def write() -> None:
        for number in range(ACTS):
            record(number)

    def integrate() -> None:
        for _ in range(ACTS):
            services.integrate(at=NOON)

    def run(act: Callable[[], None]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        acts = [*[write] * WRITERS, *[integrate] * 2]
        for future in [pool.submit(run, act) for act in acts]:
            future.result(timeout=60)

    last = services.integrate(at=NOON)
    assert last is not None
    assert last.size == Entry.objects.count() == WRITERS * ACTS
    assert list(Leaf.objects.order_by("index").values_list("index", flat=True)) == list(
        range(last.size)
    )
    assert queries.broken_links() == []
    keys = [checkpoint_signer().verifier]
    for entry in Entry.objects.all():
        assert check_inclusion(queries.inclusion_document(entry), keys).holds
    for old in Checkpoint.objects.all():
        assert check_consistency(queries.consistency_proof(old=old, new=last), keys).holds
