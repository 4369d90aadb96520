"""Which role allows what: the whole table in one place.

A role is held for one organisation and reaches its units. Roles of the academy that
stand in ``ACADEMY_WIDE`` reach every organisation.
"""

from __future__ import annotations

from hunar.people.enums import Permission as May
from hunar.people.enums import Role

ALLOWS: dict[Role, frozenset[May]] = {
    Role.PROGRAMME_OFFICER: frozenset(
        {
            May.MANAGE_AGREEMENTS,
            May.ASK_ADVICE,
            May.MANAGE_CATALOGUE,
            May.MANAGE_COHORTS,
            May.RECORD_ATTENDANCE,
            May.MANAGE_CALLS,
            May.MANAGE_EXAMS,
            May.ISSUE_CREDENTIALS,
            May.VERIFY_CPD,
            May.SEE_STAFF,
            May.SEE_EVIDENCE,
        }
    ),
    Role.HR_OFFICER: frozenset(
        {May.NOMINATE, May.SEE_STAFF, May.ASK_ADVICE, May.MANAGE_COMPETITIONS}
    ),
    Role.TRAINER: frozenset({May.RECORD_ATTENDANCE, May.ANSWER_ADVICE}),
    Role.EXAMINER: frozenset({May.MANAGE_EXAMS, May.INVIGILATE}),
    Role.INVIGILATOR: frozenset({May.INVIGILATE, May.RECORD_ATTENDANCE}),
    Role.PANEL_MEMBER: frozenset({May.MARK_NOMINATIONS}),
    Role.APPEALS_OFFICER: frozenset({May.DECIDE_APPEALS, May.SEE_AUDIT}),
    Role.ME_OFFICER: frozenset({May.SEE_EVIDENCE, May.MANAGE_REPORTS, May.SEE_AUDIT}),
    Role.ORGANISATION_ADMIN: frozenset(
        {May.MANAGE_PEOPLE, May.SEE_STAFF, May.MANAGE_ORGANISATIONS}
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            May.ADMINISTER,
            May.MANAGE_PEOPLE,
            May.MANAGE_ORGANISATIONS,
            May.SEE_STAFF,
            May.SEE_AUDIT,
        }
    ),
}

ACADEMY_WIDE = frozenset(
    {
        Role.PROGRAMME_OFFICER,
        Role.EXAMINER,
        Role.PANEL_MEMBER,
        Role.APPEALS_OFFICER,
        Role.ME_OFFICER,
        Role.ADMINISTRATOR,
    }
)
"""Held at the academy, these roles reach all organisations."""

DELEGATED = frozenset({Role.HR_OFFICER, Role.ORGANISATION_ADMIN})
"""The administrator of an organisation grants these for her own organisation."""


def roles_allowing(permission: May) -> list[Role]:
    """The roles that allow ``permission``, in the order of the table."""
    return [role for role, allowed in ALLOWS.items() if permission in allowed]
