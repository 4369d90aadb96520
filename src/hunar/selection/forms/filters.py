"""Choices of the filter bars."""

from __future__ import annotations

from hunar.organisations.enums import RoleGroup
from hunar.selection.models import Appeal, Call, Nomination

CALL_STATES = Call.State.choices
NOMINATION_STATES = Nomination.State.choices
APPEAL_STATES = Appeal.State.choices
ROLE_GROUPS = RoleGroup.choices
