"""Fixtures that every room uses, and what a suite without skipped tests means."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection, connections
from pytest_django import DjangoDbBlocker


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("HUNAR_REQUIRE_ALL") == "1":
        terminalreporter.section("skipped although everything is required", red=True)
        for report in skipped:
            terminalreporter.line(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if os.environ.get("HUNAR_REQUIRE_ALL") != "1" or hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
