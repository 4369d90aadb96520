"""Tasks in two answers, so that no page asks more of the database than it should."""

from __future__ import annotations

from datetime import date

from hunar.kernel import home
from hunar.kernel.home import HomeTask
from hunar.people.models import Person

FIRST = frozenset({"selection", "exams", "cohorts", "learning"})
"""Rooms whose tasks have an hour or a deadline; the others follow in a second answer."""


def first_tasks(person: Person, *, on: date) -> list[HomeTask]:
    """What cannot wait: sessions, exams, offers, deadlines."""
    return home.tasks_for(person, on=on, rooms=FIRST)


def later_tasks(person: Person, *, on: date) -> list[HomeTask]:
    """What the other rooms have for ``person``."""
    return home.tasks_for(person, on=on, rooms=set(home.rooms()) - FIRST)
