"""``make test``: the gate, then the whole suite on SQLite and, where it is found, PostgreSQL.

Tests that need PostgreSQL or Chromium run where these are found; otherwise each is
listed by name as skipped. With HUNAR_REQUIRE_ALL=1 (as ``.ci/run`` sets it) a skipped
test is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import gate, postgresql  # noqa: E402


def suite(database: str, *, url: str = "", without: str = "") -> bool:
    """Run pytest against one database, ``without`` the tests of a marker; whether it passed."""
    print(f"\nTests on {database}", flush=True)
    environment = {**os.environ, "HUNAR_TEST_DATABASE_URL": url}
    command = [sys.executable, "-m", "pytest", "-n", str(min(os.cpu_count() or 1, 4)), "-rs"]
    if without:
        command += ["-m", f"not {without}"]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def main() -> int:
    began = time.monotonic()
    passed = gate.main([]) == 0
    passed = suite("SQLite") and passed
    if postgresql.programs():
        with postgresql.server() as url:
            # How a page looks was tried above and does not depend on the database.
            passed = suite("PostgreSQL", url=url, without="looks") and passed
    else:
        print("\nTests on PostgreSQL: SKIPPED, PostgreSQL is not installed")
        passed = passed and os.environ.get("HUNAR_REQUIRE_ALL") != "1"
    print(f"\n{'Green' if passed else 'Red'} after {time.monotonic() - began:.0f} s")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
