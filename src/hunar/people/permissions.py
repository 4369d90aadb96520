from __future__ import annotations

from hunar.kernel.errors import NotPermitted
from hunar.organisations.models import Organisation
from hunar.people import queries
from hunar.people.enums import Permission
from hunar.people.models import Person


def check(
    person: Person | None, permission: Permission, organisation: Organisation | None = None
) -> None:
    """Let pass who holds ``permission`` (for ``organisation``, if given).

    :raises NotPermitted: otherwise.
    """
    if not queries.may(person, permission, organisation):
        raise NotPermitted(permission=permission.value)
