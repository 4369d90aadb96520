"""Background work: queued tasks at once, periodic duties by the clock.

One worker does the duties; a lease in the database (cache.add would not survive a
restart of Redis) keeps a second one from doing them at the same time.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from types import FrameType

from django.db import close_old_connections, transaction

from hunar.kernel import clock
from hunar.kernel.models import Setting

log = logging.getLogger("hunar.worker")
LEASE = timedelta(seconds=90)


@dataclass(frozen=True)
class Duty:
    """Something that falls due again and again."""

    name: str
    every: timedelta
    act: Callable[[datetime], object]


def duties() -> list[Duty]:
    """All periodic duties of the platform."""
    from hunar.audit.services import integrate
    from hunar.exams.tasks import submit_expired
    from hunar.selection.tasks import lapse_overdue_places

    minute = timedelta(minutes=1)
    return [
        Duty("sign a checkpoint of the log", minute, lambda at: integrate(at=at)),
        Duty("submit expired exam attempts", minute, lambda at: submit_expired(at=at)),
        Duty("lapse overdue places", minute, lambda at: lapse_overdue_places(at=at)),
    ]


def run(*, once: bool = False) -> None:
    """Work until SIGTERM or SIGINT; with ``once``, do what is due and return."""
    stopping = Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    if not once:
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
    due: dict[str, float] = {}
    while not stopping.is_set():
        _do_queued_tasks()
        _do_duties(due, once=once)
        close_old_connections()
        if once:
            return
        stopping.wait(2)


def _do_queued_tasks() -> None:
    from django.conf import settings
    from django_tasks_db.management.commands.db_worker import Worker

    if settings.TASKS["default"]["BACKEND"] != "django_tasks_db.DatabaseBackend":
        return
    Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="hunar",
        excluded_queue_names=[],
    ).run()


def _do_duties(due: dict[str, float], *, once: bool) -> None:
    moment = time.monotonic()
    waiting = [duty for duty in duties() if due.get(duty.name, 0.0) <= moment]
    if not waiting or not _take_lease():
        return
    for duty in waiting:
        due[duty.name] = moment + duty.every.total_seconds()
        try:
            duty.act(clock.now())
        except Exception:
            log.exception("The duty failed and will be tried again: %s", duty.name)
            if once:
                raise


@transaction.atomic
def _take_lease() -> bool:
    """Whether this process may do the duties now: nobody else did within the lease."""
    import os
    import socket

    me = f"{socket.gethostname()}:{os.getpid()}"
    now = clock.now()
    row, _ = Setting.objects.select_for_update().get_or_create(
        key="worker.lease", defaults={"value": {"holder": me, "until": now.isoformat()}}
    )
    holder, until = row.value["holder"], datetime.fromisoformat(row.value["until"])
    if holder != me and until > now:
        return False
    row.value = {"holder": me, "until": (now + LEASE).isoformat()}
    row.save(update_fields=["value"])
    return True
