from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Employment, Person
from hunar.selection import rules
from hunar.selection.models import Call, Nomination
from hunar.selection.queries.facts import cohorts_of, facts_of


def staff_to_nominate(person: Person) -> QuerySet[Employment]:
    """The present staff of the institutions for which ``person`` nominates."""
    organisations = people.organisations_where(person, Permission.NOMINATE)
    first_day = (
        Employment.objects.filter(person=OuterRef("person_id"))
        .order_by("started_date")
        .values("started_date")[:1]
    )
    return (
        Employment.objects.filter(
            ended_date__isnull=True, organisation__in=organisations.values("pk")
        )
        .select_related(
            "person", "post", "organisation", "organisation__parent", "organisation__region__parent"
        )
        .annotate(service_began=Subquery(first_day))
        .order_by("person__sort_key", "person_id")
    )


@dataclass(frozen=True)
class Candidate:
    """One line of the staff list: who, how large the gap, and what stands in the way."""

    employment: Employment
    facts: rules.Facts
    gap: int
    """The largest gap that one of the call's cohorts can close."""
    failed: tuple[rules.EligibilityCheck, ...]
    """Requirements not met, the supervisor's consent aside."""
    is_nominated: bool

    @property
    def person(self) -> Person:
        return self.employment.person


def candidates(
    call: Call,
    *,
    by: Person,
    on: date,
    nominated: Collection[int],
    wish: str = "",
    sort: str = "-gap",
    role_group: str = "",
) -> list[Candidate]:
    """The staff list for ``call``, by competency gap; a fixed number of queries.

    :param nominated: primary keys of the people who are nominated in the call.
    """
    staff = staff_to_nominate(by)
    if wish:
        staff = staff.filter(person__in=people.matching(Person.objects.all(), wish))
    if role_group:
        staff = staff.filter(post__role_group=role_group)
    found = _candidates(call, list(staff), nominated, on=on)
    if sort.removeprefix("-") == "name":
        return sorted(found, key=lambda each: each.person.sort_key, reverse=sort.startswith("-"))
    if sort.removeprefix("-") == "grade":
        sign = -1 if sort.startswith("-") else 1
        return sorted(found, key=lambda each: (sign * each.facts.grade, each.person.sort_key))
    sign = 1 if sort == "gap" else -1
    return sorted(found, key=lambda each: (sign * each.gap, each.person.sort_key))


def _candidates(
    call: Call, staff: list[Employment], nominated: Collection[int], *, on: date
) -> list[Candidate]:
    frozen = rules.from_json(call.rules)
    cohorts = cohorts_of(call)
    everybody = {each.person_id: True for each in staff}
    facts = facts_of(staff, cohorts=cohorts, on=on, consent=everybody)
    codes = [cohort.code for cohort in cohorts]
    return [
        Candidate(
            employment=each,
            facts=facts[each.person_id],
            gap=max(facts[each.person_id].gap.values(), default=0),
            failed=tuple(
                check
                for check in rules.check(frozen, facts[each.person_id], codes)
                if not check.holds
            ),
            is_nominated=each.person_id in nominated,
        )
        for each in staff
    ]


def candidate(call: Call, *, by: Person, person_id: int, on: date) -> Candidate | None:
    """One person of the staff list; None if she is not on it."""
    staff = list(staff_to_nominate(by).filter(person_id=person_id))
    standing = call.nominations.exclude(state=Nomination.State.WITHDRAWN)
    nominated = set(standing.filter(person_id=person_id).values_list("person_id", flat=True))
    return next(iter(_candidates(call, staff, nominated, on=on)), None)


def facts_of_people(
    call: Call, *, by: Person, people_ids: Collection[int], on: date
) -> list[rules.Facts]:
    """The facts of ticked people, for the balance shown while choosing."""
    staff = list(staff_to_nominate(by).filter(person_id__in=people_ids))
    return list(facts_of(staff, cohorts=cohorts_of(call), on=on).values())
