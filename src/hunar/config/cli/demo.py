from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import click

from hunar.config.cli import serving, start_django, storage


@click.command("demo")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--reset", is_flag=True, help="Throw the demo academy away and load it anew.")
@click.option("--load-only", is_flag=True, help="Load the data and stop.")
def command(port: int, reset: bool, load_only: bool) -> None:
    """Serve an invented academy: the two rounds of 2025 and a live next one.

    Everybody in it is invented. Data stands in ./var/demo; a second run keeps it.
    """
    began = time.monotonic()
    folder = Path(os.environ.setdefault("HUNAR_DATA_DIR", "var/demo")).resolve()
    os.environ["HUNAR_DEMO"] = "1"
    os.environ.setdefault("HUNAR_BASE_URL", f"http://127.0.0.1:{port}")
    storage.require_writable(folder)
    if not load_only:
        storage.require_free_port("127.0.0.1", port)
    if reset:
        _empty(folder)
    settings = start_django()
    storage.upgrade()
    _load_once(folder)
    if load_only:
        return
    serving.run(
        host="127.0.0.1",
        port=port,
        processes=1,
        threads=4,
        with_worker=True,
        when_ready=lambda: _greet(settings.BASE_URL, time.monotonic() - began),
    )


def _load_once(folder: Path) -> None:
    from hunar.demo import academy

    if academy.is_loaded():
        return
    click.echo("Loading the demo academy ...")
    academy.load(say=lambda line: click.echo(f"  {line}"))


def _empty(folder: Path) -> None:
    """Only what the demo made; the folder is not emptied blindly."""
    for name in ("hunar.sqlite3", "hunar.sqlite3-wal", "hunar.sqlite3-shm", "hunar.sqlite3.gate"):
        (folder / name).unlink(missing_ok=True)
    for name in ("keys", "cache", "files"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _greet(address: str, seconds: float) -> None:
    from hunar.demo import academy

    click.echo(f"\nHünär is ready after {seconds:.1f} s:  {address}/demo/\n")
    click.echo("There, one button per role signs you in. The same accounts with a password:")
    for role, login in academy.accounts():
        click.echo(f"  {login:<12} {role}")
    click.echo(f"  Password of all: {academy.PASSWORD}\n\nCtrl+C stops it; the data stays.")
