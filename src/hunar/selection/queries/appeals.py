from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from hunar.audit import queries as audit
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.kernel.queries import working_calendar
from hunar.kernel.types import Words
from hunar.people.models import Person
from hunar.selection import permissions, rules
from hunar.selection.models import Appeal, Call, Nomination, Place
from hunar.selection.wording import ACTS


def notified_at(nomination: Nomination) -> datetime | None:
    """When the person was told her result; None while there is none."""
    if nomination.state == Nomination.State.INELIGIBLE:
        closed = audit.entries_about(nomination.call.ref).filter(act="selection.call.closed")
        entry = closed.first()
        return entry.at if entry else None
    if nomination.call.state == Call.State.DECIDED:
        return nomination.call.decided_at
    return None


def appeal_window_ends(nomination: Nomination) -> date | None:
    """The last day on which an appeal can be filed; None while there is no result."""
    told_at = notified_at(nomination)
    if told_at is None or nomination.state == Nomination.State.WITHDRAWN:
        return None
    told = told_at.astimezone(ASHGABAT).date()
    days = rules.from_json(nomination.call.rules).appeal_days
    return working_calendar(from_date=told).after(told, days)


def appeals_visible_to(person: Person) -> QuerySet[Appeal]:
    """All for appeals officers; the own ones for everybody else. The most urgent first."""
    appeals = Appeal.objects.select_related(
        "nomination__person", "nomination__call", "nomination__organisation", "officer"
    ).order_by("due_date", "id")
    if permissions.can_decide_appeals(person):
        return appeals
    return appeals.filter(nomination__person=person)


def open_appeals() -> QuerySet[Appeal]:
    """Those that wait for a decision."""
    return Appeal.objects.filter(state=Appeal.State.RECEIVED)


def narrowed_appeals(
    appeals: QuerySet[Appeal], *, state: str = "", wish: str = ""
) -> QuerySet[Appeal]:
    """A list of appeals as its filters ask."""
    from hunar.people import queries as people

    if state in Appeal.State.values:
        appeals = appeals.filter(state=state)
    if wish:
        appeals = appeals.filter(nomination__person__in=people.matching(Person.objects.all(), wish))
    return appeals


@dataclass(frozen=True)
class Clock:
    """How much time an appeal has left, in working days; negative when it is overdue."""

    due: date
    days_left: int

    @property
    def tone(self) -> str:
        if self.days_left < 0:
            return "bad"
        return "warn" if self.days_left <= 2 else "info"


def clocks(appeals: list[Appeal], *, on: date) -> dict[int, Clock]:
    """By primary key; one query for any number."""
    calendar = working_calendar()
    found = {}
    for appeal in appeals:
        if appeal.due_date >= on:
            left = calendar.working_days_between(on, appeal.due_date)
        else:
            left = -calendar.working_days_between(appeal.due_date, on)
        found[appeal.pk] = Clock(appeal.due_date, left)
    return found


def with_clocks(appeals: list[Appeal], *, on: date) -> list[tuple[Appeal, Clock]]:
    """Each appeal with its clock."""
    found = clocks(appeals, on=on)
    return [(appeal, found[appeal.pk]) for appeal in appeals]


@dataclass(frozen=True)
class TimelineEvent:
    """One act of the log in words."""

    title: Words
    at: datetime
    by: str
    ref: str


def timeline_of(
    nomination: Nomination, *, places: Iterable[Place], appeals: Iterable[Appeal]
) -> list[TimelineEvent]:
    """What happened to a nomination, its places and appeals and its call, out of the log."""
    refs = [nomination.ref, nomination.call.ref]
    refs += [place.ref for place in places]
    refs += [appeal.ref for appeal in appeals]
    entries = list(audit.entries_about(*refs))
    names = _names({entry.actor_ref for entry in entries if entry.actor_ref})
    return [
        TimelineEvent(
            title=ACTS.get(entry.act, entry.act),
            at=entry.at,
            by=_doer(entry.act, entry.actor_ref, names),
            ref=entry.subject_ref,
        )
        for entry in entries
    ]


def _doer(act: str, ref: str, names: dict[str, str]) -> str:
    # Who marked stays unknown to the person concerned; the officer finds it in the log.
    return "" if act == "selection.nomination.marked" else names.get(ref, "")


def _names(refs: set[str]) -> dict[str, str]:
    numbers = []
    for ref in refs:
        try:
            numbers.append(read_paper_id(ref).number)
        except UnreadablePaperId:
            continue
    people = list(Person.objects.filter(pk__in=numbers))
    return {person.ref: person.name.full for person in people}
