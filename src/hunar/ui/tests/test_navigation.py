from __future__ import annotations

import pytest

from hunar.ui import navigation
from hunar.ui.checks import navigation_leads_somewhere
from hunar.ui.navigation import Counter, NavigationEntry, PlainLink
from hunar.ui.tests.rendering import get_request, rendered

pytestmark = pytest.mark.usefixtures("empty_navigation")


def entry(url_name: str = "ui:gallery", **changes: object) -> NavigationEntry:
    values = {"label": "Parts", "url_name": url_name, "visible": navigation.everyone, **changes}
    return NavigationEntry(**values)  # type: ignore[arg-type]


def test_entries_stand_in_their_order_and_mark_the_page() -> None:
    navigation.register(entry("ui:theme", order=2))
    navigation.register(entry(order=1))
    links = navigation.entries_for(get_request("/ui/pages/list/"))
    assert [link.href for link in links] == ["/ui/", "/ui/theme/"]
    assert [link.is_current for link in links] == [True, False]


def test_the_longest_address_wins() -> None:
    navigation.register(entry())
    navigation.register(entry("ui:theme"))
    links = navigation.entries_for(get_request("/ui/theme/"))
    assert [link.href for link in links if link.is_current] == ["/ui/theme/"]


def test_an_entry_hides_from_whom_it_does_not_concern() -> None:
    navigation.register(entry(visible=navigation.signed_in))
    assert navigation.entries_for(get_request()) == []


def test_an_entry_without_an_address_is_left_out_and_reported() -> None:
    navigation.register(entry("nowhere:list"))
    assert navigation.entries_for(get_request()) == []
    assert [warning.id for warning in navigation_leads_somewhere(None)] == ["ui.W001"]


def test_the_frame_shows_counters_and_links() -> None:
    navigation.register(entry())
    navigation.register_footer_link(PlainLink(label="Verify", url_name="ui:gallery"))
    navigation.register_counter(
        Counter(
            label="News",
            url_name="ui:gallery",
            count=lambda request: 7,
            visible=navigation.everyone,
        )
    )
    page = rendered('{% extends "ui/base.html" %}')
    assert '<span class="count">7</span>' in page
    assert ">Verify</a>" in page
    assert page.count('class="nav-link"') == 2
