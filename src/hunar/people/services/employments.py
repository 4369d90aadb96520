from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from hunar.audit import services as audit
from hunar.organisations.models import Post
from hunar.people import permissions, queries
from hunar.people.enums import Permission
from hunar.people.errors import EmployedElsewhere, EmploymentDatesOutOfOrder
from hunar.people.models import Employment, Person


@transaction.atomic
def employ(
    person: Person,
    *,
    post: Post,
    started_date: date,
    by: Person,
    at: datetime,
    supervisor: Person | None = None,
) -> Employment:
    """Let ``person`` hold ``post`` from ``started_date`` on; a post held until then ends the
    day before.

    :raises NotPermitted: if ``by`` does not keep the people of that organisation.
    :raises EmployedElsewhere: if she still holds a post where ``by`` has no say.
    :raises EmploymentDatesOutOfOrder: if the present post began on or after that day.
    """
    permissions.check(by, Permission.MANAGE_PEOPLE, post.organisation)
    present = _present(person)
    if present:
        if not queries.may(by, Permission.MANAGE_PEOPLE, present.organisation):
            raise EmployedElsewhere(organisation=present.organisation)
        if present.started_date >= started_date:
            raise EmploymentDatesOutOfOrder(date=present.started_date)
        present.ended_date = started_date - timedelta(days=1)
        present.save(update_fields=["ended_date"])
    employment = Employment.objects.create(
        person=person,
        post=post,
        organisation=post.organisation,
        started_date=started_date,
        supervisor=supervisor,
    )
    audit.record(
        "people.employment.started",
        subject=person,
        by=by,
        at=at,
        details={
            "post": post.ref,
            "organisation": post.organisation.ref,
            "since": started_date.isoformat(),
        },
    )
    return employment


@transaction.atomic
def end_employment(
    person: Person, *, ended_date: date, by: Person, at: datetime
) -> Employment | None:
    """End the post that ``person`` holds now; None if she holds none.

    :raises NotPermitted: if ``by`` does not keep the people of her organisation.
    :raises EmploymentDatesOutOfOrder: if it began after that day.
    """
    present = _present(person)
    if present is None:
        return None
    permissions.check(by, Permission.MANAGE_PEOPLE, present.organisation)
    if present.started_date > ended_date:
        raise EmploymentDatesOutOfOrder(date=present.started_date)
    present.ended_date = ended_date
    present.save(update_fields=["ended_date"])
    audit.record(
        "people.employment.ended",
        subject=person,
        by=by,
        at=at,
        details={
            "post": present.post.ref,
            "organisation": present.organisation.ref,
            "until": ended_date.isoformat(),
        },
    )
    return present


def _present(person: Person) -> Employment | None:
    return (
        Employment.objects.select_for_update()
        .filter(person=person, ended_date__isnull=True)
        .first()
    )
