"""What the commands share about the data folder and the port: checks in one sentence."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import click


def require_writable(folder: Path) -> None:
    """Make sure that ``folder`` exists and takes files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise click.ClickException(
            f"The folder {folder} cannot be written ({error.strerror}). "
            "Set HUNAR_DATA_DIR to a folder of your own."
        ) from None


def require_free_port(host: str, port: int) -> None:
    """Make sure that nobody listens on ``port`` (granian would share it in silence)."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does: connections that still close do not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                "Choose another: --port 8123, or make demo PORT=8123."
            ) from None


def upgrade(*, quiet: bool = True) -> None:
    """Apply migrations, compile nothing that is current, collect changed static files."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
    collect_static()


def pending_migrations() -> list[str]:
    """Names of migrations that the database still lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def collect_static() -> None:
    """Gather, hash and compress the static files, unless the last run saw the same ones."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = os.stat(storage.path(name))
            seen.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(seen.hexdigest())
