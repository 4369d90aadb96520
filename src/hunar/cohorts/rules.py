"""What attendance means, which steps a cohort takes, and the codes on the screen.

Plain Python: no clock, no database. Shares are exact fractions.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

ATTENDANCE_NEEDED = Fraction(4, 5)
"""The share of the planned minutes that completes a cohort: exactly 80 % is enough."""

LATE_AFTER = timedelta(minutes=15)
COUNTED_KINDS = frozenset({"lesson", "lab"})
"""Kinds of sessions whose minutes count; exams and other events do not."""

STEPS: Mapping[str, frozenset[str]] = {
    "planned": frozenset({"running", "closed"}),
    "running": frozenset({"closed"}),
    "closed": frozenset(),
}


def is_step_allowed(present: str, following: str) -> bool:
    """Whether a cohort may go from one state to the other."""
    return following in STEPS.get(present, frozenset())


def share(attended: int, planned: int) -> Fraction:
    """Attended minutes out of the planned ones; nothing planned gives 0.

    >>> share(1080, 1350) == ATTENDANCE_NEEDED
    True
    """
    return Fraction(attended, planned) if planned else Fraction(0)


def outcome(attendance: Fraction) -> str:
    """State of an enrolment when the cohort closes: ``completed`` from 80 % on."""
    return "completed" if attendance >= ATTENDANCE_NEEDED else "excluded"


@dataclass(frozen=True)
class Arrival:
    """What a scan says: ``present`` for the whole session, or ``late`` with the rest of it."""

    state: str
    minutes: int


def arrival(at: datetime, *, starts_at: datetime, ends_at: datetime) -> Arrival:
    """How somebody who arrives ``at`` is recorded.

    Up to 15 minutes after the start the whole session counts; later only the full
    minutes from the arrival to the end.
    """
    length = int((ends_at - starts_at) // timedelta(minutes=1))
    if at <= starts_at + LATE_AFTER:
        return Arrival("present", length)
    return Arrival("late", max(int((ends_at - at) // timedelta(minutes=1)), 0))


# Codes on the screen ---------------------------------------------------------

STEP_SECONDS = 60
TOLERATED_STEPS = 1
REMEMBERED_STEPS = 60
"""How far back a typed code is recognised as expired rather than unknown."""


def step_of(at: datetime) -> int:
    """The number of the minute in which a code is shown."""
    return int(at.timestamp()) // STEP_SECONDS


def seconds_left(at: datetime) -> int:
    """Seconds until the code on the screen changes."""
    return STEP_SECONDS - int(at.timestamp()) % STEP_SECONDS


def token(session: str, step: int, *, secret: bytes) -> str:
    """What the QR code carries: session, minute and a 120-bit authentication code."""
    mac = hmac.new(secret, f"{session}.{step}".encode(), hashlib.sha256).hexdigest()
    return f"{session}.{step}.{mac[:30]}"


def digits(session: str, step: int, *, secret: bytes) -> str:
    """Six digits for those who cannot scan (dynamic truncation of RFC 4226, section 5.3)."""
    mac = hmac.new(secret, f"digits.{session}.{step}".encode(), hashlib.sha256).digest()
    place = mac[-1] & 0x0F
    number = int.from_bytes(mac[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def read_token(text: str, *, secret: bytes) -> tuple[str, int] | None:
    """Session and minute of a token that this academy made; None for any other text."""
    parts = text.split(".")
    if len(parts) != 3 or not parts[1].isascii() or not parts[1].isdigit() or len(parts[1]) > 12:
        return None
    genuine = token(parts[0], int(parts[1]), secret=secret)
    if not hmac.compare_digest(genuine.encode(), text.encode()):
        return None
    return parts[0], int(parts[1])


def is_fresh(step: int, *, now: int) -> bool:
    """Whether a code of minute ``step`` still holds: its own minute and the next one."""
    return 0 <= now - step <= TOLERATED_STEPS


# Timetables ------------------------------------------------------------------

SLOTS = (
    (time(9, 0), time(10, 30)),
    (time(10, 30), time(12, 0)),
    (time(13, 0), time(14, 30)),
    (time(14, 30), time(16, 0)),
)
"""Four times two academic hours between 09:00 and 16:00, lunch from 12:00 to 13:00."""


@dataclass(frozen=True)
class PlannedModule:
    """A module as the timetable needs it: its key, the day of the course, its lesson minutes."""

    key: int
    day: int
    weight: int = 1


@dataclass(frozen=True)
class PlannedSession:
    """One slot: a module's lesson or lab, or (``module`` None) the final exam."""

    day: date
    starts: time
    ends: time
    module: int | None
    kind: str


def course_days(modules: Sequence[PlannedModule]) -> list[int]:
    """The numbers of the course's days, in order."""
    return sorted({module.day for module in modules})


def plan(modules: Sequence[PlannedModule], days: Sequence[date]) -> list[PlannedSession]:
    """A timetable of one working day per day of the course.

    The four slots of a day go to its modules in their order, by the weight of their
    lessons, at least one each; the last slot of a module with two or more is a lab; the
    very last slot of the course is the exam.

    :raises ValueError: if there are fewer days than the course needs.
    """
    numbers = course_days(modules)
    if len(days) < len(numbers):
        raise ValueError("too few days")
    planned: list[PlannedSession] = []
    for number, day in zip(numbers, days, strict=False):
        todays = [module for module in modules if module.day == number]
        slots = list(SLOTS)
        is_last = number == numbers[-1]
        teaching = slots[:-1] if is_last else slots
        for (starts, ends), (key, kind) in zip(
            teaching, _spread(todays, len(teaching)), strict=False
        ):
            planned.append(PlannedSession(day, starts, ends, key, kind))
        if is_last:
            planned.append(PlannedSession(day, *slots[-1], None, "exam"))
    return planned


def _spread(modules: Sequence[PlannedModule], slots: int) -> list[tuple[int, str]]:
    shown = modules[:slots]
    counts = [1] * len(shown)
    while sum(counts) < slots:
        # The next slot goes to the module with the most lesson time per slot so far.
        neediest = max(
            range(len(shown)), key=lambda place: Fraction(shown[place].weight or 1, counts[place])
        )
        counts[neediest] += 1
    filled = []
    for module, count in zip(shown, counts, strict=True):
        kinds = ["lesson"] * count
        if count > 1:
            kinds[-1] = "lab"
        filled += [(module.key, kind) for kind in kinds]
    return filled
