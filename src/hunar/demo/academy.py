"""The whole demo academy: which scripts run in which order, and what they leave behind."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.utils.translation import override

from hunar.demo.people import DEMO_PASSWORD as PASSWORD
from hunar.demo.stage import Stage
from hunar.kernel import clock
from hunar.kernel.queries import setting
from hunar.kernel.services import choose, propose_holidays

__all__ = ["PASSWORD", "accounts", "is_loaded", "load", "samples"]
LOADED = "demo.loaded"

# Module of hunar.demo, function, what the person at the terminal reads.
SCRIPTS = (
    ("organisations", "load", "ministries, universities, regions, posts"),
    ("people", "load", "people, roles, accounts"),
    ("competencies", "load", "competency spine and position profiles"),
    ("catalogue", "load", "courses from their packs"),
    ("agreements", "load", "memorandum, experts, advisory requests"),
    ("cohorts", "load", "rounds, cohorts, timetables"),
    ("selection", "load", "calls, nominations, decisions"),
    ("cohorts", "attend", "attendance, documents"),
    ("learning", "load", "lessons read"),
    ("exams", "load", "items, forms, sittings, attempts"),
    ("credentials", "load", "certificates"),
    ("cpd", "load", "continuing education"),
    ("careers", "load", "competitions and merit lists"),
    ("evaluation", "load", "indicators and reports"),
)


def is_loaded() -> bool:
    return bool(setting(LOADED))


def load(*, say: Callable[[str], None] = print) -> None:
    """Load everything in one transaction: a demo that failed half-way leaves nothing."""
    stage = Stage(today=clock.today(), say=say)
    with transaction.atomic():
        propose_holidays(years=range(2024, stage.today.year + 3))
        for name, function, words in SCRIPTS:
            began = time.monotonic()
            getattr(importlib.import_module(f"hunar.demo.{name}"), function)(stage)
            say(f"{words} ({time.monotonic() - began:.1f} s)")
        choose(LOADED, {"today": stage.today.isoformat()})
    from hunar.audit.services import integrate

    integrate()


def accounts() -> Iterator[tuple[str, str]]:
    """Role and login of each person of the cast who can sign in with the password."""
    from hunar.portal.demo import PARTS

    logins: dict[str, str] = setting("demo.cast", {})
    with override("en"):
        for part in PARTS:
            if part.key in logins:
                yield str(part.title), logins[part.key]


def samples() -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and proven document, one of each kind that the academy signs."""
    from hunar.demo import samples as kinds

    yield from kinds.all_kinds()
