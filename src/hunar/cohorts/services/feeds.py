from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from hunar.audit import services as audit
from hunar.cohorts import permissions
from hunar.cohorts.models import CalendarFeed, Cohort
from hunar.people.models import Person


def own_feed(person: Person) -> CalendarFeed:
    """The secret calendar address of ``person``, made at first use."""
    feed, _ = CalendarFeed.objects.get_or_create(person=person, defaults={"token": _new_token()})
    return feed


@transaction.atomic
def renew_own_feed(person: Person, *, at: datetime) -> CalendarFeed:
    """Give ``person`` a new calendar address; the former one stops working."""
    feed, _ = CalendarFeed.objects.update_or_create(person=person, defaults={"token": _new_token()})
    audit.record("cohorts.feed.renewed", subject=person, by=person, at=at)
    return feed


@transaction.atomic
def renew_cohort_feed(cohort: Cohort, *, by: Person, at: datetime) -> Cohort:
    """Give the cohort's calendar a new address; the former one stops working."""
    permissions.check_can_manage(by)
    cohort.feed_token = _new_token()
    cohort.save(update_fields=["feed_token"])
    audit.record("cohorts.feed.renewed", subject=cohort, by=by, at=at)
    return cohort


def _new_token() -> str:
    return secrets.token_urlsafe(24)
