"""A server that is killed in the middle of an exam, again and again, loses nothing it confirmed."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

KILLS = 20
CLIENTS = 4
QUESTIONS = 7
PREPARE = """
import django; django.setup()
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from hunar.exams.tests.makers import make_attempt, make_sitting
from hunar.kernel import clock
sitting = make_sitting(opens_at=clock.now() - timedelta(minutes=1))
print(*(make_attempt(sitting=sitting, at=clock.now()).token for _ in range({clients})))
"""


# Loads the platform once, then forks a granian server for each line on stdin: twenty cold
# starts would be most of the test. Each server is a process group of its own.
LAUNCH = """
import os, signal, sys
import hunar.config.wsgi
from django.urls import resolve; resolve("/exams/answers/")
from granian import Granian
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        Granian(
            "hunar.config.wsgi:application", address="127.0.0.1", port={port}, interface="wsgi",
            blocking_threads=4, websockets=False, log_enabled=False,
        ).serve()
        os._exit(0)
    print(pid, flush=True)
"""


class Server:
    """The server as in production, on a port and a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "hunar.config.settings",
            "HUNAR_DATA_DIR": str(folder),
            "HUNAR_DATABASE_URL": "",
            "HUNAR_DEBUG": "0",
            "HUNAR_STATIC_ROOT": str(folder / "static"),
            "HUNAR_BASE_URL": f"http://127.0.0.1:{self.port}",
        }
        (folder / "static").mkdir()
        self.group = 0
        self.launcher: subprocess.Popen[str] | None = None

    def run(self, code: str) -> str:
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def start(self) -> None:
        if self.launcher is None:
            self.launcher = subprocess.Popen(
                [sys.executable, "-c", LAUNCH.format(port=self.port)],
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.launcher.stdin
        assert self.launcher.stdout
        self.launcher.stdin.write("start\n")
        self.launcher.stdin.flush()
        self.group = int(self.launcher.stdout.readline())

    def kill(self) -> None:
        """SIGKILL to the server and its workers: no handler runs, nothing is flushed."""
        if self.group:
            os.killpg(self.group, signal.SIGKILL)
            self.group = 0

    def close(self) -> None:
        self.kill()
        if self.launcher and self.launcher.stdin and self.launcher.stdout:
            self.launcher.stdin.close()
            self.launcher.wait(timeout=10)
            self.launcher.stdout.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.close()


class Candidate(Thread):
    """Answers questions in turn, and remembers each answer that the server confirmed."""

    def __init__(self, server: Server, token: str, stop: Event) -> None:
        super().__init__(daemon=True)
        self.server, self.token, self.stop = server, token, stop
        self.confirmed: dict[int, tuple[int, str]] = {}
        self.sent: dict[int, tuple[int, str]] = {}
        self.count = 0

    def run(self) -> None:
        sequence = 0
        while not self.stop.is_set():
            sequence += 1
            position = sequence % QUESTIONS + 1
            change = (sequence, secrets.token_hex(8))
            # The browser, too, sends again until it is confirmed.
            while not self.stop.is_set() and not self.save(position, change):
                time.sleep(0.02)

    def save(self, position: int, change: tuple[int, str]) -> bool:
        sequence, response = change
        body = {"token": self.token, "position": position, "response": response}
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=5)
        self.sent[position] = change
        try:
            connection.request(
                "POST", "/exams/answers/", json.dumps({**body, "sequence": sequence})
            )
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        assert answer.status == 200, content
        self.confirmed[position] = change
        self.count += 1
        return True


@pytest.mark.slow
def test_no_confirmed_answer_is_lost_and_none_is_doubled(server: Server, tmp_path: Path) -> None:
    tokens = server.run(PREPARE.format(clients=CLIENTS)).split()
    stop = Event()
    candidates = [Candidate(server, token, stop) for token in tokens]
    server.start()
    for candidate in candidates:
        candidate.start()
    for _ in range(KILLS):
        _wait_for_progress(candidates)
        server.kill()
        server.start()
    _wait_for_progress(candidates)
    stop.set()
    for candidate in candidates:
        candidate.join(timeout=10)
    server.close()
    assert all(candidate.count > KILLS for candidate in candidates)
    _compare(tmp_path / "hunar.sqlite3", candidates)


def _wait_for_progress(candidates: list[Candidate]) -> None:
    """Until the server has confirmed a few more answers of everybody."""
    goals = [(candidate, candidate.count + 5) for candidate in candidates]
    deadline = time.monotonic() + 30
    while any(candidate.count < goal for candidate, goal in goals):
        assert all(candidate.is_alive() for candidate in candidates)
        assert time.monotonic() < deadline, "the server confirms nothing"
        time.sleep(0.005)


def _compare(database: Path, candidates: list[Candidate]) -> None:
    with sqlite3.connect(database) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = reader.execute(
            "SELECT attempt.token, answer.position, answer.sequence, answer.response"
            " FROM exams_answer AS answer JOIN exams_attempt AS attempt"
            " ON attempt.id = answer.attempt_id"
        ).fetchall()
    reader.close()
    stored = {(token, position): (sequence, text) for token, position, sequence, text in rows}
    assert len(stored) == len(rows), "an answer is doubled"
    for candidate in candidates:
        for position, confirmed in candidate.confirmed.items():
            # What was sent after it but not confirmed may have arrived as well.
            allowed = {confirmed, candidate.sent[position]}
            assert stored[candidate.token, position] in allowed
