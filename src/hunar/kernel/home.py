"""What a person has to do today: rooms offer it, the portal shows it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from hunar.kernel.types import Words


@dataclass(frozen=True, kw_only=True)
class HomeTask:
    """One thing that waits for the person: a card on her home page.

    ``tone`` is ``neutral``, ``info``, ``warn`` or ``bad``; ``order`` sorts, smallest first.
    """

    label: Words
    text: Words
    href: str
    icon: str = "check"
    count: int | None = None
    tone: str = "neutral"
    order: int = 100


Source = Callable[..., list[HomeTask]]
"""``tasks_for(person, *, on: date) -> list[HomeTask]`` of a room."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let ``source`` offer tasks on every home page."""
    if source not in _sources:
        _sources.append(source)


def tasks_for(person: Any, *, on: date, rooms: Collection[str] | None = None) -> list[HomeTask]:
    """All that waits for ``person``, most urgent first.

    :param rooms: ask only these rooms, by name; None asks all.
    """
    asked = [source for source in _sources if rooms is None or room_of(source) in rooms]
    tasks = [task for source in asked for task in source(person, on=on)]
    return sorted(tasks, key=lambda task: task.order)


def rooms() -> list[str]:
    """The rooms that offer tasks, in the order in which they registered."""
    return [room_of(source) for source in _sources]


def room_of(source: Source) -> str:
    """The name of the room that wrote ``source``."""
    return source.__module__.removeprefix("hunar.").partition(".")[0]
