"""What the staff of an organisation lacks against the profiles of its posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from hunar.competencies.models import Competency, Requirement
from hunar.competencies.queries.attainment import attainments
from hunar.competencies.queries.framework import competencies
from hunar.organisations.models import Organisation, Post
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Employment, Person

SORTS = ("name", "missing", "critical")


@dataclass(frozen=True)
class StaffGap:
    """A member of the staff and the levels that she lacks."""

    employment: Employment
    required: int
    missing: int
    critical: int

    @property
    def has_profile(self) -> bool:
        return self.required > 0


@dataclass(frozen=True)
class CompetencyGap:
    """A competency over the staff: how many need it, how many have it, levels missing."""

    competency: Competency
    needed: int
    met: int
    missing: int

    @property
    def unmet(self) -> int:
        return self.needed - self.met


@dataclass(frozen=True)
class OrganisationGaps:
    """The whole picture of one organisation on one day."""

    organisation: Organisation
    staff: list[StaffGap]
    competencies: list[CompetencyGap]

    @property
    def without_profile(self) -> int:
        return sum(not row.has_profile for row in self.staff)

    @property
    def closed(self) -> int:
        return sum(row.has_profile and row.missing == 0 for row in self.staff)


def organisations_with_gaps_for(person: Person) -> QuerySet[Organisation]:
    """The organisations whose staff ``person`` may see, by name."""
    return people.organisations_where(person, Permission.SEE_STAFF).order_by("sort_key")


def organisation_gaps(organisation: Organisation, *, on: date, sort: str = "") -> OrganisationGaps:
    """Who lacks what on ``on``, in the order of ``sort`` (``name``, ``-missing``, ...).

    Four queries, however many people.
    """
    employments = list(
        Employment.objects.filter(organisation=organisation, ended_date__isnull=True)
        .select_related("person", "post")
        .order_by("person__sort_key")
    )
    profiles = _profiles({row.post_id for row in employments})
    attained = attainments([row.person_id for row in employments], on=on)
    staff = [
        _staff_gap(row, profiles.get(row.post_id, []), attained[row.person_id])
        for row in employments
    ]
    return OrganisationGaps(
        organisation=organisation,
        staff=_sorted(staff, sort or "-missing"),
        competencies=_over_competencies(employments, profiles, attained),
    )


def _profiles(post_ids: set[int]) -> dict[int, list[Requirement]]:
    profiles: dict[int, list[Requirement]] = {}
    for row in Requirement.objects.filter(post_id__in=post_ids):
        profiles.setdefault(row.post_id, []).append(row)
    return profiles


def _staff_gap(
    employment: Employment, profile: list[Requirement], attained: Mapping[int, int]
) -> StaffGap:
    lacks = [(max(row.level - attained.get(row.competency_id, 0), 0), row) for row in profile]
    return StaffGap(
        employment=employment,
        required=len(profile),
        missing=sum(levels for levels, _row in lacks),
        critical=sum(levels for levels, row in lacks if row.is_critical),
    )


def _sorted(staff: list[StaffGap], sort: str) -> list[StaffGap]:
    field, is_reversed = sort.removeprefix("-"), sort.startswith("-")
    if field == "name":
        return staff[::-1] if is_reversed else staff
    if field not in SORTS:
        field, is_reversed = "missing", True
    return sorted(staff, key=lambda row: int(getattr(row, field)), reverse=is_reversed)


def _over_competencies(
    employments: list[Employment],
    profiles: Mapping[int, list[Requirement]],
    attained: Mapping[int, Mapping[int, int]],
) -> list[CompetencyGap]:
    counts: dict[int, list[int]] = {}
    for employment in employments:
        has = attained[employment.person_id]
        for row in profiles.get(employment.post_id, []):
            lack = max(row.level - has.get(row.competency_id, 0), 0)
            needed, met, missing = counts.get(row.competency_id, [0, 0, 0])
            counts[row.competency_id] = [needed + 1, met + (lack == 0), missing + lack]
    return [
        CompetencyGap(competency, *counts[competency.pk])
        for competency in competencies()
        if competency.pk in counts
    ]


def gap_sheets(
    gaps: OrganisationGaps,
) -> dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]]:
    """Two sheets for the export: the staff, and the competencies."""
    staff: list[list[object]] = [
        [
            row.employment.person.personnel_number or row.employment.person.ref,
            row.employment.person.name.full,
            str(row.employment.post),
            row.missing if row.has_profile else None,
            row.critical if row.has_profile else None,
        ]
        for row in gaps.staff
    ]
    rows: list[list[object]] = [
        [row.competency.code, str(row.competency), row.needed, row.met, row.missing]
        for row in gaps.competencies
    ]
    staff_head = [_("Number"), _("Name"), _("Post"), _("Levels missing"), _("Of these critical")]
    head = [_("Code"), _("Competency"), _("Needed by"), _("Met by"), _("Levels missing")]
    return {_("Staff"): (staff_head, staff), _("Competencies"): (head, rows)}


# Profiles ---------------------------------------------------------------------


def posts_with_profiles(person: Person, *, organisation: str = "") -> QuerySet[Post]:
    """The posts of organisations that ``person`` manages, with the length of each profile."""
    managed = people.organisations_where(person, Permission.MANAGE_ORGANISATIONS)
    if organisation:
        managed = managed.filter(code=organisation)
    return (
        Post.objects.filter(organisation__in=managed.values("pk"))
        .select_related("organisation")
        .annotate(profile_length=Count("requirements"))
        .order_by("organisation__sort_key", "-grade", "code")
    )


def managed_organisations(person: Person) -> list[tuple[str, str]]:
    """Code and title of the organisations whose profiles ``person`` writes, for a choice."""
    managed = people.organisations_where(person, Permission.MANAGE_ORGANISATIONS)
    return [(row.code, str(row)) for row in managed.order_by("sort_key")]
