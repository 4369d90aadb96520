"""What an administrator wants to know before the phone rings."""

from __future__ import annotations

import shutil
import smtplib
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from hunar.audit import queries as log
from hunar.audit.keys import academy_key, checkpoint_signer, keys_folder, log_origin
from hunar.audit.models import Entry
from hunar.engines import transparency
from hunar.kernel import clock

LEAST_FREE_BYTES = 1_000_000_000


@dataclass(frozen=True)
class Finding:
    """One part of the installation and how it is."""

    name: str
    is_well: bool
    sentence: str


def findings(*, full: bool = False) -> Iterator[Finding]:
    """The health of each part; a part that raises is ill, and the others are still told."""
    parts: list[tuple[str, Callable[[], tuple[bool, str]]]] = [
        ("database", _database),
        ("migrations", _migrations),
        ("keys", _keys),
        ("storage", _storage),
        ("cache", _cache),
        ("mail", _mail),
        ("log", _log),
        ("worker", _worker),
    ]
    if full:
        parts.append(("records", _records))
    for name, look in parts:
        try:
            is_well, sentence = look()
        except Exception as problem:
            is_well, sentence = False, f"{type(problem).__name__}: {problem}"
        yield Finding(name, is_well, sentence)


def _database() -> tuple[bool, str]:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        elapsed = (time.perf_counter() - began) * 1000
        if connection.vendor != "sqlite":
            return True, f"PostgreSQL answers in {elapsed:.1f} ms"
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
        cursor.execute("PRAGMA quick_check")
        state = cursor.fetchone()[0]
    return state == "ok" and mode == "wal", f"SQLite, journal {mode}, check {state}"


def _migrations() -> tuple[bool, str]:
    from hunar.config.cli.storage import pending_migrations

    pending = pending_migrations()
    return not pending, f"{len(pending)} to apply: hunar upgrade" if pending else "all applied"


def _keys() -> tuple[bool, str]:
    key = academy_key()
    mode = stat.S_IMODE((keys_folder() / "signing.pem").stat().st_mode)
    if mode & 0o077:
        return False, f"signing.pem can be read by others (mode {mode:o}); set it to 600"
    return True, f"{key.id} signs; readable by its owner only"


def _storage() -> tuple[bool, str]:
    folder = Path(settings.DATA_DIR)
    probe = folder / ".writable"
    probe.touch()
    probe.unlink()
    free = shutil.disk_usage(folder).free
    return free >= LEAST_FREE_BYTES, f"{folder} takes files, {free / 1e9:.1f} GB free"


def _cache() -> tuple[bool, str]:
    cache.set("hunar.check", "1", 10)
    kind = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    return cache.get("hunar.check") == "1", f"{kind} keeps what it is given"


def _mail() -> tuple[bool, str]:
    if not getattr(settings, "EMAIL_HOST", "") or settings.EMAIL_BACKEND.endswith(
        "dummy.EmailBackend"
    ):
        return True, "no mail server is set: messages stay on the page"
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as server:
        code, _ = server.noop()
    return code == 250, f"{settings.EMAIL_HOST} answers {code}"


def _log() -> tuple[bool, str]:
    checkpoint = log.latest_checkpoint()
    waiting = Entry.objects.filter(leaf__isnull=True).count()
    if checkpoint is None:
        return True, f"empty, {waiting} records wait for the first checkpoint"
    signed = transparency.open_checkpoint(
        checkpoint.note, [checkpoint_signer().verifier], origin=log_origin()
    )
    root = transparency.root_at(signed.size, log.read_nodes)
    return root == signed.root, f"{signed.size} records under the checkpoint, {waiting} wait"


def _worker() -> tuple[bool, str]:
    from django_tasks_db.models import DBTaskResult

    late = clock.now() - timedelta(minutes=15)
    waiting = DBTaskResult.objects.filter(status="READY", enqueued_at__lt=late).count()
    return waiting == 0, f"{waiting} tasks wait for more than 15 minutes"


def _records() -> tuple[bool, str]:
    broken = log.broken_links()
    return not broken, f"changed records: {', '.join(broken)}" if broken else "every record fits"
