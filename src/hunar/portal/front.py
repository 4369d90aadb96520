"""What the academy offers to everybody: the public front page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Offer:
    """Published courses and calls that can be answered now."""

    courses: list[Any] = field(default_factory=list)
    calls: list[Any] = field(default_factory=list)


def offer(*, on: datetime) -> Offer:
    """The public offer at this moment."""
    return Offer()
