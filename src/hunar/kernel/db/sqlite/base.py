"""SQLite with a fair queue of writers.

SQLite's busy handler polls: with several writers some starve for seconds. The
kernel's queue behind ``flock`` is fair, so a write transaction first takes a lock
on a side file and then begins ``IMMEDIATE``, which finds the database free.
A killed process loses its lock with its file descriptors. Not for network file
systems.
"""

from __future__ import annotations

import fcntl
import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend, its write transactions queued by ``<database>.gate``."""

    _gate: int | None = None
    _gate_is_held = False

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_gate()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave_gate()
            raise

    def _commit(self) -> Any:
        result = super()._commit()  # type: ignore[misc]
        self._leave_gate()
        return result

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._leave_gate()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            self._leave_gate()
            if self._gate is not None:
                os.close(self._gate)
                self._gate = None

    def _enter_gate(self) -> None:
        if self._gate_is_held or self.is_in_memory_db():
            return
        if self._gate is None:
            self._gate = os.open(
                f"{self.settings_dict['NAME']}.gate", os.O_CREAT | os.O_RDWR, 0o600
            )
        fcntl.flock(self._gate, fcntl.LOCK_EX)
        self._gate_is_held = True

    def _leave_gate(self) -> None:
        if self._gate_is_held and self._gate is not None:
            fcntl.flock(self._gate, fcntl.LOCK_UN)
            self._gate_is_held = False
