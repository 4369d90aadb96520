from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from hunar.cohorts.models import Cohort, CohortTrainer, Enrolment
from hunar.cohorts.queries.reach import ON_THE_LIST, sees_all
from hunar.kernel.collation import search_key
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Employment, Person


def enrolments_of(cohort: Cohort) -> QuerySet[Enrolment]:
    """Everybody who has or had a seat, in Turkmen order of names."""
    return Enrolment.objects.filter(cohort=cohort).select_related(
        "person", "organisation", "region", "post"
    )


def enrolments_visible_to(person: Person) -> QuerySet[Enrolment]:
    """Her own; those of cohorts that she teaches; those of her institution's people; all for
    the academy's staff."""
    rows = Enrolment.objects.select_related(
        "person", "organisation", "region", "post", "cohort", "cohort__version"
    )
    if sees_all(person):
        return rows
    visible = Q(person=person) | Q(
        cohort__in=CohortTrainer.objects.filter(person=person).values("cohort_id")
    )
    if people.may(person, Permission.SEE_STAFF):
        visible |= Q(
            organisation__in=people.organisations_where(person, Permission.SEE_STAFF).values("pk")
        )
    return rows.filter(visible)


def enrolments_matching(
    enrolments: QuerySet[Enrolment], *, wish: str = "", state: str = "", organisation: str = ""
) -> QuerySet[Enrolment]:
    """``enrolments`` narrowed by name or number, by state and by institution."""
    for word in search_key(wish).split():
        enrolments = enrolments.filter(person__search_key__contains=word)
    if state in Enrolment.State.values:
        enrolments = enrolments.filter(state=state)
    if organisation.isdigit():
        enrolments = enrolments.filter(organisation_id=int(organisation))
    return enrolments


SORTS = {
    "name": ("person__sort_key", "person_id"),
    "organisation": ("organisation__sort_key", "person__sort_key"),
    "state": ("state", "person__sort_key"),
    "enrolled": ("enrolled_at", "person__sort_key"),
}


def sorted_enrolments(enrolments: QuerySet[Enrolment], wish: str) -> QuerySet[Enrolment]:
    """By ``name``, ``organisation``, ``state`` or ``enrolled``; ``-`` in front turns it round."""
    fields = SORTS.get(wish.lstrip("-"), SORTS["name"])
    if not wish.startswith("-"):
        return enrolments.order_by(*fields)
    return enrolments.order_by(F(fields[0]).desc(), *fields[1:])


def organisations_in(enrolments: QuerySet[Enrolment]) -> list[tuple[int, Any]]:
    """The institutions of ``enrolments`` as choices of a filter, in Turkmen order."""
    rows = enrolments.order_by("organisation__sort_key").values_list(
        "organisation_id", "organisation__title"
    )
    return list(dict(rows).items())


def enrolment_of(person: Person, cohort: Cohort) -> Enrolment | None:
    """The seat that ``person`` holds in ``cohort``."""
    return Enrolment.objects.filter(ON_THE_LIST, person=person, cohort=cohort).first()


def own_enrolments(person: Person) -> QuerySet[Enrolment]:
    """The courses of ``person``, latest first, with their cohorts."""
    return (
        Enrolment.objects.filter(ON_THE_LIST, person=person)
        .select_related("cohort", "cohort__version", "cohort__intake", "cohort__room")
        .order_by("-cohort__starts_date", "pk")
    )


def people_on_the_list(cohort: Cohort) -> QuerySet[Person]:
    """Who takes part in ``cohort``: for fellow learners, who see names only."""
    rows = Enrolment.objects.filter(ON_THE_LIST, cohort=cohort)
    return Person.objects.filter(pk__in=rows.values("person_id"))


def people_matching(wish: str, *, limit: int = 10) -> list[Person]:
    """People for an officer who enrols by hand, by name (either alphabet) or number."""
    if len(wish.strip()) < 2:
        return []
    return list(people.matching(Person.objects.all(), wish)[:limit])


def enrolment_states() -> list[tuple[str, str]]:
    """The states as choices of a filter."""
    return [(value, str(label)) for value, label in Enrolment.State.choices]


@dataclass(frozen=True)
class Candidate:
    """Somebody whom an officer found, and what stands in the way."""

    person: Person
    employment: Employment | None
    is_enrolled: bool

    @property
    def can_enrol(self) -> bool:
        return self.employment is not None and not self.is_enrolled


def candidates(cohort: Cohort, found: list[Person]) -> list[Candidate]:
    """``found`` with their posts, and whether they are in ``cohort`` already."""
    posts = people.present_employments(found)
    enrolled = set(
        Enrolment.objects.filter(ON_THE_LIST, cohort=cohort, person__in=found).values_list(
            "person_id", flat=True
        )
    )
    return [Candidate(person, posts.get(person.pk), person.pk in enrolled) for person in found]


def staff_enrolments(person: Person) -> QuerySet[Enrolment]:
    """The people of the institutions whose staff ``person`` sees, in all cohorts."""
    organisations = people.organisations_where(person, Permission.SEE_STAFF)
    return Enrolment.objects.filter(organisation__in=organisations.values("pk")).select_related(
        "person", "organisation", "region", "post", "cohort", "cohort__version"
    )
