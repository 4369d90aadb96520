from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.agreements import permissions
from hunar.agreements.errors import (
    AgreementNotSigned,
    ExpertUnavailable,
    RatingOutOfScale,
    RequestMovedOn,
    TextMissing,
)
from hunar.agreements.models import AdvisoryRequest, Agreement, Expert
from hunar.agreements.rules import ANSWER_TERM
from hunar.audit import services as audit
from hunar.kernel.calendar import ASHGABAT, WorkWeek
from hunar.kernel.queries import working_calendar
from hunar.notifications import services as notifications
from hunar.organisations.models import Organisation
from hunar.people import queries as people
from hunar.people.enums import Role
from hunar.people.models import Person

State = AdvisoryRequest.State


@transaction.atomic
def ask(
    agreement: Agreement,
    *,
    organisation: Organisation,
    subject: str,
    question: str,
    by: Person,
    at: datetime,
) -> AdvisoryRequest:
    """Send an advisory request; the programme officers learn of it at once.

    The answer is due in ``rules.ANSWER_TERM`` working days of the asking organisation.

    :raises NotPermitted: if ``by`` may not ask for ``organisation`` under ``agreement``.
    :raises AgreementNotSigned: if the agreement is a draft or has ended.
    :raises TextMissing: without subject or question.
    """
    permissions.check_can_ask(by, agreement, organisation)
    today = at.astimezone(ASHGABAT).date()
    is_over = agreement.ends_date is not None and agreement.ends_date < today
    if agreement.state != Agreement.State.SIGNED or is_over:
        raise AgreementNotSigned
    if not subject.strip() or not question.strip():
        raise TextMissing
    calendar = working_calendar(from_date=today, week=WorkWeek(organisation.work_week))
    request = AdvisoryRequest.objects.create(
        agreement=agreement,
        organisation=organisation,
        asked_by=by,
        subject=subject.strip(),
        question=question.strip(),
        sent_at=at,
        due_date=calendar.after(today, ANSWER_TERM),
    )
    details = {"agreement": agreement.ref, "due": request.due_date.isoformat()}
    _record("sent", request, by=by, at=at, details=details)
    _tell_officers(request, by=by, at=at)
    return request


def _tell_officers(request: AdvisoryRequest, *, by: Person, at: datetime) -> None:
    for officer in people.people_holding(Role.PROGRAMME_OFFICER).exclude(pk=by.pk):
        notifications.tell(
            officer,
            code="agreements.request-sent",
            subject=_("Advisory request: %(subject)s"),
            body=_(
                "%(organisation)s asks for advice. Assign the request to an expert; "
                "the answer is due on %(due)s."
            ),
            details=_facts(request),
            at=at,
            url=_address(request),
        )


@transaction.atomic
def assign(
    request: AdvisoryRequest, *, expert: Expert, by: Person, at: datetime
) -> AdvisoryRequest:
    """Give a request that is not answered yet to an expert, or to another one.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises ExpertUnavailable: if the expert takes no requests now.
    :raises RequestMovedOn: if it is answered or closed.
    """
    permissions.check_can_manage(by)
    if not expert.is_available:
        raise ExpertUnavailable(expert=str(expert))
    _move(request, from_=(State.SENT, State.ASSIGNED), to=State.ASSIGNED, expert=expert)
    _record("assigned", request, by=by, at=at, details={"expert": expert.person.ref})
    notifications.tell(
        expert.person,
        code="agreements.request-assigned",
        subject=_("You are asked for advice: %(subject)s"),
        body=_("%(organisation)s has a question for you. Please answer by %(due)s."),
        details=_facts(request),
        at=at,
        url=_address(request),
    )
    return request


@transaction.atomic
def answer(request: AdvisoryRequest, *, text: str, by: Person, at: datetime) -> AdvisoryRequest:
    """The expert's answer; whoever asked learns of it at once.

    :raises NotPermitted: if the request is not assigned to ``by``.
    :raises TextMissing: without words.
    :raises RequestMovedOn: if it is answered already.
    """
    permissions.check_can_answer(by, request)
    if not text.strip():
        raise TextMissing
    _move(request, from_=(State.ASSIGNED,), to=State.ANSWERED, answer=text.strip(), answered_at=at)
    _record("answered", request, by=by, at=at)
    notifications.tell(
        request.asked_by,
        code="agreements.request-answered",
        subject=_("Your request is answered: %(subject)s"),
        body=_("Read the answer, then close the request and say how useful it was."),
        details=_facts(request),
        at=at,
        url=_address(request),
    )
    return request


@transaction.atomic
def close(request: AdvisoryRequest, *, rating: int, by: Person, at: datetime) -> AdvisoryRequest:
    """Close an answered request with a mark for its usefulness, 1 to 5.

    :raises NotPermitted: unless ``by`` asked the question.
    :raises RatingOutOfScale: if the mark is not on the scale.
    :raises RequestMovedOn: if it is not answered, or closed already.
    """
    permissions.check_can_close(by, request)
    if rating not in range(1, 6):
        raise RatingOutOfScale
    _move(request, from_=(State.ANSWERED,), to=State.CLOSED, rating=rating, closed_at=at)
    _record("closed", request, by=by, at=at, details={"rating": rating})
    if request.expert:
        notifications.tell(
            request.expert.person,
            code="agreements.request-closed",
            subject=_("Closed: %(subject)s"),
            body=_("Your answer was rated %(rating)s of 5. Thank you."),
            details={**_facts(request), "rating": rating},
            at=at,
            url=_address(request),
        )
    return request


def _move(request: AdvisoryRequest, *, from_: tuple[State, ...], to: State, **changes: Any) -> None:
    changed = AdvisoryRequest.objects.filter(pk=request.pk, state__in=from_).update(
        state=to, **changes
    )
    if not changed:
        request.refresh_from_db()
        raise RequestMovedOn(state=request.get_state_display())
    request.refresh_from_db()


def _record(
    verb: str,
    request: AdvisoryRequest,
    *,
    by: Person,
    at: datetime,
    details: dict[str, Any] | None = None,
) -> None:
    audit.record(f"agreements.request.{verb}", subject=request, by=by, at=at, details=details)


def _facts(request: AdvisoryRequest) -> dict[str, Any]:
    return {
        "subject": request.subject,
        "organisation": request.organisation.short,
        "due": request.due_date.strftime("%d.%m.%Y"),
    }


def _address(request: AdvisoryRequest) -> str:
    return reverse("agreements:request", args=[request.pk])
