"""The parts of a home page that depend on the role: one builder, one template each.

A builder gets the person and the moment, looks at her roles (already loaded) first, and
returns None without a query where the block does not concern her.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hunar.people.models import Person
from hunar.portal.home import calls, evidence, keeping, learning, programme, system


@dataclass(frozen=True)
class Block:
    """A part of the home page: its template and what it shows."""

    template: str
    content: dict[str, Any] = field(default_factory=dict)


Builder = Callable[..., dict[str, Any] | None]
BUILDERS: list[tuple[str, Builder]] = [
    ("portal/blocks/calls.html", calls.content),
    ("portal/blocks/evidence.html", evidence.content),
    ("portal/blocks/programme.html", programme.content),
    ("portal/blocks/learning.html", learning.content),
    ("portal/blocks/keeping.html", keeping.content),
    ("portal/blocks/system.html", system.content),
]


def blocks_for(person: Person, *, at: datetime) -> list[Block]:
    """The blocks that concern ``person``, in the order of ``BUILDERS``."""
    found = []
    for template, builder in BUILDERS:
        content = builder(person, at=at)
        if content:
            found.append(Block(template, content))
    return found
