"""A served demo academy, loaded once for all tests that visit it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from bench.serving import free_port

BIN = Path(sys.executable).parent
CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the demo academy; loaded by the first worker that comes."""
    root = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent
    folder = root / "demo-academy"
    with (root / "demo-academy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "loaded").exists():
            subprocess.run(
                [BIN / "hunar", "demo", "--load-only"],
                env=environment(folder, port=8000),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            (folder / "loaded").touch()
    return folder


def environment(folder: Path, *, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUNAR_")}
    kept |= {
        "DJANGO_SETTINGS_MODULE": "hunar.config.settings",
        "HUNAR_DATA_DIR": str(folder),
        "HUNAR_DEMO": "1",
        "HUNAR_BASE_URL": f"http://127.0.0.1:{port}",
        "HUNAR_STATIC_ROOT": str(folder / "static"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    if url := os.environ.get("HUNAR_TEST_DATABASE_URL"):
        kept["HUNAR_DATABASE_URL"] = url
    return kept


@contextmanager
def served(folder: Path, *, settings: str = "tests.live_settings") -> Iterator[int]:
    """The port on which production's server answers from ``folder``."""
    port = free_port()
    process = subprocess.Popen(
        [
            BIN / "granian",
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error"),
            "hunar.config.wsgi:application",
        ],
        env=environment(folder, port=port) | {"DJANGO_SETTINGS_MODULE": settings},
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{port}/healthz", timeout=5
                ) as answer:
                    if answer.status == 200:
                        break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def port(demo_folder: Path) -> Iterator[int]:
    with served(demo_folder) as port:
        yield port


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium under Playwright; tests that need it are skipped without it."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
