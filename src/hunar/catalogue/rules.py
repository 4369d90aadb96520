"""When a course version is complete, and what changed between two. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("tk", "ru", "en")


@dataclass(frozen=True)
class Difference:
    """One thing that the newer of two versions changed. ``kind``: added, removed, changed."""

    kind: str
    place: str
    before: Any = None
    after: Any = None

    @property
    def is_added(self) -> bool:
        return self.kind == "added"

    @property
    def is_removed(self) -> bool:
        return self.kind == "removed"

    @property
    def before_words(self) -> str:
        """What stood there, or only the parts that differ."""
        return _in_words(self.before, self.after)

    @property
    def after_words(self) -> str:
        """What stands there now, or only the parts that differ."""
        return _in_words(self.after, self.before)


def _in_words(value: Any, other: Any) -> str:
    if not isinstance(value, Mapping):
        return "" if value is None else str(value)
    parts = []
    for name, part in value.items():
        rest = other.get(name) if isinstance(other, Mapping) else None
        if part != rest:
            words = _in_words(part, rest) if isinstance(part, Mapping) else str(part)
            parts.append(f"{name}: {words if len(words) <= 300 else words[:300] + '…'}")
    return "; ".join(parts)


def texts_missing(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where a text lacks which language: (place, language), in the order of the content."""
    return [
        (place, language)
        for place, text in _texts(content)
        for language in LANGUAGES
        if not str(text.get(language, "")).strip()
    ]


def _texts(content: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, str]]]:
    for name in ("title", "summary", "audience", "prerequisites"):
        yield name, content[name]
    for module in content["modules"]:
        yield f"{module['code']} title", module["title"]
        for objective in module["objectives"]:
            yield objective["code"], objective["text"]
        for lesson in module["lessons"]:
            yield f"{lesson['code']} title", lesson["title"]
            yield f"{lesson['code']} text", lesson["body"]


def lesson_minutes(content: Mapping[str, Any]) -> int:
    """How long the lessons take together."""
    return sum(lesson["minutes"] for module in content["modules"] for lesson in module["lessons"])


def unmapped(content: Mapping[str, Any]) -> list[str]:
    """Codes of modules without an objective and of lessons that serve none."""
    codes = [module["code"] for module in content["modules"] if not module["objectives"]]
    codes += [
        lesson["code"]
        for module in content["modules"]
        for lesson in module["lessons"]
        if not lesson["objectives"]
    ]
    return codes


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """What ``new`` changed, by places such as ``M1.2`` or ``workload_minutes``."""
    before, after = _flat(old), _flat(new)
    changes = []
    for place in [*after, *(place for place in before if place not in after)]:
        if place not in before:
            changes.append(Difference("added", place, after=after[place]))
        elif place not in after:
            changes.append(Difference("removed", place, before=before[place]))
        elif before[place] != after[place]:
            changes.append(Difference("changed", place, before[place], after[place]))
    return changes


def _flat(content: Mapping[str, Any]) -> dict[str, Any]:
    flat = {
        name: value
        for name, value in content.items()
        if name not in ("course", "version", "modules")
    }
    for module in content["modules"]:
        flat[module["code"]] = {"title": module["title"], "day": module["day"]}
        flat |= {row["code"]: row for row in module["objectives"]}
        flat |= {row["code"]: row for row in module["lessons"]}
    return flat
