"""What waits for a person in this room today."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.cohorts.models import Cohort, Session
from hunar.cohorts.queries.timetable import own_sessions, sessions_between
from hunar.kernel.home import HomeTask
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person


def tasks_for(person: Person, *, on: date) -> list[HomeTask]:
    """Today's sessions that she teaches or takes, and for officers the cohorts to close."""
    tasks = [_session_task(person, row) for row in _todays_sessions(person, on)]
    if people.may(person, Permission.MANAGE_COHORTS):
        over = Cohort.objects.filter(ends_date__lt=on).exclude(state=Cohort.State.CLOSED).count()
        if over:
            tasks.append(
                HomeTask(
                    label=_("Close cohorts"),
                    text=_("Their last day is over; closing makes attendance final."),
                    href=reverse("cohorts:cohorts") + "?sort=dates",
                    icon="check",
                    count=over,
                    tone="warn",
                    order=40,
                )
            )
    return tasks


def _todays_sessions(person: Person, on: date) -> list[Session]:
    rows = sessions_between(own_sessions(person), on, on)
    return list(rows.order_by("starts_at").distinct()[:3])


def _session_task(person: Person, session: Session) -> HomeTask:
    teaches = session.trainer_id == person.pk
    return HomeTask(
        label=session.shown_title,
        text=_("You teach %(cohort)s today.") % {"cohort": session.cohort.code}
        if teaches
        else _("Your session in %(cohort)s today.") % {"cohort": session.cohort.code},
        href=reverse("cohorts:here", args=[session.pk]) if teaches else reverse("cohorts:week"),
        icon="calendar",
        tone="info",
        order=20,
    )
