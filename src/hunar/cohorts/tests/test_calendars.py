from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from hunar.cohorts.calendars import calendar
from hunar.cohorts.tests.makers import make_cohort, make_room, make_session
from hunar.kernel.calendar import ASHGABAT

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 1, 7, tzinfo=UTC)


def test_a_calendar_is_read_back_with_the_times_of_ashgabat():
    session = make_session(cohort=make_cohort(room=make_room()), hour=9)
    content = calendar([session], name="CYB-2025", at=NOON, language="ru")
    read = Calendar.from_ical(content)
    (event,) = read.walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2025, 12, 2, 9, tzinfo=ASHGABAT)
    assert event["DTSTART"].params["TZID"] == "Asia/Ashgabat"
    assert str(event["SUMMARY"]) == "Session (ru)"
    assert str(event["LOCATION"]).endswith("(ru)")
    assert event["UID"] == f"{session.ref}@testserver"
    assert "LAST-MODIFIED" not in event
    assert not read.get_missing_tzids()
    assert event["DTSTAMP"].dt == NOON


def test_a_moved_session_says_when_it_was_moved():
    session = make_session()
    session.revision, session.changed_at = 3, NOON
    (event,) = Calendar.from_ical(calendar([session], name="x", at=NOON, language="tk")).walk(
        "VEVENT"
    )
    assert event["SEQUENCE"] == 3
    assert event["LAST-MODIFIED"].dt == NOON
