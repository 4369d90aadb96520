from __future__ import annotations

from hunar.agreements.models import AdvisoryRequest, Agreement
from hunar.kernel.errors import NotPermitted
from hunar.organisations.models import Organisation
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person
from hunar.people.permissions import check


def can_manage(person: Person | None) -> bool:
    """Who manages agreements drafts and signs them, keeps the roster and assigns requests."""
    return people.may(person, Permission.MANAGE_AGREEMENTS)


def check_can_manage(person: Person | None) -> None:
    """:raises NotPermitted: if ``person`` does not manage agreements."""
    check(person, Permission.MANAGE_AGREEMENTS)


def can_ask_somewhere(person: Person | None) -> bool:
    return people.may(person, Permission.ASK_ADVICE)


def can_ask(person: Person, agreement: Agreement, organisation: Organisation) -> bool:
    """For an organisation that she may speak for, and that is a party, as is its parent.

    Who manages agreements may ask for every organisation.
    """
    if can_manage(person):
        return True
    parties = {party.organisation_id for party in agreement.parties.all()}
    concerned = bool(parties & {organisation.pk, organisation.parent_id})
    return concerned and people.may(person, Permission.ASK_ADVICE, organisation)


def check_can_ask(person: Person, agreement: Agreement, organisation: Organisation) -> None:
    """:raises NotPermitted: if ``person`` may not ask for ``organisation`` under ``agreement``."""
    if not can_ask(person, agreement, organisation):
        raise NotPermitted(permission=Permission.ASK_ADVICE.value)


def can_answer(person: Person, request: AdvisoryRequest) -> bool:
    """The expert to whom the request is assigned."""
    return (
        request.expert is not None
        and request.expert.person_id == person.pk
        and people.may(person, Permission.ANSWER_ADVICE)
    )


def check_can_answer(person: Person, request: AdvisoryRequest) -> None:
    """:raises NotPermitted: if the request is not assigned to ``person``."""
    if not can_answer(person, request):
        raise NotPermitted(permission=Permission.ANSWER_ADVICE.value)


def check_can_close(person: Person, request: AdvisoryRequest) -> None:
    """:raises NotPermitted: unless ``person`` asked the question."""
    if request.asked_by_id != person.pk:
        raise NotPermitted


def can_ask_under(person: Person, agreement: Agreement) -> bool:
    """Whether there is an organisation for which she may ask under ``agreement``."""
    if can_manage(person):
        return True
    parties = {party.organisation_id for party in agreement.parties.all()}
    return any(
        people.may(person, Permission.ASK_ADVICE, role.organisation)
        and parties & {role.organisation_id, role.organisation.parent_id}
        for role in people.roles_of(person)
    )


def check_can_ask_under(person: Person, agreement: Agreement) -> None:
    """:raises NotPermitted: if she may ask for no organisation under ``agreement``."""
    if not can_ask_under(person, agreement):
        raise NotPermitted(permission=Permission.ASK_ADVICE.value)


def can_see_roster(person: Person | None) -> bool:
    """Who manages agreements, may ask or may be asked."""
    return (
        can_manage(person)
        or can_ask_somewhere(person)
        or people.may(person, Permission.ANSWER_ADVICE)
    )


def check_can_see_roster(person: Person | None) -> None:
    """:raises NotPermitted: if the roster is of no use to ``person``."""
    if not can_see_roster(person):
        raise NotPermitted
