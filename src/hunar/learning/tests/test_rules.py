from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.learning.rules import (
    LONGEST_BEAT,
    LessonState,
    counted_seconds,
    needed_seconds,
    seconds_without_beats,
)

NOON = datetime(2025, 12, 2, 12, tzinfo=UTC)


@given(st.lists(st.integers(0, 200), max_size=40))
def test_beats_never_count_more_than_the_time_that_passed(gaps: list[int]):
    at, counted = NOON, 0
    for gap in gaps:
        later = at + timedelta(seconds=gap)
        counted += counted_seconds(at, later)
        at = later
    assert counted <= sum(gaps)


def test_a_page_that_slept_counts_little():
    assert counted_seconds(NOON, NOON + timedelta(hours=2)) == LONGEST_BEAT


def test_a_clock_that_goes_back_counts_nothing():
    assert counted_seconds(NOON, NOON - timedelta(seconds=5)) == 0


@pytest.mark.parametrize(("minutes", "seconds"), [(60, 900), (45, 675), (1, 15), (0, 0)])
def test_a_quarter_of_the_planned_time_is_needed(minutes: int, seconds: int):
    assert needed_seconds(minutes) == seconds


def test_without_beats_the_time_since_opening_counts_up_to_the_plan():
    later = NOON + timedelta(hours=5)
    assert seconds_without_beats(0, NOON, later, planned_minutes=60) == 3600
    assert seconds_without_beats(4000, NOON, later, planned_minutes=60) == 4000


def test_the_share_read_is_at_most_the_whole():
    assert LessonState(seconds=9999).share(60) == 1
