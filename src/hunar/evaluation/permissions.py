from __future__ import annotations

from hunar.people import permissions as people_permissions
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person


def can_see(person: Person | None) -> bool:
    """Whether ``person`` sees indicators and the records behind them."""
    return people.may(person, Permission.SEE_EVIDENCE)


def check_can_see(person: Person) -> None:
    """:raises NotPermitted: unless ``person`` sees evidence."""
    people_permissions.check(person, Permission.SEE_EVIDENCE)


def can_report(person: Person | None) -> bool:
    """Whether ``person`` sets targets and releases reports."""
    return people.may(person, Permission.MANAGE_REPORTS)


def check_can_report(person: Person) -> None:
    """:raises NotPermitted: unless ``person`` releases reports."""
    people_permissions.check(person, Permission.MANAGE_REPORTS)


def can_see_names(person: Person) -> bool:
    """Whether records carry names for ``person``: only for who sees staff lists anyway.

    Others see ids, so that small groups stay hidden from them.
    """
    return people.may(person, Permission.SEE_STAFF)
