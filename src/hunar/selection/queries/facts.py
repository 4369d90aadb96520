"""What is true of people when they are nominated; a fixed number of queries for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Min

from hunar.catalogue.models import Objective
from hunar.cohorts.models import Cohort, Enrolment
from hunar.competencies import queries as competencies
from hunar.competencies.models import Requirement
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.models import Organisation, Region
from hunar.people.models import Employment
from hunar.selection.models import Call
from hunar.selection.rules import Facts

Levels = Mapping[int, int]
"""A level per competency."""


def institution_of(organisation: Organisation) -> Organisation:
    """The ministry, agency or university to which a unit belongs; what caps count."""
    if organisation.kind == OrganisationKind.UNIT and organisation.parent:
        return organisation.parent
    return organisation


def cohorts_of(call: Call) -> list[Cohort]:
    """The cohorts that ``call`` fills, in its order."""
    rows = call.call_cohorts.select_related("cohort__version__course")
    return [row.cohort for row in rows]


def facts_of(
    employments: Sequence[Employment],
    *,
    cohorts: Sequence[Cohort],
    on: date,
    consent: Mapping[int, bool] | None = None,
) -> dict[int, Facts]:
    """By person: the facts that the rules of a call can ask for.

    :param employments: present ones, with post, organisation and region at hand; those that
        carry ``service_began`` spare a query.
    :param consent: by person, whether the supervisor agrees.
    """
    people = [employment.person_id for employment in employments]
    gaps = course_gaps(employments, cohorts=cohorts, on=on)
    trained = _trained(people, cohorts)
    since = _service_began(employments)
    return {
        each.person_id: Facts(
            sex=each.person.sex,
            region=_region_code(each.organisation.region),
            grade=each.post.grade,
            role_group=each.post.role_group,
            is_leading=each.post.is_leading,
            months_in_post=_months(each.started_date, on),
            months_in_service=_months(since.get(each.person_id, each.started_date), on),
            trained=tuple(sorted(trained[each.person_id])),
            gap=gaps[each.person_id],
            has_consent=bool(consent and consent.get(each.person_id)),
        )
        for each in employments
    }


def course_gaps(
    employments: Sequence[Employment], *, cohorts: Sequence[Cohort], on: date
) -> dict[int, dict[str, int]]:
    """By person and cohort: levels that her post asks for, the course gives and she lacks."""
    given = _levels_given(cohorts)
    required = _levels_required({each.post_id for each in employments})
    attained = competencies.attainments([each.person_id for each in employments], on=on)
    return {
        each.person_id: {
            cohort.code: _missing(
                required[each.post_id], given[cohort.version_id], attained[each.person_id]
            )
            for cohort in cohorts
        }
        for each in employments
    }


def _missing(required: Levels, given: Levels, attained: Levels) -> int:
    return sum(
        max(min(level, given[competency]) - attained.get(competency, 0), 0)
        for competency, level in required.items()
        if competency in given
    )


def _levels_given(cohorts: Sequence[Cohort]) -> dict[int, dict[int, int]]:
    given: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Objective.objects.filter(
        module__version__in={cohort.version_id for cohort in cohorts}
    ).values_list("module__version_id", "competency_id", "level_to")
    for version, competency, level in rows:
        given[version][competency] = max(level, given[version].get(competency, 0))
    return given


def _levels_required(posts: Iterable[int]) -> dict[int, dict[int, int]]:
    required: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Requirement.objects.filter(post_id__in=posts)
    for post, competency, level in rows.values_list("post_id", "competency_id", "level"):
        required[post][competency] = level
    return required


def _trained(people: Sequence[int], cohorts: Sequence[Cohort]) -> dict[int, set[str]]:
    trained: dict[int, set[str]] = defaultdict(set)
    rows = (
        Enrolment.objects.filter(
            person_id__in=people,
            state__in=[Enrolment.State.ENROLLED, Enrolment.State.COMPLETED],
        )
        .exclude(cohort__in=[cohort.pk for cohort in cohorts])
        .order_by()
        .values_list("person_id", "cohort__version__course__code")
    )
    for person, course in rows:
        trained[person].add(course)
    return trained


def _service_began(employments: Sequence[Employment]) -> dict[int, date]:
    known: dict[int, date] = {
        each.person_id: began
        for each in employments
        if (began := getattr(each, "service_began", None))
    }
    if len(known) == len(employments):
        return known
    people = [each.person_id for each in employments]
    rows = Employment.objects.filter(person_id__in=people).order_by().values_list("person_id")
    return dict(rows.annotate(Min("started_date")))


def _months(since: date, on: date) -> int:
    months = (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
    return max(months, 0)


def _region_code(region: Region | None) -> str:
    if region is None:
        return ""
    return region.parent.code if region.parent else region.code
