from __future__ import annotations

from hunar.people import permissions
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person


def can_issue(person: Person | None) -> bool:
    """Issue, revoke and replace certificates, and write the register."""
    return people.may(person, Permission.ISSUE_CREDENTIALS)


def check_can_issue(person: Person | None) -> None:
    """:raises NotPermitted: if the person issues no certificates."""
    permissions.check(person, Permission.ISSUE_CREDENTIALS)


def can_see_register(person: Person | None) -> bool:
    """See certificates of others: those who issue, who report, or whose staff it is."""
    return any(
        people.may(person, permission)
        for permission in (
            Permission.ISSUE_CREDENTIALS,
            Permission.SEE_EVIDENCE,
            Permission.SEE_STAFF,
        )
    )


def check_can_see_register(person: Person | None) -> None:
    """:raises NotPermitted: if the person sees only her own certificates."""
    if not can_see_register(person):
        permissions.check(person, Permission.ISSUE_CREDENTIALS)
