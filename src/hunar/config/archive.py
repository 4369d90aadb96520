"""One archive that holds an academy: database, keys, files.

On SQLite the database is copied with its own backup function, consistent while others
write; on PostgreSQL with ``pg_dump`` and ``pg_restore``. A manifest with SHA-256 sums
is checked before anything is put back.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from hunar.kernel import clock
from hunar.kernel.signing import instant

MANIFEST = "manifest.json"
FOLDERS = ("keys", "files")


class ArchiveProblem(Exception):
    """Why the archive cannot be written or put back, in one sentence."""


def write(file: Path) -> int:
    """Write the archive to ``file``, complete or not at all; returns the number of files.

    :raises ArchiveProblem: if the database cannot be copied or the file not be written.
    """
    with tempfile.TemporaryDirectory(prefix="hunar-backup-") as name:
        stage = Path(name)
        _copy_database(stage)
        for folder in FOLDERS:
            source = Path(settings.DATA_DIR) / folder
            if source.is_dir():
                shutil.copytree(source, stage / folder)
        sums = {
            str(path.relative_to(stage)): _sha256(path)
            for path in sorted(stage.rglob("*"))
            if path.is_file()
        }
        manifest = {"made": instant(clock.now()), "vendor": connection.vendor, "sha256": sums}
        (stage / MANIFEST).write_text(json.dumps(manifest, indent=1))
        partial = file.with_name(file.name + ".partial")
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with (
                os.fdopen(descriptor, "wb") as target,
                tarfile.open(fileobj=target, mode="w:gz") as tar,
            ):
                for path in (MANIFEST, *sums):
                    tar.add(stage / path, arcname=path)
            partial.replace(file)
        except OSError as problem:
            partial.unlink(missing_ok=True)
            raise ArchiveProblem(f"{file} cannot be written: {problem.strerror}.") from None
    return len(sums)


def put_back(file: Path, *, force: bool) -> None:
    """Replace database, keys and files with those of the archive, after checking every sum.

    :raises ArchiveProblem: if the archive is damaged or foreign, or an academy is in the way.
    """
    if not force and _is_occupied():
        raise ArchiveProblem("There is an academy here already. Give --force to replace it.")
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="restore-", dir=data) as name:
        stage = Path(name)
        _unpack(file, stage)
        _put_back_database(stage)
        for folder in FOLDERS:
            shutil.rmtree(data / folder, ignore_errors=True)
            if (stage / folder).is_dir():
                shutil.move(str(stage / folder), data / folder)


def _is_occupied() -> bool:
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).exists()
    return "organisations_organisation" in connection.introspection.table_names()


def _unpack(file: Path, stage: Path) -> None:
    try:
        with tarfile.open(file, mode="r:gz") as tar:
            tar.extractall(stage, filter="data")
        manifest = json.loads((stage / MANIFEST).read_text())
        sums: dict[str, str] = manifest["sha256"]
    except (tarfile.TarError, OSError, ValueError, KeyError, EOFError) as problem:
        raise ArchiveProblem(f"{file} is not a backup of Hünär, or is damaged: {problem}") from None
    damaged = [path for path, known in sums.items() if _sha256(stage / path) != known]
    if damaged:
        raise ArchiveProblem(f"The backup is damaged: {', '.join(damaged)}. Nothing was changed.")
    if manifest["vendor"] != connection.vendor:
        raise ArchiveProblem(
            f"The backup is of {manifest['vendor']}, this installation uses {connection.vendor}."
        )


def _copy_database(stage: Path) -> None:
    if connection.vendor == "sqlite":
        source = Path(settings.DATABASES["default"]["NAME"])
        if not source.exists():
            raise ArchiveProblem("There is no database yet. Run hunar init or hunar demo first.")
        with sqlite3.connect(source) as live, sqlite3.connect(stage / "database.sqlite3") as copy:
            live.backup(copy)
        copy.close()
        live.close()
    else:
        _run_postgresql("pg_dump", "--format=custom", "--file", str(stage / "database.pgdump"))


def _put_back_database(stage: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(settings.DATABASES["default"]["NAME"])
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        (stage / "database.sqlite3").replace(target)
    else:
        dump = str(stage / "database.pgdump")
        _run_postgresql(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", dump
        )


def _run_postgresql(program: str, *arguments: str) -> None:
    entry = settings.DATABASES["default"]
    environment = {
        **os.environ,
        "PGHOST": entry["HOST"],
        "PGPORT": entry["PORT"],
        "PGUSER": entry["USER"],
        "PGPASSWORD": entry["PASSWORD"],
        "PGDATABASE": entry["NAME"],
    }
    if program == "pg_restore":
        arguments = ("--dbname", entry["NAME"], *arguments)
    try:
        result = subprocess.run(
            [program, *arguments], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise ArchiveProblem(f"{program} is not installed. Install PostgreSQL's client.") from None
    if result.returncode:
        raise ArchiveProblem(f"{program} failed: {result.stderr.strip()}")


def _sha256(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
