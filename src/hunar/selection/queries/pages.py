"""What single pages show, put together in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.ids import UnreadablePaperId, paper_id, read_paper_id
from hunar.people.models import Person
from hunar.selection import rules
from hunar.selection.models import Appeal, Call, Nomination, Place
from hunar.selection.queries.appeals import (
    Clock,
    TimelineEvent,
    appeal_window_ends,
    clocks,
    timeline_of,
)
from hunar.selection.queries.nominations import (
    Balance,
    balance_of,
    nominations_made_for,
)
from hunar.selection.queries.presentation import (
    CheckWords,
    CohortResult,
    checks_in_words,
    results_in_words,
    slot_in_words,
)
from hunar.selection.queries.staff import Candidate, candidates, facts_of_people


@dataclass(frozen=True)
class StaffPage:
    """The staff list while nominating, with the balance as it would become."""

    call: Call
    page_obj: Page[Candidate]
    balance: Balance
    """Of what is nominated already."""
    with_ticked: Balance
    ticked: list[str]
    nominated: list[Nomination]

    def nominate_url(self, ref: str, *, queue: Sequence[str]) -> str:
        """The form for one person; the others follow."""
        return _nominate_url(self.call, ref, queue)

    @staticmethod
    def next_url(call: Call, queue: Sequence[str]) -> str:
        """The form for the next of the queue, or the staff list."""
        readable = _people_refs(queue)
        if not readable:
            return reverse("selection:staff", args=[call.pk])
        first, *rest = readable
        return _nominate_url(call, first, rest)


def _nominate_url(call: Call, ref: str, queue: Sequence[str]) -> str:
    url = reverse("selection:nominate", args=[call.pk, ref])
    return f"{url}?{urlencode([('queue', each) for each in queue])}" if queue else url


def _people_refs(refs: Sequence[str]) -> list[str]:
    found = []
    for ref in refs:
        try:
            paper = read_paper_id(ref)
        except UnreadablePaperId:
            continue
        if paper.prefix == Person.PREFIX:
            found.append(paper_id(paper.prefix, paper.number))
    return found


def staff_page(
    call: Call,
    *,
    by: Person,
    on: date,
    wish: str,
    sort: str,
    role_group: str,
    ticked: Sequence[str],
    page: str,
) -> StaffPage:
    """The staff list of ``by`` for ``call``, narrowed, sorted and paged."""
    standing = [each for each in nominations_made_for(by, call) if not each.is_withdrawn]
    found = candidates(
        call,
        by=by,
        on=on,
        wish=wish,
        sort=sort,
        role_group=role_group,
        nominated={each.person_id for each in standing},
    )
    facts = [rules.Facts.from_json(each.facts) for each in standing]
    refs = _people_refs(ticked)
    numbers = [read_paper_id(ref).number for ref in refs]
    more = facts_of_people(call, by=by, people_ids=numbers, on=on) if numbers else []
    return StaffPage(
        call=call,
        page_obj=Paginator(found, 25).get_page(page),
        balance=balance_of(facts),
        with_ticked=balance_of([*facts, *more]),
        ticked=refs,
        nominated=standing,
    )


@dataclass(frozen=True)
class NominationPage:
    """A nomination as officers and its institution see it."""

    nomination: Nomination
    facts: rules.Facts
    checks: list[CheckWords]
    results: list[CohortResult]
    places: list[Place]
    appeals: list[Appeal]
    timeline: list[TimelineEvent]


def nomination_page(nomination: Nomination) -> NominationPage:
    """Everything about one nomination."""
    places = list(nomination.places.select_related("cohort"))
    appeals = list(nomination.appeals.select_related("officer"))
    return NominationPage(
        nomination=nomination,
        facts=rules.Facts.from_json(nomination.facts),
        checks=checks_in_words(nomination.eligibility),
        results=results_in_words(nomination),
        places=places,
        appeals=appeals,
        timeline=timeline_of(nomination, places=places, appeals=appeals),
    )


@dataclass(frozen=True)
class OwnPage:
    """What a nominated person sees about herself, and what she can do now."""

    nomination: Nomination
    facts: rules.Facts
    checks: list[CheckWords]
    results: list[CohortResult]
    place: Place | None
    slot: str
    past_places: list[Place]
    appeals: list[Appeal]
    may_answer: bool
    may_appeal: bool
    appeal_until: date | None
    may_withdraw: bool
    steps: list[tuple[str, str, str]]
    headline: str
    next_step: str


def own_page(nomination: Nomination, *, at: datetime) -> OwnPage:
    """Result, reason and next steps of an own nomination (places and appeals prefetched)."""
    places = list(nomination.places.all())
    place = nomination.live_place
    appeals = list(nomination.appeals.all())
    until = appeal_window_ends(nomination)
    today = at.astimezone(ASHGABAT).date()
    open_appeal = any(each.is_open for each in appeals)
    headline, next_step = _headline(nomination, place, places)
    return OwnPage(
        nomination=nomination,
        facts=rules.Facts.from_json(nomination.facts),
        checks=checks_in_words(nomination.eligibility),
        results=results_in_words(nomination),
        place=place,
        slot=slot_in_words(place.slot) if place else "",
        past_places=[each for each in places if not each.is_live],
        appeals=appeals,
        may_answer=bool(place and place.is_offered and at <= place.accept_by),
        may_appeal=bool(until and today <= until and not open_appeal),
        appeal_until=until,
        may_withdraw=not nomination.is_withdrawn,
        steps=_steps(nomination, place),
        headline=headline,
        next_step=next_step,
    )


def _steps(nomination: Nomination, place: Place | None) -> list[tuple[str, str, str]]:
    call = nomination.call
    labels = [_("Nominated"), _("Requirements checked"), _("Decided"), _("Place accepted")]
    reached = 1 + (not call.is_published) + call.is_decided + bool(place and place.is_accepted)
    if nomination.is_withdrawn:
        return [(labels[0], "done", ""), (_("Withdrawn"), "current", "")]
    if nomination.is_ineligible:
        return [(labels[0], "done", ""), (_("Requirements not met"), "current", "")]
    return [
        (label, "done" if number < reached else "current" if number == reached else "next", "")
        for number, label in enumerate(labels)
    ]


def _headline(nomination: Nomination, place: Place | None, places: list[Place]) -> tuple[str, str]:
    if place and place.is_accepted:
        return (
            _("You have a place in %(cohort)s.") % {"cohort": place.cohort.code},
            _("The page of the course has the timetable and the lessons."),
        )
    if place:
        return (
            _("A place in %(cohort)s is offered to you.") % {"cohort": place.cohort.code},
            _("Accept or decline it before the time is over."),
        )
    if nomination.state == Nomination.State.NOT_CHOSEN and places:
        last = str(places[-1].get_state_display())
        return (
            _("Your place is no longer open: %(state)s.") % {"state": last},
            _("You can be nominated again in the next call."),
        )
    return _headlines()[nomination.state]


def _headlines() -> dict[str, tuple[str, str]]:
    return {
        "submitted": (
            _("Your nomination is received."),
            _("When nominations have ended, the requirements are checked and the panel marks."),
        ),
        "eligible": (
            _("You meet the requirements."),
            _("The panel marks the files without names; then the call is decided."),
        ),
        "ineligible": (
            _("Your nomination does not meet the requirements."),
            _("Below stands which requirement and on what evidence. You can appeal."),
        ),
        "chosen": (_("You are chosen."), ""),
        "waiting": (
            _("You are on the waiting list."),
            _("When a seat is freed, it is offered to the next in the published order."),
        ),
        "not-chosen": (
            _("You were not chosen this time."),
            _("Below stand your points and the reason. You can appeal, or be nominated again."),
        ),
        "withdrawn": (
            _("The nomination is withdrawn."),
            _("Your institution can nominate you again while a call is open."),
        ),
    }


@dataclass(frozen=True)
class CaseFile:
    """All that decides about an appeal, on one page."""

    nomination: NominationPage
    clock: Clock


def case_file(appeal: Appeal, *, on: date) -> CaseFile:
    """The complete case file of an appeal."""
    return CaseFile(
        nomination=nomination_page(appeal.nomination),
        clock=clocks([appeal], on=on)[appeal.pk],
    )
