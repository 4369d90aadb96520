"""The states of a call and the acts that lead from one to the next, in one table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

DRAFT, PUBLISHED, CLOSED, DECIDED = "draft", "published", "closed", "decided"


@dataclass(frozen=True)
class Transition:
    """An act on a call, with the guards that must hold (``services.calls`` asks them)."""

    act: str
    source: str
    target: str
    guards: tuple[str, ...] = ()


TRANSITIONS = (
    Transition("publish", DRAFT, PUBLISHED, ("rules complete", "notice long enough")),
    Transition("close", PUBLISHED, CLOSED, ("closing time has passed",)),
    Transition("decide", CLOSED, DECIDED, ("every file is marked",)),
)


def transition(act: str) -> Transition:
    """The one transition that ``act`` makes.

    :raises KeyError: if there is no such act.
    """
    for each in TRANSITIONS:
        if each.act == act:
            return each
    raise KeyError(act)


def allows(state: str, act: str) -> bool:
    """Whether a call in ``state`` can undergo ``act``, its guards apart."""
    return transition(act).source == state


def accepts_nominations(
    state: str, *, opens_at: datetime, closes_at: datetime, at: datetime
) -> bool:
    """From the opening moment to the closing moment, the latter included."""
    return state == PUBLISHED and opens_at <= at <= closes_at


def notice_is_long_enough(*, published_at: datetime, closes_at: datetime, days: int) -> bool:
    """Whether whole ``days`` lie between publication and the end of nominations."""
    return closes_at - published_at >= timedelta(days=days)


def diagram() -> str:
    """The table as a Mermaid state diagram; the README shows it and a test compares."""
    lines = ["stateDiagram-v2", f"    [*] --> {TRANSITIONS[0].source}"]
    for each in TRANSITIONS:
        guard = f" [{', '.join(each.guards)}]" if each.guards else ""
        lines.append(f"    {each.source} --> {each.target}: {each.act}{guard}")
    lines.append(f"    {TRANSITIONS[-1].target} --> [*]")
    return "\n".join(lines)
