"""One field finds people, organisations, courses, and goes to whatever a paper id names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hunar.catalogue import queries as catalogue
from hunar.kernel import clock
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.kernel.types import Words
from hunar.organisations import queries as organisations
from hunar.people import queries as people
from hunar.people.models import Employment, Person

LIMIT = 8

# Which page shows the thing that a paper id names.
PAGES = {
    "ADV": "agreements:request",
    "AGR": "agreements:agreement",
    "APL": "selection:appeal",
    "ATT": "exams:attempt",
    "CAL": "selection:call",
    "CDY": "careers:candidacy",
    "CMP": "careers:competition",
    "COH": "cohorts:cohort",
    "CPD": "cpd:record",
    "CRD": "credentials:credential",
    "CVR": "catalogue:version",
    "DOC": "cohorts:document",
    "ENR": "cohorts:enrolment",
    "EXM": "exams:exam",
    "IMP": "selection:import",
    "NOM": "selection:nomination",
    "ORG": "organisations:organisation",
    "PER": "people:person",
    "PRG": "catalogue:programme",
    "PST": "organisations:post",
    "SIT": "exams:sitting",
}
# The person concerned has a page of her own for these.
OWN_PAGES = {"NOM": "selection:own_nomination"}


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    title: str
    note: str
    href: str


@dataclass(frozen=True)
class Finds:
    """The things of one kind, and whether there are more."""

    title: Words
    icon: str
    hits: list[Hit]
    more_href: str = ""


def address_of_paper_id(person: Person, wish: str) -> str:
    """The page of the thing that ``wish`` names, such as ``NOM-XT6-GTYK``; else empty.

    Whether ``person`` may see the thing is decided by that page; of people she may not see
    the search finds nothing.
    """
    try:
        read = read_paper_id(wish)
        if read.prefix == Person.PREFIX:
            visible = people.people_visible_to(person).filter(pk=read.number)
            if not visible.exists():
                return ""
        is_own = read.prefix in OWN_PAGES and not people.roles_of(person)
        page = (OWN_PAGES if is_own else PAGES)[read.prefix]
        return reverse(page, args=[read.number])
    except (UnreadablePaperId, KeyError, NoReverseMatch):
        return ""


def found_for(person: Person, *, wish: str) -> list[Finds]:
    """What ``person`` may see and ``wish`` names, kind by kind; kinds without hits left out."""
    return [finds for source in SOURCES if (finds := source(person, wish)).hits]


def _people(person: Person, wish: str) -> Finds:
    found = list(people.matching(people.people_visible_to(person), wish)[: LIMIT + 1])
    posts = people.present_employments(found)
    hits = [
        Hit(
            title=someone.name.full,
            note=_post_of(someone, posts),
            href=reverse("people:person", args=[someone.pk]),
        )
        for someone in found[:LIMIT]
    ]
    more = f"{reverse('people:staff')}?{urlencode({'q': wish})}" if len(found) > LIMIT else ""
    return Finds(_("People"), "people", hits, more)


def _post_of(someone: Person, posts: dict[int, Employment]) -> str:
    post = posts.get(someone.pk)
    return f"{post.post}, {post.organisation.short}" if post else ""


def _organisations(person: Person, wish: str) -> Finds:
    found = list(organisations.organisations(on=clock.today(), wish=wish)[: LIMIT + 1])
    hits = [
        Hit(
            title=str(row),
            note=row.get_kind_display(),
            href=reverse("organisations:organisation", args=[row.pk]),
        )
        for row in found[:LIMIT]
    ]
    more = f"{reverse('organisations:organisations')}?{urlencode({'q': wish})}"
    return Finds(_("Organisations"), "building", hits, more if len(found) > LIMIT else "")


def _courses(person: Person, wish: str) -> Finds:
    found = list(catalogue.published_versions(wish=wish)[: LIMIT + 1])
    hits = [
        Hit(
            title=str(version),
            note=version.course.code,
            href=reverse("catalogue:course", args=[version.course.code]),
        )
        for version in found[:LIMIT]
    ]
    more = f"{reverse('catalogue:courses')}?{urlencode({'q': wish})}"
    return Finds(_("Courses"), "book", hits, more if len(found) > LIMIT else "")


Source = Callable[[Person, str], Finds]
SOURCES: list[Source] = [_people, _organisations, _courses]
