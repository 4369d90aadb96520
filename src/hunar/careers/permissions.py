from __future__ import annotations

from hunar.careers.errors import CandidateCannotRank, OfficerCannotApply
from hunar.careers.models import Candidacy, Competition
from hunar.organisations.models import Organisation
from hunar.people import permissions as people_permissions
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person


def can_manage_somewhere(person: Person | None) -> bool:
    """Whether ``person`` runs the competitions of any organisation."""
    return people.may(person, Permission.MANAGE_COMPETITIONS)


def can_manage(person: Person | None, organisation: Organisation) -> bool:
    """Whether ``person`` runs the competitions of ``organisation``."""
    return people.may(person, Permission.MANAGE_COMPETITIONS, organisation)


def check_can_manage(person: Person, organisation: Organisation) -> None:
    """:raises NotPermitted: unless ``person`` runs the competitions of ``organisation``."""
    people_permissions.check(person, Permission.MANAGE_COMPETITIONS, organisation)


def check_can_manage_somewhere(person: Person) -> None:
    """:raises NotPermitted: unless ``person`` runs competitions at all."""
    people_permissions.check(person, Permission.MANAGE_COMPETITIONS)


def can_apply(person: Person, competition: Competition) -> bool:
    """Anybody but the officers who run the competition."""
    return not can_manage(person, competition.post.organisation)


def check_can_apply(person: Person, competition: Competition) -> None:
    """:raises OfficerCannotApply: if she runs the competitions of that organisation."""
    if not can_apply(person, competition):
        raise OfficerCannotApply


def check_can_rank(person: Person, competition: Competition) -> None:
    """:raises NotPermitted: unless she runs the competition.
    :raises CandidateCannotRank: if she stands in it herself.
    """
    check_can_manage(person, competition.post.organisation)
    standing = Candidacy.objects.filter(
        competition=competition, person=person, state=Candidacy.State.APPLIED
    )
    if standing.exists():
        raise CandidateCannotRank
