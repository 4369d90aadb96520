"""Pages that belong to a cohort or to a person's course, whichever room makes them.

Upper rooms register theirs in ``apps.ready()`` (imported from ``hunar.cohorts.apps``), so
that the cohort's page leads to lessons, exams and certificates without knowing them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from hunar.kernel.types import Words


def everyone(person: Any, subject: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class CohortTab:
    """A page about a cohort for its trainers and officers; ``url_name`` takes the cohort's
    primary key. ``visible(person, cohort)`` should not query."""

    label: Words
    url_name: str
    order: int = 100
    visible: Callable[[Any, Any], bool] = everyone


@dataclass(frozen=True, kw_only=True)
class CourseCard:
    """A way from a learner's course page into another room; ``url_name`` takes the
    enrolment's primary key. ``visible(person, enrolment)`` should not query."""

    label: Words
    text: Words
    url_name: str
    icon: str = "book"
    order: int = 100
    visible: Callable[[Any, Any], bool] = everyone


@dataclass(frozen=True)
class Card:
    """A course card as one page shows it."""

    label: Words
    text: Words
    href: str
    icon: str


_tabs: dict[str, CohortTab] = {}
_cards: dict[str, CourseCard] = {}


def register_tab(tab: CohortTab) -> None:
    """Add a tab to every cohort; the same ``url_name`` replaces."""
    _tabs[tab.url_name] = tab


def register_course_card(card: CourseCard) -> None:
    """Add a card to every learner's course page; the same ``url_name`` replaces."""
    _cards[card.url_name] = card


def tabs_for(person: Any, cohort: Any, *, current: str) -> list[tuple[Words, str, bool]]:
    """Label, address and whether it is ``current`` (a URL name), for ``<c-ui.tabs>``."""
    shown = sorted(_tabs.values(), key=lambda tab: (tab.order, tab.url_name))
    return [
        (tab.label, href, tab.url_name == current)
        for tab in shown
        if tab.visible(person, cohort) and (href := _address(tab.url_name, cohort.pk))
    ]


def cards_for(person: Any, enrolment: Any) -> list[Card]:
    """The cards of a learner's course page, in order."""
    shown = sorted(_cards.values(), key=lambda card: (card.order, card.url_name))
    return [
        Card(card.label, card.text, href, card.icon)
        for card in shown
        if card.visible(person, enrolment) and (href := _address(card.url_name, enrolment.pk))
    ]


def _address(url_name: str, pk: int) -> str:
    try:
        return reverse(url_name, args=[pk])
    except NoReverseMatch:
        return ""
