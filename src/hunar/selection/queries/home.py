from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.kernel.calendar import end_of_day
from hunar.kernel.home import HomeTask
from hunar.people.models import Person
from hunar.selection import permissions
from hunar.selection.models import Appeal, Call, Place
from hunar.selection.queries.marking import calls_to_mark, files_left

SOON = timedelta(days=3)


def tasks_for(person: Person, *, on: date) -> list[HomeTask]:
    """What waits for ``person`` in the selection: an offer, nominations, files, appeals."""
    tasks = _offers(person, on)
    if permissions.can_nominate(person):
        tasks += _calls_to_nominate_in(on)
    if permissions.can_mark(person):
        tasks += _files_to_mark(person)
    if permissions.can_manage_calls(person):
        tasks += _calls_to_move(on)
    if permissions.can_decide_appeals(person):
        tasks += _appeals_to_decide(on)
    return tasks


def _offers(person: Person, on: date) -> list[HomeTask]:
    offers = Place.objects.filter(
        nomination__person=person,
        state=Place.State.OFFERED,
        accept_by__gte=end_of_day(on - timedelta(days=1)),
    ).select_related("cohort", "nomination")
    return [
        HomeTask(
            label=_("A place is offered to you"),
            text=_("Cohort %(cohort)s. Accept or decline it by %(until)s.")
            % {"cohort": place.cohort.code, "until": f"{place.accept_by:%d.%m.%Y}"},
            href=reverse("selection:own_nomination", args=[place.nomination_id]),
            icon="podium",
            tone="warn",
            order=5,
        )
        for place in offers
    ]


def _calls_to_nominate_in(on: date) -> list[HomeTask]:
    calls = Call.objects.filter(
        state=Call.State.PUBLISHED,
        opens_at__lte=end_of_day(on),
        closes_at__gte=end_of_day(on - timedelta(days=1)),
    )
    return [
        HomeTask(
            label=_("A call is open: nominate your staff"),
            text=_("Nominations end on %(closes)s.") % {"closes": f"{call.closes_at:%d.%m.%Y}"},
            href=reverse("selection:staff", args=[call.pk]),
            icon="people",
            tone="warn" if call.closes_at <= end_of_day(on + SOON) else "info",
            order=20,
        )
        for call in calls
    ]


def _files_to_mark(person: Person) -> list[HomeTask]:
    call = calls_to_mark().first()
    count = files_left(call, person) if call else 0
    if call is None or not count:
        return []
    return [
        HomeTask(
            label=_("Files wait for your marks"),
            text=_("You see no name, sex, region or institution."),
            href=reverse("selection:marking_call", args=[call.pk]),
            icon="edit",
            count=count,
            tone="info",
            order=15,
        )
    ]


def _calls_to_move(on: date) -> list[HomeTask]:
    due = Call.objects.filter(state__in=[Call.State.PUBLISHED, Call.State.CLOSED])
    tasks = []
    for call in due.order_by("closes_at"):
        href = reverse("selection:call", args=[call.pk])
        if call.state == Call.State.CLOSED:
            label = _("A call is closed and waits for marks and decision")
        elif call.closes_at < end_of_day(on - timedelta(days=1)):
            label = _("Nominations have ended: close the call")
        else:
            continue
        tasks.append(
            HomeTask(label=label, text=str(call), href=href, icon="podium", tone="info", order=25)
        )
    return tasks


def _appeals_to_decide(on: date) -> list[HomeTask]:
    rows = Appeal.objects.filter(state=Appeal.State.RECEIVED).order_by("due_date")
    dates = list(rows.values_list("due_date", flat=True))
    if not dates:
        return []
    first = dates[0]
    return [
        HomeTask(
            label=_("Appeals wait for a decision"),
            text=_("The next is due on %(due)s.") % {"due": f"{first:%d.%m.%Y}"},
            href=reverse("selection:appeals"),
            icon="mail",
            count=len(dates),
            tone="bad" if first < on else "warn" if first <= on + SOON else "info",
            order=10,
        )
    ]
