"""Timetables as iCalendar (RFC 5545), for phones and office calendars to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from hunar.cohorts.models import Session
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.text import in_language

REFRESH = timedelta(hours=4)


def calendar(sessions: Iterable[Session], *, name: str, at: datetime, language: str) -> bytes:
    """One event per session. Its UID never changes; a change raises its SEQUENCE."""
    feed = Calendar()
    feed.add("prodid", "-//Hunar//Cohorts//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", name)
    feed.add("name", name)
    feed.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", REFRESH)
    for session in sessions:
        feed.add_component(_event(session, at=at, language=language))
    # One offset all year since 1991: one observance is enough.
    feed.add_missing_timezones(first_date=date(2020, 1, 1), last_date=date(2035, 1, 1))
    return bytes(feed.to_ical())


def _event(session: Session, *, at: datetime, language: str) -> Event:
    host = urlsplit(settings.BASE_URL).hostname
    course = in_language(session.cohort.version.title, language)
    event = Event()
    event.add("uid", f"{session.ref}@{host}")
    event.add("sequence", session.revision)
    event.add("dtstamp", at.astimezone(ASHGABAT).astimezone())
    if session.changed_at:
        event.add("last-modified", session.changed_at)
    event.add("dtstart", session.starts_at.astimezone(ASHGABAT))
    event.add("dtend", session.ends_at.astimezone(ASHGABAT))
    event.add("summary", in_language(session.title, language) or session.cohort.code)
    event.add("description", f"{session.cohort.code}, {course}")
    event.add("url", settings.BASE_URL + reverse("cohorts:week") + f"?day={session.day}")
    if session.room:
        event.add("location", in_language(session.room.title, language))
    return event
