from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hunar.agreements import permissions, rules
from hunar.agreements.models import AdvisoryRequest, Agreement
from hunar.agreements.queries.happenings import Happening, happenings
from hunar.kernel.calendar import ASHGABAT, WorkingCalendar
from hunar.kernel.queries import working_calendar
from hunar.organisations.models import Organisation
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person

State = AdvisoryRequest.State
SORTS = {"subject", "sent_at", "due_date", "state"}


def answer_term() -> int:
    """Working days in which a request is to be answered."""
    return rules.ANSWER_TERM


def requests_visible_to(person: Person) -> QuerySet[AdvisoryRequest]:
    """All for who manages agreements; else her own, those of organisations for which she may
    ask, and those assigned to her."""
    requests = AdvisoryRequest.objects.select_related(
        "agreement", "organisation", "asked_by", "expert__person", "expert__organisation"
    ).order_by("-sent_at", "-id")
    if permissions.can_manage(person):
        return requests
    mine = Q(asked_by=person) | Q(expert__person=person)
    if permissions.can_ask_somewhere(person):
        speaks_for = people.organisations_where(person, Permission.ASK_ADVICE)
        mine |= Q(organisation__in=speaks_for.values("pk"))
    return requests.filter(mine)


def requests_matching(
    requests: QuerySet[AdvisoryRequest], *, wish: str = "", state: str = "", sort: str = ""
) -> QuerySet[AdvisoryRequest]:
    """``requests`` in a state and with words of subject or question, sorted as wished."""
    if state:
        requests = requests.filter(state=state)
    for word in wish.split():
        requests = requests.filter(Q(subject__icontains=word) | Q(question__icontains=word))
    if sort.removeprefix("-") in SORTS:
        requests = requests.order_by(sort, "-id")
    return requests


@dataclass(frozen=True)
class Asked:
    """A request with its clock, as a page shows it."""

    request: AdvisoryRequest
    clock: rules.AnswerClock

    @property
    def tone(self) -> str:
        if self.clock.is_late and self.clock.is_running:
            return "bad"
        tones = {"sent": "warn", "assigned": "info", "answered": "good", "closed": "neutral"}
        return tones[self.request.state]


def with_clocks(requests: Sequence[AdvisoryRequest], *, on: date) -> list[Asked]:
    """``requests`` with their clocks by the working calendar; one query."""
    if not requests:
        return []
    earliest = min(row.sent_at for row in requests).astimezone(ASHGABAT).date()
    calendar = working_calendar(from_date=earliest)
    return [Asked(row, _clock(row, on=on, calendar=calendar)) for row in requests]


def _clock(request: AdvisoryRequest, *, on: date, calendar: WorkingCalendar) -> rules.AnswerClock:
    answered = request.answered_at
    return rules.answer_clock(
        request.due_date,
        answered=answered.astimezone(ASHGABAT).date() if answered else None,
        on=on,
        calendar=calendar,
    )


def organisations_to_ask_for(person: Person, agreement: Agreement) -> QuerySet[Organisation]:
    """For which organisations ``person`` may send a request under ``agreement``."""
    if permissions.can_manage(person):
        return Organisation.objects.filter(parent__isnull=True).order_by("sort_key")
    speaks_for = people.organisations_where(person, Permission.ASK_ADVICE)
    parties = agreement.parties.values("organisation_id")
    allowed = Q(pk__in=parties) | Q(parent_id__in=parties)
    return Organisation.objects.filter(allowed, pk__in=speaks_for.values("pk")).order_by("sort_key")


@dataclass(frozen=True)
class RequestView:
    """A request as one person sees it on one day."""

    asked: Asked
    history: list[Happening]
    can_assign: bool
    can_answer: bool
    can_close: bool

    @property
    def request(self) -> AdvisoryRequest:
        return self.asked.request


def request_view(request: AdvisoryRequest, *, seen_by: Person, on: date) -> RequestView:
    """Everything on the page of a request."""
    state = request.state
    is_open = state in (State.SENT, State.ASSIGNED)
    return RequestView(
        asked=with_clocks([request], on=on)[0],
        history=happenings({request.ref: ""}),
        can_assign=is_open and permissions.can_manage(seen_by),
        can_answer=state == State.ASSIGNED and permissions.can_answer(seen_by, request),
        can_close=state == State.ANSWERED and request.asked_by_id == seen_by.pk,
    )


def request_table(
    requests: Sequence[AdvisoryRequest], *, on: date
) -> tuple[list[str], list[list[object]]]:
    """Headings and rows for the export."""
    head = [
        _("Number"),
        _("Agreement"),
        _("Institution"),
        _("Subject"),
        _("State"),
        _("Sent"),
        _("Due"),
        pgettext("advisory requests", "Answered"),
        _("Working days late"),
        _("Expert"),
        _("Usefulness"),
    ]
    rows: list[list[object]] = [
        [
            row.request.ref,
            str(row.request.agreement),
            str(row.request.organisation),
            row.request.subject,
            row.request.get_state_display(),
            row.request.sent_at.astimezone(ASHGABAT).date(),
            row.request.due_date,
            row.request.answered_at.astimezone(ASHGABAT).date()
            if row.request.answered_at
            else None,
            row.clock.days_late,
            str(row.request.expert or ""),
            row.request.rating,
        ]
        for row in with_clocks(requests, on=on)
    ]
    return head, rows
