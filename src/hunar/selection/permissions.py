from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from hunar.kernel.errors import NotPermitted
from hunar.organisations.models import Organisation
from hunar.people import permissions as people
from hunar.people import queries as people_queries
from hunar.people.enums import Permission
from hunar.people.models import Employment, Person
from hunar.selection.errors import AppealsOfficerTookPart, MarkerConflict, NominationForeignPerson
from hunar.selection.models import Appeal, Call, Nomination


def can_manage_calls(person: Person | None) -> bool:
    return people_queries.may(person, Permission.MANAGE_CALLS)


def check_can_manage_calls(person: Person | None) -> None:
    """:raises NotPermitted: unless the person may open, close and decide calls."""
    people.check(person, Permission.MANAGE_CALLS)


def can_nominate(person: Person | None) -> bool:
    """Whether the person nominates for any institution at all."""
    return people_queries.may(person, Permission.NOMINATE)


def check_can_nominate_for(person: Person | None, organisation: Organisation | None) -> None:
    """Let pass who nominates for ``organisation``.

    :raises NominationForeignPerson: if the person nominates, but for other institutions.
    :raises NotPermitted: if the person does not nominate at all.
    """
    people.check(person, Permission.NOMINATE)
    if organisation is None or not people_queries.may(person, Permission.NOMINATE, organisation):
        raise NominationForeignPerson


def can_see_nomination(person: Person, nomination: Nomination) -> bool:
    """The person concerned, the officers of the call, those who nominate for her institution."""
    return (
        nomination.person_id == person.pk
        or can_manage_calls(person)
        or people_queries.may(person, Permission.NOMINATE, nomination.organisation)
    )


def can_withdraw(person: Person, nomination: Nomination) -> bool:
    """The person herself, or who nominates for her institution."""
    return nomination.person_id == person.pk or people_queries.may(
        person, Permission.NOMINATE, nomination.organisation
    )


def check_can_withdraw(person: Person, nomination: Nomination) -> None:
    """:raises NotPermitted: otherwise."""
    if not can_withdraw(person, nomination):
        raise NotPermitted


def check_concerns(person: Person, nomination: Nomination) -> None:
    """Only the nominated person herself accepts, declines and appeals.

    :raises NotPermitted: for everybody else.
    """
    if nomination.person_id != person.pk:
        raise NotPermitted


def can_mark(person: Person | None) -> bool:
    return people_queries.may(person, Permission.MARK_NOMINATIONS)


def check_can_mark(person: Person, nomination: Nomination) -> None:
    """Let pass a panel member to whom the nominated person is a stranger.

    :raises NotPermitted: if she is no panel member.
    :raises MarkerConflict: if the file is hers, of her institution, or nominated by her.
    """
    people.check(person, Permission.MARK_NOMINATIONS)
    if nomination.pk in conflicted_nominations(person, [nomination]):
        raise MarkerConflict


def conflicted_nominations(person: Person, nominations: Sequence[Nomination]) -> set[int]:
    """Primary keys of the files that ``person`` may not mark."""
    employment = Employment.objects.filter(person=person, ended_date__isnull=True).first()
    organisation = employment.organisation if employment else None
    own = {organisation.pk, organisation.parent_id} - {None} if organisation else set()
    reports = set(
        Employment.objects.filter(supervisor=person, ended_date__isnull=True).values_list(
            "person_id", flat=True
        )
    )
    superior = employment.supervisor_id if employment else None
    return {
        each.pk
        for each in nominations
        if each.person_id in {person.pk, superior, *reports}
        or each.nominated_by_id == person.pk
        or each.organisation_id in own
    }


def can_decide_appeals(person: Person | None) -> bool:
    return people_queries.may(person, Permission.DECIDE_APPEALS)


def took_part(person: Person, call: Call) -> bool:
    """Whether ``person`` marked, decided, nominated or was nominated in ``call``."""
    parts = (
        Q(nominations__marks__marker=person)
        | Q(decision__decided_by=person)
        | Q(nominations__nominated_by=person)
        | Q(nominations__person=person)
    )
    return Call.objects.filter(parts, pk=call.pk).exists()


def check_can_decide_appeal(person: Person, appeal: Appeal) -> None:
    """Let pass an appeals officer who took no part in the call.

    :raises NotPermitted: if she is no appeals officer.
    :raises AppealsOfficerTookPart: if she marked, decided or nominated in the call.
    """
    people.check(person, Permission.DECIDE_APPEALS)
    if took_part(person, appeal.nomination.call):
        raise AppealsOfficerTookPart


def can_see_protocol(person: Person | None) -> bool:
    """The officers of calls and those who look after them: appeals, evaluation, system."""
    return people_queries.may(person, Permission.MANAGE_CALLS) or people_queries.may(
        person, Permission.SEE_AUDIT
    )


def check_can_see_protocol(person: Person | None) -> None:
    """:raises NotPermitted: otherwise."""
    if not can_see_protocol(person):
        raise NotPermitted


def check_nominates(person: Person | None) -> None:
    """:raises NotPermitted: unless the person nominates for an institution."""
    people.check(person, Permission.NOMINATE)


def check_marks(person: Person | None) -> None:
    """:raises NotPermitted: unless the person is on the panel."""
    people.check(person, Permission.MARK_NOMINATIONS)


def check_decides_appeals(person: Person | None) -> None:
    """:raises NotPermitted: unless the person decides appeals."""
    people.check(person, Permission.DECIDE_APPEALS)
