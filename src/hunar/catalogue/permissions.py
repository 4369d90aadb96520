from __future__ import annotations

from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person
from hunar.people.permissions import check


def can_manage(person: Person | None) -> bool:
    """Who manages programmes and courses sees drafts and may load, publish and retire."""
    return people.may(person, Permission.MANAGE_CATALOGUE)


def check_can_manage(person: Person | None) -> None:
    """:raises NotPermitted: if ``person`` does not manage programmes and courses."""
    check(person, Permission.MANAGE_CATALOGUE)
