"""A database that threads share: for tests of what happens at once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def empty_database(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path | None:
    """The empty SQLite test database as a file; None on PostgreSQL."""
    if connection.vendor != "sqlite":
        return None
    path = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    with django_db_blocker.unblock():
        connection.ensure_connection()
        copy = sqlite3.connect(path)
        connection.connection.backup(copy)
        copy.close()
    return path


@pytest.fixture
def shared_database(empty_database: Path | None, db: None, tmp_path: Path) -> Iterator[None]:
    """The empty test database with real transactions, seen by every thread.

    On SQLite it is a copy in a file, as in production: the database in memory has other
    locks, and the append-only log cannot be emptied after the test. PostgreSQL serves as
    it is (mark the tests as transactional there).
    """
    if empty_database is None:
        yield
        return
    before, name = connections["default"], connection.settings_dict["NAME"]
    before.settings_dict["NAME"] = shutil.copy(empty_database, tmp_path / "shared.sqlite3")
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        before.settings_dict["NAME"] = name
        connections["default"] = before
