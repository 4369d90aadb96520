"""What selection tells people; each message is kept in three languages."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.kernel.calendar import ASHGABAT
from hunar.notifications.services import tell
from hunar.people.models import Person
from hunar.selection.models import Appeal, Call, Nomination, Place


def _nomination_url(nomination: Nomination) -> str:
    return reverse("selection:own_nomination", args=[nomination.pk])


def _moment(value: datetime) -> str:
    return value.astimezone(ASHGABAT).strftime("%d.%m.%Y %H:%M")


def tell_nominated(nomination: Nomination, *, call: Call, at: datetime) -> None:
    """Her institution has nominated her."""
    tell(
        nomination.person,
        code="selection.nominated",
        subject=_("You are nominated for a course"),
        body=_(
            "Your institution has nominated you: %(ref)s. Nominations end on %(closes)s; "
            "then the requirements are checked and the panel marks without seeing names."
        ),
        details={"ref": nomination.ref, "closes": _moment(call.closes_at)},
        url=_nomination_url(nomination),
        at=at,
    )


def tell_ineligible(nomination: Nomination, *, call: Call, at: datetime) -> None:
    """She fails a requirement; the page says which, and how to appeal."""
    tell(
        nomination.person,
        code="selection.ineligible",
        subject=_("Your nomination does not meet the requirements"),
        body=_(
            "Nomination %(ref)s does not meet the published requirements. The page of the "
            "nomination names each requirement and what it rests on. You can appeal there."
        ),
        details={"ref": nomination.ref},
        url=_nomination_url(nomination),
        at=at,
    )


def tell_offered(place: Place, *, at: datetime) -> None:
    """A place waits for her answer, at the decision or from the waiting list."""
    promoted = place.is_promotion
    tell(
        place.nomination.person,
        code="selection.place-promoted" if promoted else "selection.place-offered",
        subject=(
            _("A seat was freed for you: accept your place")
            if promoted
            else _("You are chosen: accept your place")
        ),
        body=_(
            "A place in cohort %(cohort)s is offered to you. Accept or decline it by %(until)s; "
            "after that it goes to the next on the waiting list."
        ),
        details={"cohort": place.cohort.code, "until": _moment(place.accept_by)},
        url=_nomination_url(place.nomination),
        at=at,
    )


def tell_not_offered(nomination: Nomination, *, at: datetime) -> None:
    """The call is decided and she has no place: waiting, or not chosen."""
    waiting = nomination.state == Nomination.State.WAITING
    tell(
        nomination.person,
        code="selection.waiting" if waiting else "selection.not-chosen",
        subject=(
            _("You are on the waiting list") if waiting else _("You were not chosen this time")
        ),
        body=_(
            "The call is decided. The page of nomination %(ref)s shows your points for each "
            "criterion, your position, the cut-off and the reason, and how to appeal."
        ),
        details={"ref": nomination.ref},
        url=_nomination_url(nomination),
        at=at,
    )


def tell_lapsed(place: Place, *, at: datetime) -> None:
    """Her time to accept has passed."""
    tell(
        place.nomination.person,
        code="selection.place-lapsed",
        subject=_("The time to accept your place has passed"),
        body=_(
            "The place in cohort %(cohort)s was not accepted by %(until)s and goes to the next "
            "on the waiting list."
        ),
        details={"cohort": place.cohort.code, "until": _moment(place.accept_by)},
        url=_nomination_url(place.nomination),
        at=at,
    )


def tell_withdrawn(nomination: Nomination, *, by: Person, at: datetime) -> None:
    """To the person, unless she withdrew herself."""
    if nomination.person_id == by.pk:
        return
    tell(
        nomination.person,
        code="selection.withdrawn",
        subject=_("Your nomination was withdrawn"),
        body=_("Your institution has withdrawn nomination %(ref)s."),
        details={"ref": nomination.ref},
        url=_nomination_url(nomination),
        at=at,
    )


def tell_appeal_received(appeal: Appeal, *, at: datetime) -> None:
    """Her appeal has come in, and when it is decided."""
    tell(
        appeal.nomination.person,
        code="selection.appeal-received",
        subject=_("Your appeal is received"),
        body=_(
            "Appeal %(ref)s is received. It is decided by %(until)s by an officer who took no "
            "part in the call."
        ),
        details={"ref": appeal.ref, "until": appeal.due_date.strftime("%d.%m.%Y")},
        url=_nomination_url(appeal.nomination),
        at=at,
    )


def tell_appeal_decided(appeal: Appeal, *, at: datetime) -> None:
    """Her appeal is upheld or dismissed, with the reasons."""
    tell(
        appeal.nomination.person,
        code="selection.appeal-decided",
        subject=(
            _("Your appeal is upheld")
            if appeal.state == Appeal.State.UPHELD
            else _("Your appeal is dismissed")
        ),
        body=_("Appeal %(ref)s is decided. Reasons: %(reasons)s"),
        details={"ref": appeal.ref, "reasons": appeal.reasons},
        url=_nomination_url(appeal.nomination),
        at=at,
    )
