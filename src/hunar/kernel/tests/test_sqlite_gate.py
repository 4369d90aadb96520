"""The queue of writers: two connections to a file cannot be inside a write at once."""

import threading
import time
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

pytestmark = pytest.mark.django_db(transaction=True)


def connect(path: Path) -> BaseDatabaseWrapper:
    backend = load_backend("hunar.kernel.db.sqlite")
    settings = {
        **connection.settings_dict,
        "NAME": str(path),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 1},
        "TEST": {"NAME": str(path)},
    }
    return backend.DatabaseWrapper(settings, alias="gate")


def write(path: Path, order: list[str], name: str, hold: float) -> None:
    own = connect(path)
    own.set_autocommit(True)
    own._start_transaction_under_autocommit()
    own.in_atomic_block = True
    order.append(f"{name} in")
    time.sleep(hold)
    order.append(f"{name} out")
    own.in_atomic_block = False
    own._commit()
    own.close()


def test_a_second_writer_waits_longer_than_the_busy_timeout_without_error(tmp_path: Path):
    path = tmp_path / "gate.sqlite3"
    order: list[str] = []
    threads = [threading.Thread(target=write, args=(path, order, name, 1.3)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(order) == 4
    assert [entry[0] for entry in order] in (["a", "a", "b", "b"], ["b", "b", "a", "a"])


def test_the_gate_opens_after_a_rollback(tmp_path: Path):
    path = tmp_path / "gate.sqlite3"
    first, second = connect(path), connect(path)
    for own in (first, second):
        own.set_autocommit(True)
        own._start_transaction_under_autocommit()
        own.in_atomic_block = True
        own.in_atomic_block = False
        own._rollback()
    first.close()
    second.close()
