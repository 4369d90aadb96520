from __future__ import annotations

from typing import Any

from hunar.kernel import access

SEE = "audit.see"


def can_see_log(person: Any) -> bool:
    """Whether ``person`` may read single records; checkpoints are for everybody."""
    return access.may(person, SEE)


def check_can_see_log(person: Any) -> None:
    """:raises NotPermitted: unless ``person`` may read single records."""
    access.check(person, SEE)
