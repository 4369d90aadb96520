from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from hunar.audit import services as audit
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.models import Organisation
from hunar.people import permissions
from hunar.people.enums import Role
from hunar.people.errors import RoleEnded, RoleHeldAlready, RoleOfTheAcademy
from hunar.people.models import Person, RoleAssignment
from hunar.people.roles import ACADEMY_WIDE


@transaction.atomic
def grant_role(
    person: Person,
    *,
    role: Role,
    organisation: Organisation,
    valid_from: date,
    by: Person,
    at: datetime,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Trust ``person`` with ``role`` for ``organisation``.

    :raises RoleNotYours: if ``by`` would grant it to herself.
    :raises RoleBeyondReach: if only the administrator may grant it.
    :raises RoleOfTheAcademy: if it reaches all organisations and this is not the academy.
    :raises RoleHeldAlready: if she holds it already.
    """
    permissions.check_can_grant(by, role, organisation, to=person)
    if role in ACADEMY_WIDE and organisation.kind != OrganisationKind.ACADEMY:
        raise RoleOfTheAcademy
    try:
        with transaction.atomic():
            assignment = RoleAssignment.objects.create(
                person=person,
                role=role,
                organisation=organisation,
                valid_from=valid_from,
                valid_to=valid_to,
                granted_by=by,
            )
    except IntegrityError:
        raise RoleHeldAlready from None
    audit.record(
        "people.role.granted",
        subject=person,
        by=by,
        at=at,
        details={
            "role": Role(role).value,
            "organisation": organisation.ref,
            "from": valid_from.isoformat(),
        },
    )
    return assignment


@transaction.atomic
def end_role(
    assignment: RoleAssignment, *, ended_date: date, by: Person, at: datetime
) -> RoleAssignment:
    """Take a role back: ``ended_date`` is the last day on which it holds.

    A role that would end before it began ends on the day on which it begins.

    :raises RoleNotYours: if it is a role of ``by``.
    :raises RoleBeyondReach: if only the administrator may end it.
    :raises RoleEnded: if it ended before.
    """
    role = Role(assignment.role)
    permissions.check_can_grant(by, role, assignment.organisation, to=assignment.person)
    last_day = max(ended_date, assignment.valid_from)
    ended = RoleAssignment.objects.filter(pk=assignment.pk, valid_to__isnull=True) | (
        RoleAssignment.objects.filter(pk=assignment.pk, valid_to__gt=last_day)
    )
    if not ended.update(valid_to=last_day):
        raise RoleEnded
    assignment.valid_to = last_day
    audit.record(
        "people.role.ended",
        subject=assignment.person,
        by=by,
        at=at,
        details={
            "role": role.value,
            "organisation": assignment.organisation.ref,
            "until": last_day.isoformat(),
        },
    )
    return assignment
