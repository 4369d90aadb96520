"""Start the server and its worker as child processes, and stop both together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click

_PATIENCE = 60.0


def run(
    *,
    host: str,
    port: int,
    processes: int,
    threads: int,
    with_worker: bool,
    when_ready: Callable[[], None],
) -> None:
    """Serve until SIGINT or SIGTERM, or until a child ends by itself (an error)."""
    program = Path(sys.executable).parent
    commands = [
        [
            str(program / "granian"),
            *("--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", str(processes), "--blocking-threads", str(threads)),
            *("--backlog", "2048", "--no-ws", "--log-level", "warning"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "10s"),
            "hunar.config.wsgi:application",
        ]
    ]
    if with_worker:
        commands.append([str(program / "hunar"), "worker"])
    children = [subprocess.Popen(command, start_new_session=True) for command in commands]

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        _wait_until_ready(host, port, children)
        when_ready()
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
        raise click.ClickException("The server or its worker ended by itself; see the lines above.")
    except KeyboardInterrupt:
        click.echo("\nStopping.")
    finally:
        _stop(children)


def _wait_until_ready(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> None:
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/healthz"
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in children):
            raise click.ClickException("The server did not start; see the lines above.")
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise click.ClickException(f"The server did not answer at {address} within a minute.")


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            os.kill(child.pid, signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
