"""Which courses teach a competency: rooms above say so, this room shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hunar.competencies.models import Competency


@dataclass(frozen=True)
class Teaching:
    """A course that serves a competency up to a level."""

    code: str
    title: str
    href: str
    level: int


Source = Callable[[Competency], list[Teaching]]
_sources: list[Source] = []


def register_teaching(source: Source) -> None:
    """Let ``source`` name courses on the pages of competencies."""
    if source not in _sources:
        _sources.append(source)


def taught_by(competency: Competency) -> list[Teaching]:
    """The courses that teach ``competency`` now."""
    return [course for source in _sources for course in source(competency)]
