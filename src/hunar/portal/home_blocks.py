"""The parts of a home page that depend on the role, below today's tasks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext

from hunar.kernel.calendar import ASHGABAT
from hunar.people.models import Person


@dataclass(frozen=True)
class Block:
    """A part of the home page: its template and what it shows."""

    template: str
    content: dict[str, Any] = field(default_factory=dict)


Builder = Callable[[Person, date], Block | None]
BUILDERS: list[Builder] = []


def blocks_for(person: Person, *, on: date) -> list[Block]:
    """The blocks that concern ``person``, in the order of ``BUILDERS``."""
    return [block for builder in BUILDERS if (block := builder(person, on))]


def greeting(person: Person, *, at: datetime) -> str:
    """As one greets a colleague at this hour in Ashgabat: by given name and patronymic."""
    name = person.name_in((get_language() or "")[:2]).address
    hour = at.astimezone(ASHGABAT).hour
    if hour < 12:
        return gettext("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return gettext("Good afternoon, %(name)s") % {"name": name}
    return gettext("Good evening, %(name)s") % {"name": name}
