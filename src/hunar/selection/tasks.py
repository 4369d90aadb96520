from __future__ import annotations

from datetime import datetime

from hunar.selection import services


def lapse_overdue_places(at: datetime) -> int:
    """For the worker, every minute: offers whose time has passed go to the next."""
    return services.lapse_overdue(at=at)
