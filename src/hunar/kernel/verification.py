"""What ``hunar verify`` can check: rooms register a check for each kind of document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """One thing that was checked, and whether it holds."""

    name: str
    holds: bool
    sentence: str


ContentCheck = Callable[[Mapping[str, Any]], Iterable[Check]]
_checks: dict[str, ContentCheck] = {}


def register(kind: str, check: ContentCheck) -> None:
    """Check documents of ``kind`` (such as ``hunar/selection-protocol/1``) with ``check``.

    ``check`` replays the document from its own content, without a database.
    """
    _checks[kind] = check


def content_check(kind: str) -> ContentCheck | None:
    return _checks.get(kind)


def kinds() -> list[str]:
    return sorted(_checks)


def kind_of(document: Mapping[str, Any]) -> str:
    """The ``kind`` of a document; Open Badges name theirs in ``type``."""
    if "kind" in document:
        return str(document["kind"])
    types = document.get("type", [])
    return "OpenBadgeCredential" if "OpenBadgeCredential" in types else ""
