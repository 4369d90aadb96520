"""Start the platform as production would, load it, and account for its processor time.

CPU seconds are user plus system time of the whole server process tree (and of
PostgreSQL's), read from /proc: unlike wall-clock figures they hardly depend on what
else the machine does.
"""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

BIN = Path(sys.executable).parent
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def children(pid: int) -> list[int]:
    """``pid`` and every process below it that is alive."""
    found = [pid]
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, ValueError):
                continue
            if parent == pid:
                found += children(int(entry.name))
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system time that the trees below ``pids`` have used, with reaped children."""
    total = 0
    for root in pids:
        for pid in children(root):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            total += sum(int(fields[place]) for place in (11, 12, 13, 14))
    return total / TICKS


@dataclass
class Server:
    """A running installation and the processes whose time counts."""

    port: int
    data: Path
    process: subprocess.Popen[bytes]
    pids: list[int]
    environment: dict[str, str]

    def cpu(self) -> float:
        return cpu_seconds(self.pids)


@contextmanager
def server(*, database_url: str = "", database_pids: list[int] | None = None) -> Iterator[Server]:
    """Load the demo academy into a fresh folder and serve it with two processes."""
    data = Path(tempfile.mkdtemp(prefix="hunar-bench-"))
    port = free_port()
    environment = {
        **os.environ,
        "HUNAR_DATA_DIR": str(data),
        "HUNAR_DATABASE_URL": database_url,
        "HUNAR_DEMO": "1",
        "HUNAR_BASE_URL": f"http://127.0.0.1:{port}",
        "HUNAR_STATIC_ROOT": str(data / "static"),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }
    try:
        subprocess.run(
            [BIN / "hunar", "demo", "--load-only"],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        process = subprocess.Popen(
            [BIN / "hunar", "serve", "--port", str(port), "--processes", "2", "--no-worker"],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            wait_for(port)
            yield Server(port, data, process, [process.pid, *(database_pids or [])], environment)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def wait_for(port: int, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"nothing answers on port {port}")


class Browser:
    """One keep-alive connection with cookies: as much of a browser as a load needs."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def request(
        self,
        method: str,
        path: str,
        *,
        form: dict[str, str] | None = None,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        sent = {"Accept-Encoding": "gzip", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method != "GET" and "csrftoken" in self.cookies:
            sent["X-CSRFToken"] = self.cookies["csrftoken"]
        if form is not None:
            body = urlencode(form).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body=body, headers=sent)
        answer = self.connection.getresponse()
        content = answer.read()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name.strip()] = rest.partition(";")[0]
        return answer.status, content


@dataclass
class Figures:
    """What one kind of request cost."""

    name: str
    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    cpu: float = 0.0
    errors: int = 0

    @property
    def rate(self) -> float:
        return len(self.seconds) / self.wall if self.wall else 0.0

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu / max(len(self.seconds), 1)

    def percentile(self, share: float) -> float:
        """Milliseconds below which ``share`` of the requests stayed."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def load(
    served: Server,
    name: str,
    act: Callable[[int, int], bool],
    *,
    clients: int,
    repeats: int,
) -> Figures:
    """Let ``clients`` threads call ``act(client, turn)`` ``repeats`` times each.

    ``act`` returns whether the answer was right; anything else counts as an error.
    """
    figures = Figures(name)
    lock = threading.Lock()

    def run(client: int) -> None:
        for turn in range(repeats):
            began = time.perf_counter()
            try:
                is_right = act(client, turn)
            except (OSError, http.client.HTTPException):
                is_right = False
            elapsed = time.perf_counter() - began
            with lock:
                figures.seconds.append(elapsed)
                figures.errors += not is_right

    threads = [threading.Thread(target=run, args=(client,)) for client in range(clients)]
    before, began = served.cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures.wall = time.perf_counter() - began
    figures.cpu = served.cpu() - before
    return figures
