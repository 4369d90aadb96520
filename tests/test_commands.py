"""The command line as an operator meets it: separate processes, a data folder of their own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
FOUNDING = [
    *("--name-tk", "Akademiýa", "--name-ru", "Академия", "--name-en", "Academy"),
    *("--language", "tk", "--family", "Annaýewa", "--given", "Maral", "--sex", "F"),
    *("--login", "0000001", "--password", "a long sentence for the tests"),
]


@pytest.fixture(scope="module")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="module")
def run(static_root: Path):
    """Runs ``hunar`` on SQLite in ``folder``."""

    def run(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HUNAR_", "DJANGO_"))
        }
        environment |= {"HUNAR_DATA_DIR": str(folder), "HUNAR_STATIC_ROOT": str(static_root)}
        return subprocess.run(
            [BIN / "hunar", *arguments],
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def hunar(run, tmp_path: Path):
    """Runs ``hunar`` in a folder of the test's own, or in ``folder``."""

    def in_own_folder(*arguments: str, folder: Path = tmp_path / "data", **variables: str):
        return run(*arguments, folder=folder, **variables)

    return in_own_folder


@pytest.fixture(scope="module")
def first_academy(run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("academy") / "data"
    founded = run("init", *FOUNDING, folder=folder)
    assert "founded" in founded.stdout, founded.stderr
    return folder


@pytest.fixture
def academy(first_academy: Path, tmp_path: Path) -> Path:
    """A founded academy in the test's own folder."""
    return Path(shutil.copytree(first_academy, tmp_path / "data"))


def test_help_is_a_map_of_the_product(hunar):
    said = hunar("--help").stdout
    assert all(word in said for word in ("Start:", "Keep:", "Prove:", "verify", "backup", "demo"))


def test_an_academy_is_founded_checked_saved_and_restored(hunar, academy: Path, tmp_path: Path):
    checked = hunar("check", "--full")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    archive = tmp_path / "backup.tar.gz"
    assert hunar("backup", str(archive)).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0

    elsewhere = tmp_path / "elsewhere"
    assert hunar("restore", str(archive), folder=elsewhere).returncode == 0
    assert hunar("check", "--full", folder=elsewhere).returncode == 0
    key = (elsewhere / "keys" / "signing.pem").read_bytes()
    assert key == (academy / "keys" / "signing.pem").read_bytes()

    refused = hunar("restore", str(archive), folder=elsewhere)
    assert refused.returncode == 1
    assert "--force" in refused.stderr


def test_a_second_founding_is_refused(hunar, academy: Path):
    again = hunar("init", *FOUNDING)
    assert again.returncode == 1
    assert "academy-already-founded" in again.stderr


def test_a_weak_password_is_refused_and_nothing_is_founded(hunar, tmp_path: Path):
    weak = [*FOUNDING[:-1], "short"]
    refused = hunar("init", *weak)
    assert "password-weak" in refused.stderr
    with sqlite3.connect(tmp_path / "data" / "hunar.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM people_account").fetchone() == (0,)


def test_a_damaged_backup_changes_nothing(hunar, academy: Path, tmp_path: Path):
    archive = tmp_path / "backup.tar.gz"
    hunar("backup", str(archive))
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)
    before = (academy / "hunar.sqlite3").read_bytes()
    refused = hunar("restore", "--force", str(archive))
    assert refused.returncode == 1
    assert (academy / "hunar.sqlite3").read_bytes() == before


def test_a_changed_record_of_the_log_is_found(hunar, academy: Path):
    with sqlite3.connect(academy / "hunar.sqlite3") as database:
        database.execute("DROP TRIGGER audit_entry_no_UPDATE")
        database.execute("UPDATE audit_entry SET actor_ref = 'PER-ANOTHER'")
    checked = hunar("check", "--full")
    assert checked.returncode == 1
    assert "changed records" in checked.stdout


def test_a_port_that_is_taken_is_one_clear_sentence(hunar):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = hunar("demo", "--port", str(port))
    assert refused.returncode == 1
    assert f"Port {port}" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(hunar, tmp_path: Path):
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    refused = hunar("demo", folder=blocker / "data")
    assert refused.returncode == 1
    assert "cannot be written" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_malformed_variable_names_itself_and_the_form(hunar):
    refused = hunar("check", HUNAR_DATABASE_URL="mysql://x")
    assert refused.returncode == 2
    assert "HUNAR_DATABASE_URL" in refused.stderr
    assert "postgresql://" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_serving_refuses_an_old_database(hunar, tmp_path: Path):
    (tmp_path / "data").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    refused = hunar("serve", "--port", str(port))
    assert refused.returncode == 1
    assert "hunar upgrade" in refused.stderr


@pytest.mark.parametrize("content", ["not json", "[]", "{}", '{"kind": "hunar/unknown/1"}'])
def test_what_is_no_signed_document_does_not_verify(
    hunar, academy: Path, tmp_path: Path, content: str
):
    file = tmp_path / "document.json"
    file.write_text(content)
    refused = hunar("verify", str(file))
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


def test_verifying_without_keys_asks_for_them_and_makes_none(hunar, tmp_path: Path):
    file = tmp_path / "document.json"
    file.write_text("{}")
    refused = hunar("verify", str(file))
    assert refused.returncode == 1
    assert "--trust" in refused.stderr
    assert not (tmp_path / "data" / "keys" / "signing.pem").exists()


def test_the_trusted_keys_are_written(hunar, academy: Path, tmp_path: Path):
    file = tmp_path / "trusted-keys.json"
    assert hunar("trust", str(file)).returncode == 0
    document = json.loads(file.read_text())
    assert document["keys"][0]["type"] == "Multikey"
    assert document["log"]["origin"].endswith("/log")


def test_an_old_python_is_one_clear_sentence():
    """The bootstrap runs on the Python that the machine has; pretend that it is 3.9."""
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 1, 'final', 0);"
        "sys.argv = ['bootstrap.py', 'base']; runpy.run_path('tools/bootstrap.py', run_name='__main__')"
    )
    refused = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "Python 3.11 or newer" in refused.stderr
    assert "Traceback" not in refused.stderr
