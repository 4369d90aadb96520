from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit import services as audit
from hunar.careers import errors, permissions
from hunar.careers.models import Candidacy, Competition
from hunar.kernel.errors import NotPermitted
from hunar.notifications import services as notifications
from hunar.people.models import Person


@transaction.atomic
def apply(
    competition: Competition, *, person: Person, statement: str = "", at: datetime
) -> Candidacy:
    """Let ``person`` stand in the competition; her evidence is read at the closing.

    :raises CompetitionNotOpen: outside the published dates.
    :raises AlreadyApplied: if she stands already.
    :raises OfficerCannotApply: if she runs the competitions of that organisation.
    """
    if not competition.is_open_at(at):
        raise errors.CompetitionNotOpen
    permissions.check_can_apply(person, competition)
    try:
        with transaction.atomic():
            candidacy = Candidacy.objects.create(
                competition=competition, person=person, statement=statement, applied_at=at
            )
    except IntegrityError:
        raise errors.AlreadyApplied from None
    audit.record(
        "careers.candidacy.applied",
        subject=candidacy,
        by=person,
        at=at,
        details={"competition": competition.ref},
    )
    _confirm(candidacy, at)
    return candidacy


@transaction.atomic
def withdraw(candidacy: Candidacy, *, by: Person, at: datetime) -> Candidacy:
    """End one's own application while the competition is open; one may apply again.

    :raises NotPermitted: for an application of somebody else.
    :raises CandidacyEnded: if it was withdrawn before or the competition has closed.
    """
    if candidacy.person_id != by.pk:
        raise NotPermitted
    standing = Candidacy.objects.filter(
        pk=candidacy.pk,
        state=Candidacy.State.APPLIED,
        competition__state=Competition.State.PUBLISHED,
        competition__closes_at__gte=at,
    )
    if not standing.update(state=Candidacy.State.WITHDRAWN, withdrawn_at=at):
        raise errors.CandidacyEnded
    candidacy.refresh_from_db()
    audit.record("careers.candidacy.withdrawn", subject=candidacy, by=by, at=at)
    return candidacy


def _confirm(candidacy: Candidacy, at: datetime) -> None:
    notifications.tell(
        candidacy.person,
        code="careers.applied",
        subject=_("Your application was received"),
        body=_(
            "You stand in the competition under the number %(ref)s. What is recorded for you at "
            "the closing counts; nobody can enter marks by hand."
        ),
        details={"ref": candidacy.ref},
        url=reverse("careers:candidacy", args=[candidacy.pk]),
        at=at,
    )
