"""What the frame of every page shows: rooms register it in their ``apps.ready()``.

``ui`` stands below the rooms and cannot ask them; they tell it once, at the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy

from hunar.kernel.types import Words

PERSONAL = gettext_lazy("My learning")
"""The group of pages about the reader herself."""
MUCH_TO_DO = 8

Visible: TypeAlias = Callable[[HttpRequest], bool]


def everyone(request: HttpRequest) -> bool:
    return True


def signed_in(request: HttpRequest) -> bool:
    """Whether the ``people`` room recognised somebody."""
    return getattr(request, "person", None) is not None


@dataclass(frozen=True, kw_only=True)
class NavigationEntry:
    """One line of the main navigation.

    ``order`` sorts, smallest first; entries that share ``group`` stand under that
    heading. ``visible`` is asked once per page and should not query.
    """

    label: Words
    url_name: str
    icon: str = "document"
    order: int = 100
    group: Words = ""
    visible: Visible = signed_in


@dataclass(frozen=True, kw_only=True)
class PlainLink:
    """A line of the account menu or of the footer."""

    label: Words
    url_name: str
    icon: str = ""
    order: int = 100
    visible: Visible = everyone


@dataclass(frozen=True, kw_only=True)
class Counter:
    """A number beside the bell: how many, and the page that lists them."""

    label: Words
    url_name: str
    count: Callable[[HttpRequest], int]
    visible: Visible = signed_in


@dataclass(frozen=True)
class Link:
    """An entry as one request sees it."""

    label: Words
    href: str
    icon: str = ""
    group: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class CounterLink:
    label: Words
    href: str
    count: int


_entries: dict[str, NavigationEntry] = {}
_account: dict[str, PlainLink] = {}
_footer: dict[str, PlainLink] = {}
_counters: dict[str, Counter] = {}


def register(entry: NavigationEntry) -> None:
    """Add ``entry`` to the main navigation; the same ``url_name`` replaces."""
    _entries[entry.url_name] = entry


def register_account_link(link: PlainLink) -> None:
    """Add a line to the menu under the person's name."""
    _account[link.url_name] = link


def register_footer_link(link: PlainLink) -> None:
    """Add a line to the foot of every page (verify a certificate, documentation)."""
    _footer[link.url_name] = link


def register_counter(counter: Counter) -> None:
    """Put a bell with a number into the header."""
    _counters[counter.url_name] = counter


def registered_url_names() -> list[str]:
    """Every URL name in use here, for the system check."""
    return [*_entries, *_account, *_footer, *_counters]


def entries_for(request: HttpRequest) -> list[Link]:
    """The main navigation, grouped and ordered; the entry of this page is current.

    An entry whose page does not exist is left out; ``manage.py check`` names it.
    """
    shown = [entry for entry in _entries.values() if entry.visible(request)]
    shown.sort(key=_place_among(shown))
    found = [(entry, href) for entry in shown if (href := _address(entry.url_name))]
    current = _longest_prefix(request.path, [href for _, href in found])
    return [
        Link(entry.label, href, entry.icon, str(entry.group), href == current)
        for entry, href in found
    ]


def _place_among(shown: list[NavigationEntry]) -> Callable[[NavigationEntry], tuple[int, int, str]]:
    """Home first; whoever works for others finds her own learning last, a learner first."""
    serves_others = sum(entry.group != PERSONAL for entry in shown) > MUCH_TO_DO

    def place(entry: NavigationEntry) -> tuple[int, int, str]:
        part = 0 if not entry.group else 1 + ((entry.group == PERSONAL) == serves_others)
        return part, entry.order, entry.url_name

    return place


def account_links_for(request: HttpRequest) -> list[Link]:
    """The lines of the account menu."""
    return _plain_links(_account, request)


def footer_links_for(request: HttpRequest) -> list[Link]:
    """The links of the footer."""
    return _plain_links(_footer, request)


def counters_for(request: HttpRequest) -> list[CounterLink]:
    """The bells with their numbers."""
    return [
        CounterLink(counter.label, href, counter.count(request))
        for counter in _counters.values()
        if counter.visible(request) and (href := _address(counter.url_name))
    ]


def _plain_links(links: dict[str, PlainLink], request: HttpRequest) -> list[Link]:
    shown = sorted(links.values(), key=lambda link: (link.order, link.url_name))
    return [
        Link(link.label, href, link.icon, "", href == request.path)
        for link in shown
        if link.visible(request) and (href := _address(link.url_name))
    ]


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _longest_prefix(path: str, addresses: list[str]) -> str:
    inside = [href for href in addresses if path == href or (href != "/" and path.startswith(href))]
    return max(inside, key=len, default="")
