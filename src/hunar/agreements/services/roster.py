from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from hunar.agreements import permissions
from hunar.agreements.errors import ExpertListed, ExpertWithoutRole
from hunar.agreements.models import Expert
from hunar.audit import services as audit
from hunar.organisations.models import Organisation
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person


@transaction.atomic
def add_expert(
    person: Person,
    *,
    organisation: Organisation,
    fields: Mapping[str, str],
    languages: Sequence[str],
    by: Person,
    at: datetime,
) -> Expert:
    """Put ``person`` on the roster: from now on requests can be assigned to her.

    :raises NotPermitted: if ``by`` does not manage agreements.
    :raises ExpertWithoutRole: if ``person`` holds no role that allows answering.
    :raises ExpertListed: if she is on the roster already.
    """
    permissions.check_can_manage(by)
    if not people.may(person, Permission.ANSWER_ADVICE):
        raise ExpertWithoutRole
    try:
        with transaction.atomic():
            expert = Expert.objects.create(
                person=person,
                organisation=organisation,
                fields=dict(fields),
                languages=list(languages),
            )
    except IntegrityError:
        raise ExpertListed from None
    details = {"languages": list(languages)}
    audit.record("agreements.expert.added", subject=person, by=by, at=at, details=details)
    return expert


@transaction.atomic
def edit_expert(
    expert: Expert,
    *,
    organisation: Organisation,
    fields: Mapping[str, str],
    languages: Sequence[str],
    is_available: bool,
    by: Person,
    at: datetime,
) -> Expert:
    """Correct an entry of the roster. Who is not available gets no further requests.

    :raises NotPermitted: if ``by`` does not manage agreements.
    """
    permissions.check_can_manage(by)
    expert.organisation = organisation
    expert.fields = dict(fields)
    expert.languages = list(languages)
    expert.is_available = is_available
    expert.save()
    details = {"languages": list(languages), "available": is_available}
    audit.record("agreements.expert.edited", subject=expert.person, by=by, at=at, details=details)
    return expert
