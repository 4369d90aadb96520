"""Filters: figures, days and texts as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from hunar.ui.templatetags import hunar as words
from hunar.ui.tests.rendering import get_request, rendered


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1440, "24 h 0 min"), (95, "1 h 35 min"), (40, "40 min"), (None, "–")],
)
def test_minutes_read_as_hours(value: int | None, expected: str) -> None:
    with override("en"):
        assert words.minutes(value) == expected


def test_academic_hours_have_45_minutes() -> None:
    with override("en"):
        assert words.academic_hours(45) == "1 academic hour"
        assert words.academic_hours(1440) == "32 academic hours"
        assert words.academic_hours(60) == "1.3 academic hours"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("tk", "18 noýabr 2025"),
        ("ru", "18 ноября 2025\N{NARROW NO-BREAK SPACE}г."),
        ("en", "18 November 2025"),
    ],
)
def test_a_day_reads_in_the_language_of_the_page(language: str, expected: str) -> None:
    with override(language):
        assert words.localdate(date(2025, 11, 18)) == expected


def test_a_moment_is_told_in_ashgabat() -> None:
    with override("en"):
        late = datetime(2025, 11, 17, 20, 30, tzinfo=UTC)
        assert words.localdatetime(late) == "18 November 2025, 01:30"
        assert words.localdate(late) == "18 November 2025"


def test_no_day_is_no_word() -> None:
    assert words.localdate(None) == ""
    assert words.localdatetime(None) == ""


def test_text_picks_the_language_and_falls_back_to_turkmen_first() -> None:
    title = {"tk": "Synag", "ru": "Экзамен"}
    with override("ru"):
        assert words.text(title) == "Экзамен"
    with override("en"):
        assert words.text(title) == "Synag"
        assert words.text({"ru": "Экзамен", "tk": ""}) == "Экзамен"
    assert words.text(None) == ""
    assert words.text("plain") == "plain"


def test_figures_follow_the_language() -> None:
    with override("en"):
        assert words.number(12345.5) == "12,345.5"
        assert words.fixed(84, 2) == "84.00"
        assert words.percent(0.4567, 1) == "45.7%"
    with override("ru"):
        assert words.fixed(84.5, 2) == "84,50"
        assert words.percent(0.4567, 1) == "45,7\N{NO-BREAK SPACE}%"


def test_querystring_replaces_removes_and_repeats() -> None:
    request = get_request("/", q="a", page="2")
    assert rendered("{% querystring page=3 %}", request) == "?q=a&amp;page=3"
    assert rendered("{% querystring page=None q='' %}", request) == "?"
    assert rendered("{% querystring q=many page=None %}", request, many=["x", "y"]) == (
        "?q=x&amp;q=y"
    )


def test_a_qr_code_has_no_style() -> None:
    drawn = words.qr_code("https://hunar.example/verify/1")
    assert drawn.startswith("<svg")
    assert "style" not in drawn
