"""What waits for a person in this room."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.agreements import permissions
from hunar.agreements.models import AdvisoryRequest, Agreement, Obligation
from hunar.kernel.home import HomeTask
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person

State = AdvisoryRequest.State


def tasks_for(person: Person, *, on: date) -> list[HomeTask]:
    """Requests to assign, to answer and to close, and obligations that are overdue.

    No query for who has no business with agreements, else one or two.
    """
    can_manage = permissions.can_manage(person)
    if not (
        can_manage
        or permissions.can_ask_somewhere(person)
        or people.may(person, Permission.ANSWER_ADVICE)
    ):
        return []
    mine = Q(expert__person=person, state=State.ASSIGNED)
    counts = AdvisoryRequest.objects.aggregate(
        sent=Count("pk", filter=Q(state=State.SENT)),
        assigned=Count("pk", filter=mine),
        late=Count("pk", filter=mine & Q(due_date__lt=on)),
        answered=Count("pk", filter=Q(asked_by=person, state=State.ANSWERED)),
    )
    tasks = [_to_answer(counts["assigned"], late=counts["late"]), _to_close(counts["answered"])]
    if can_manage:
        tasks += [_to_assign(counts["sent"]), _overdue(on)]
    return [task for task in tasks if task.count]


def _to_answer(count: int, *, late: int) -> HomeTask:
    return HomeTask(
        label=_("Answer advisory requests"),
        text=_("Institutions wait for your advice."),
        href=reverse("agreements:requests") + "?state=assigned&sort=due_date",
        icon="handshake",
        count=count,
        tone="bad" if late else "warn",
        order=20,
    )


def _to_close(count: int) -> HomeTask:
    return HomeTask(
        label=_("Read the answers of experts"),
        text=_("Close the requests and say how useful the answers were."),
        href=reverse("agreements:requests") + "?state=answered",
        icon="handshake",
        count=count,
        tone="info",
        order=60,
    )


def _to_assign(count: int) -> HomeTask:
    return HomeTask(
        label=_("Assign advisory requests"),
        text=_("New questions have no expert yet."),
        href=reverse("agreements:requests") + "?state=sent&sort=due_date",
        icon="handshake",
        count=count,
        tone="warn",
        order=30,
    )


def _overdue(on: date) -> HomeTask:
    states = (Obligation.State.OPEN, Obligation.State.UNDER_WAY)
    rows = Obligation.objects.filter(
        state__in=states, due_date__lt=on, agreement__state=Agreement.State.SIGNED
    )
    return HomeTask(
        label=_("Follow overdue obligations"),
        text=_("Their day has passed and nothing shows that they were met."),
        href=reverse("agreements:agreements"),
        icon="handshake",
        count=rows.count(),
        tone="bad",
        order=50,
    )
