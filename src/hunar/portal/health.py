"""Whether this installation lives (``/healthz``) and can take work (``/readyz``)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from hunar.kernel.types import Words

_TITLES: dict[str, Words] = {
    "database": _("Database"),
    "migrations": _("Shape of the database"),
    "keys": _("Folder of keys"),
    "files": _("Folder of files"),
}


@dataclass(frozen=True)
class Finding:
    """One thing that must hold before work is sent here."""

    name: str
    holds: bool

    @property
    def title(self) -> Words:
        return _TITLES[self.name]


def answers() -> bool:
    """Whether the database answers at all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def findings() -> list[Finding]:
    """Database, its shape, and the folders of keys and files."""
    if not answers():
        return [Finding("database", holds=False)]
    return [
        Finding("database", holds=True),
        Finding("migrations", holds=_is_migrated()),
        Finding("keys", holds=_is_writable(Path(settings.DATA_DIR) / "keys")),
        Finding("files", holds=_is_writable(Path(settings.MEDIA_ROOT))),
    ]


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _is_writable(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent  # it is made at first use
    return folder.is_dir() and os.access(folder, os.W_OK)
