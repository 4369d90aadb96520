"""The form of a learning fact: Experience API statements (xAPI 1.0.3, IEEE 9274.1.1 = 2.0).

Plain Python. Section numbers are those of "xAPI Specification 1.0.3, Part Two: Data".
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from hunar.records.errors import StatementMalformed

VERSION = "1.0.3"
"""2.0 reads 1.0.3 statements unchanged; the reverse does not hold."""

_RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
_SCORE = {"scaled", "raw", "min", "max"}
_CONTEXT = {
    "registration", "instructor", "team", "revision", "platform", "language", "statement",
    "contextActivities", "extensions",
}  # fmt: skip
_DURATION = re.compile(
    r"^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$"
)


def uuid7(at: datetime) -> UUID:
    """A UUID of version 7 for the moment ``at`` (RFC 9562, section 5.7).

    48 bits of Unix milliseconds, then 12 bits of the rest of the millisecond (section
    6.2, method 3), then 62 random bits: ids order as moments do.
    """
    microseconds = (at - datetime(1970, 1, 1, tzinfo=UTC)) // _MICROSECOND
    milliseconds, rest = divmod(microseconds, 1000)
    value = milliseconds << 80
    value |= 0x7 << 76
    value |= (rest * 4096 // 1000) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return UUID(int=value)


_MICROSECOND = datetime.resolution


def instant(at: datetime) -> str:
    """``at`` in UTC with milliseconds, as section 4.3 asks: ``2025-12-05T12:00:00.000Z``."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def duration(seconds: int) -> str:
    """Learning time as ISO 8601: 5430 seconds are ``PT1H30M30S``."""
    hours, rest = divmod(max(seconds, 0), 3600)
    minutes, rest = divmod(rest, 60)
    parts = [(hours, "H"), (minutes, "M"), (rest, "S")]
    return "PT" + ("".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0S")


def seconds(text: str) -> int | None:
    """What ``duration`` wrote, in seconds; None for days and longer or for what it never writes."""
    match = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?", text)
    if not match:
        return None
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest


def activity_iri(object_id: str, *, base: str) -> str:
    """The address of an activity: ``object_id`` itself if absolute, else below ``base``.

    :raises StatementMalformed: if nothing names the activity.
    """
    if not object_id.strip("/ "):
        raise StatementMalformed(reason="the object has no id")
    if urlsplit(object_id).scheme:
        return object_id
    return f"{base.rstrip('/')}/{object_id.lstrip('/')}"


def statement(
    *,
    id: UUID,
    actor: str,
    home: str,
    verb: str,
    verb_names: Mapping[str, str],
    object_id: str,
    object_names: Mapping[str, str],
    at: datetime,
    stored_at: datetime,
    result: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The statement as JSON. The actor is an account at ``home``: no name, no address.

    :raises StatementMalformed: if result or context break the specification.
    """
    check_result(result or {})
    check_context(context or {})
    optional = {"result": dict(result or {}), "context": dict(context or {})}
    return {
        "id": str(id),
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": actor}},
        "verb": {"id": verb, "display": dict(verb_names)},
        "object": {
            "objectType": "Activity",
            "id": object_id,
            "definition": {"name": {code: name for code, name in object_names.items() if name}},
        },
        **{name: value for name, value in optional.items() if value},
        "timestamp": instant(at),
        "stored": instant(stored_at),
        "authority": {"objectType": "Agent", "account": {"homePage": home, "name": "platform"}},
        "version": VERSION,
    }


def check_result(result: Mapping[str, Any]) -> None:
    """Section 2.5: names, a scaled score between -1 and 1, raw within its bounds, a duration.

    :raises StatementMalformed: naming the first thing that does not fit.
    """
    _check_names("result", result, _RESULT)
    for name in ("success", "completion"):
        if not isinstance(result.get(name, True), bool):
            raise StatementMalformed(reason=f"{name} is neither true nor false")
    if "duration" in result and not _DURATION.match(str(result["duration"])):
        raise StatementMalformed(reason="the duration is not in the form of ISO 8601")
    score = result.get("score", {})
    if not isinstance(score, Mapping):
        raise StatementMalformed(reason="the score is no object")
    _check_names("score", score, _SCORE)
    if not -1 <= score.get("scaled", 0) <= 1:
        raise StatementMalformed(reason="the scaled score is not between -1 and 1")
    raw, low, high = score.get("raw"), score.get("min"), score.get("max")
    if low is not None and high is not None and low >= high:
        raise StatementMalformed(reason="the least score is not below the greatest")
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        raise StatementMalformed(reason="the score lies outside its bounds")


def check_context(context: Mapping[str, Any]) -> None:
    """Section 2.6: names, and a registration that is a UUID.

    :raises StatementMalformed: naming the first thing that does not fit.
    """
    _check_names("context", context, _CONTEXT)
    if "registration" in context:
        try:
            UUID(str(context["registration"]))
        except ValueError:
            raise StatementMalformed(reason="the registration is no UUID") from None
    kinds = context.get("contextActivities", {})
    if not isinstance(kinds, Mapping) or set(kinds) - {"parent", "grouping", "category", "other"}:
        raise StatementMalformed(reason="contextActivities has an unknown part")


def _check_names(part: str, value: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(value) - known):
        raise StatementMalformed(reason=f"{part} has unknown parts: {', '.join(unknown)}")
