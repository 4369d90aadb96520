"""What counts as reading, and when a lesson is finished. No clock, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

BEAT_SECONDS = 30
LONGEST_BEAT = 45
"""More than this since the last beat is not believed: the page was asleep."""
LEAST_SHARE = Fraction(1, 4)
"""Share of the planned minutes that has to be read before a lesson can be finished."""


class ReadingState(StrEnum):
    NOT_OPENED = "not-opened"
    READING = "reading"
    FINISHED = "finished"


def counted_seconds(last_seen: datetime, at: datetime) -> int:
    """Seconds that a beat adds: the time since the last one, 0 to ``LONGEST_BEAT``.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2025, 12, 2, 12, tzinfo=UTC)
    >>> counted_seconds(noon, noon + timedelta(seconds=30))
    30
    """
    return max(0, min(int((at - last_seen).total_seconds()), LONGEST_BEAT))


def needed_seconds(planned_minutes: int) -> int:
    """Seconds that have to be read before the lesson can be finished, rounded up."""
    exact = LEAST_SHARE * planned_minutes * 60
    return -(-exact.numerator // exact.denominator)


def seconds_without_beats(
    seconds: int, last_seen: datetime, at: datetime, *, planned_minutes: int
) -> int:
    """Reading time of a page that sends no beats: the time since it was opened is believed,
    up to the planned minutes in all."""
    elapsed = max(0, int((at - last_seen).total_seconds()))
    return max(seconds, min(seconds + elapsed, planned_minutes * 60))


@dataclass(frozen=True)
class LessonState:
    """How one learner stands with one lesson."""

    seconds: int = 0
    is_opened: bool = False
    is_finished: bool = False

    @property
    def state(self) -> ReadingState:
        if self.is_finished:
            return ReadingState.FINISHED
        return ReadingState.READING if self.is_opened else ReadingState.NOT_OPENED

    def share(self, planned_minutes: int) -> Fraction:
        """Read part of the planned time, at most 1."""
        return min(Fraction(self.seconds, max(planned_minutes * 60, 1)), Fraction(1))
