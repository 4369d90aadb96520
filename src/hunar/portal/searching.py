"""One field finds people, organisations, courses, and goes to whatever a paper id names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.kernel.types import Words
from hunar.people import queries as people
from hunar.people.models import Employment, Person

LIMIT = 8

# Which page shows the thing that a paper id names.
PAGES = {
    "PER": "people:person",
    "ORG": "organisations:organisation",
}


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


def address_of_paper_id(wish: str) -> str:
    """The page of the thing that ``wish`` names, such as ``NOM-XT6-GTYK``; else empty."""
    try:
        read = read_paper_id(wish)
        return reverse(PAGES[read.prefix], args=[read.number])
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
    more = f"{reverse('people:staff')}?q={wish}" if len(found) > LIMIT else ""
    return Finds(_("People"), "people", hits, more)


def _post_of(someone: Person, posts: dict[int, Employment]) -> str:
    post = posts.get(someone.pk)
    return f"{post.post}, {post.organisation.short}" if post else ""


Source = Callable[[Person, str], Finds]
SOURCES: list[Source] = [_people]
