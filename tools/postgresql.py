"""A PostgreSQL of one's own for tests and benchmarks: in a temporary folder, on loopback.

Found where Debian puts it or on the PATH. As root the server runs as the system user
``postgres``, since it refuses to run as root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, or None where PostgreSQL is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """The URL of a fresh database; the server ends with the block.

    :param durable: keep fsync on, as benchmarks must and tests need not.
    :raises RuntimeError: if PostgreSQL is not installed or does not start.
    """
    bin_folder = programs()
    if bin_folder is None:
        raise RuntimeError("PostgreSQL is not installed.")
    folder = Path(tempfile.mkdtemp(prefix="hunar-postgresql-"))
    data = folder / "data"
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    port = _free_port()
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c max_connections=60"
    if not durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    try:
        _run(
            bin_folder / "initdb",
            "-D",
            data,
            "-U",
            "hunar",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
        )
        _run(bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        _run(bin_folder / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "hunar", "hunar")
        yield f"postgresql://hunar@127.0.0.1:{port}/hunar"
    finally:
        if (data / "postmaster.pid").exists():
            _run(bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    # pg_ctl leaves the server holding our pipes: output goes to a file instead.
    with tempfile.TemporaryFile() as said:
        result = subprocess.run(words, stdout=said, stderr=said, check=False, cwd="/")
        if result.returncode:
            said.seek(0)
            raise RuntimeError(f"{words[-1]}: {said.read().decode(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
