from __future__ import annotations

from typing import Any

from hunar.kernel import access
from hunar.kernel.errors import NotPermitted
from hunar.organisations.models import Organisation

MANAGE = "organisations.manage"
ADMINISTER = "config.administer"


def can_manage_units(person: Any, organisation: Organisation) -> bool:
    """Units and posts: the administrator, and the organisation's own."""
    return access.may(person, MANAGE, organisation)


def can_manage(person: Any, organisation: Organisation | None) -> bool:
    """The organisation itself: units by their organisation's administrator, institutions
    (and new ones, None) by the administrator of the platform."""
    if organisation and organisation.parent_id:
        return access.may(person, MANAGE, organisation)
    return access.may(person, MANAGE, organisation) and access.may(person, ADMINISTER)


def check_can_manage_units(person: Any, organisation: Organisation) -> None:
    """:raises NotPermitted: unless ``person`` keeps the units and posts there."""
    if not can_manage_units(person, organisation):
        raise NotPermitted(permission=MANAGE)


def check_can_manage(person: Any, organisation: Organisation | None) -> None:
    """:raises NotPermitted: unless ``person`` may change the organisation itself."""
    if not can_manage(person, organisation):
        raise NotPermitted(permission=MANAGE)
