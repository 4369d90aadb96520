"""The gate: everything that can be checked without running the platform's tests.

    python tools/gate.py            all checks
    python tools/gate.py ruff mypy  only these

Each check prints its name and seconds; what a failing one says follows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = ("src", "tests", "tools", "bench")


def templates() -> list[str]:
    return sorted(
        str(path.relative_to(ROOT)) for path in ROOT.glob("src/hunar/*/templates/**/*.html")
    )


def checks() -> dict[str, list[str]]:
    django = [sys.executable, "manage.py"]
    return {
        "format": [str(BIN / "ruff"), "format", "--check", "--quiet", *CODE],
        "ruff": [str(BIN / "ruff"), "check", "--quiet", *CODE],
        "imports": [str(BIN / "lint-imports"), "--no-cache"],
        "dependencies": [str(BIN / "deptry"), "src", "--no-ansi"],
        "templates": [str(BIN / "djlint"), "--lint", "--quiet", *templates()],
        "check": [*django, "check", "--fail-level", "WARNING"],
        "migrations": [*django, "makemigrations", "--check", "--dry-run", "--verbosity", "1"],
        "messages": [sys.executable, "tools/messages.py", "check"],
        "types": [str(BIN / "mypy")],
    }


def main(names: list[str]) -> int:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    failed = []
    for name, command in checks().items():
        if names and name not in names:
            continue
        began = time.monotonic()
        result = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        state = "ok" if result.returncode == 0 else "FAILED"
        print(f"{state:7} {name:13} {time.monotonic() - began:5.1f} s", flush=True)
        if result.returncode:
            failed.append(name)
            print(result.stdout + result.stderr, flush=True)
    if failed:
        print(f"The gate is closed: {', '.join(failed)}.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
