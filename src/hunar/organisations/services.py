from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from hunar.audit import services as audit
from hunar.audit.services import Subject
from hunar.kernel.calendar import WorkWeek
from hunar.kernel.text import missing_languages
from hunar.organisations import permissions
from hunar.organisations.enums import OrganisationKind, RoleGroup
from hunar.organisations.errors import (
    ClosedAlready,
    CodeTaken,
    DatesOutOfOrder,
    StillHasStaff,
    StillHasUnits,
    TitleMissing,
    UnitOfUnit,
)
from hunar.organisations.models import FormerTitle, Organisation, Post, Region


@transaction.atomic
def create_organisation(
    *,
    code: str,
    kind: OrganisationKind,
    title: dict[str, str],
    valid_from: date,
    by: Subject,
    at: datetime,
    short_title: dict[str, str] | None = None,
    region: Region | None = None,
    parent: Organisation | None = None,
    work_week: WorkWeek = WorkWeek.FIVE_DAYS,
) -> Organisation:
    """Enter an institution, or with ``parent`` a unit of one.

    :raises NotPermitted: if ``by`` may not.
    :raises TitleMissing: if the title lacks a language.
    :raises UnitOfUnit: if the parent is itself a unit.
    :raises CodeTaken: if the code is in use.
    """
    if parent:
        permissions.check_can_manage_units(by, parent)
        if parent.parent_id:
            raise UnitOfUnit
    else:
        permissions.check_can_manage(by, None)
    _require_title(title)
    organisation = Organisation(
        code=code,
        kind=OrganisationKind.UNIT if parent else kind,
        title=title,
        short_title=short_title or {},
        region=region or (parent.region if parent else None),
        parent=parent,
        work_week=work_week,
        valid_from=valid_from,
    )
    _insert(organisation, code)
    _record("organisations.organisation.created", organisation, by, at, code=code)
    return organisation


@transaction.atomic
def rename(
    organisation: Organisation,
    *,
    title: dict[str, str],
    short_title: dict[str, str],
    from_date: date,
    by: Subject,
    at: datetime,
) -> Organisation:
    """Give an organisation a new title from ``from_date`` on; the former one stays readable.

    :raises NotPermitted, TitleMissing:
    :raises ClosedAlready: if it does not exist any more.
    :raises DatesOutOfOrder: if the present title began on or after that day.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.check_can_manage(by, organisation)
    _require_open(organisation)
    _require_title(title)
    last = organisation.former_titles.order_by("-valid_to").first()
    began = last.valid_to + timedelta(days=1) if last else organisation.valid_from
    if from_date <= began:
        raise DatesOutOfOrder(date=began)
    FormerTitle.objects.create(
        organisation=organisation,
        title=organisation.title,
        short_title=organisation.short_title,
        valid_from=began,
        valid_to=from_date - timedelta(days=1),
    )
    organisation.title = title
    organisation.short_title = short_title
    organisation.save()
    _record("organisations.organisation.renamed", organisation, by, at, **{"from": str(from_date)})
    return organisation


@transaction.atomic
def close(organisation: Organisation, *, last_day: date, by: Subject, at: datetime) -> Organisation:
    """End an organisation with ``last_day``; whatever refers to it stays.

    :raises NotPermitted, ClosedAlready:
    :raises StillHasStaff: if people hold posts there.
    :raises StillHasUnits: if units are open.
    :raises DatesOutOfOrder: if it began after that day.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    permissions.check_can_manage(by, organisation)
    _require_open(organisation)
    if last_day < organisation.valid_from:
        raise DatesOutOfOrder(date=organisation.valid_from)
    staff = Organisation.objects.filter(
        pk=organisation.pk, employments__isnull=False, employments__ended_date__isnull=True
    )
    if count := staff.count():
        raise StillHasStaff(count=count)
    open_units = organisation.units.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day))
    if count := open_units.count():
        raise StillHasUnits(count=count)
    organisation.valid_to = last_day
    organisation.save(update_fields=["valid_to"])
    _record("organisations.organisation.closed", organisation, by, at, last_day=str(last_day))
    return organisation


@transaction.atomic
def create_post(
    organisation: Organisation,
    *,
    code: str,
    title: dict[str, str],
    grade: int,
    role_group: RoleGroup,
    by: Subject,
    at: datetime,
    family: str = "digital",
    is_leading: bool = False,
) -> Post:
    """Add a post to the staffing table.

    :raises NotPermitted, ClosedAlready, TitleMissing, CodeTaken:
    """
    permissions.check_can_manage_units(by, organisation)
    _require_open(organisation)
    _require_title(title)
    post = Post(
        organisation=organisation,
        code=code,
        title=title,
        grade=grade,
        role_group=role_group,
        family=family,
        is_leading=is_leading,
    )
    _insert(post, code)
    _record("organisations.post.created", post, by, at, code=code, grade=grade)
    return post


@transaction.atomic
def change_post(
    post: Post,
    *,
    title: dict[str, str],
    grade: int,
    role_group: RoleGroup,
    family: str,
    is_leading: bool,
    by: Subject,
    at: datetime,
) -> Post:
    """Change a post for all who hold it; the record keeps the former grade and group.

    :raises NotPermitted, TitleMissing:
    """
    permissions.check_can_manage_units(by, post.organisation)
    _require_title(title)
    before = {"grade": post.grade, "role_group": post.role_group, "family": post.family}
    post.title, post.grade, post.role_group = title, grade, role_group
    post.family, post.is_leading = family, is_leading
    post.save()
    after = {"grade": grade, "role_group": str(role_group), "family": family}
    _record("organisations.post.changed", post, by, at, before=before, after=after)
    return post


def _require_title(title: dict[str, str]) -> None:
    if missing := missing_languages(title):
        raise TitleMissing(languages=", ".join(missing))


def _require_open(organisation: Organisation) -> None:
    if organisation.valid_to is not None:
        raise ClosedAlready


def _insert(row: Organisation | Post, code: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise CodeTaken(code=code) from None


def _record(act: str, subject: Subject, by: Subject, at: datetime, **details: object) -> None:
    audit.record(act, subject=subject, by=by, at=at, details=details)
