from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hunar.ui.running_text import to_html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](x.png){onerror=alert(1)}",
        '<img src=x onerror="alert(1)">',
        ":::note <script>alert(1)</script>\nx\n:::",
        '<p style="position:fixed">x</p>',
    ],
)
def test_scripts_and_styles_do_not_survive(source: str) -> None:
    html = to_html(source)
    for active in ("<script", 'href="javascript', "<img src=x", "<p style"):
        assert active not in html


@given(st.text(max_size=60))
def test_no_text_becomes_a_script(source: str) -> None:
    assert "<script" not in to_html(f"<script>{source}</script>{source}").lower()


def test_containers_fold_and_name_themselves() -> None:
    with override("en"):
        html = to_html(":::answer\nThe third.\n:::\n\n:::exercise Two questions\nWhy?\n:::")
    assert '<details class="callout answer"><summary>Show the answer</summary>' in html
    assert '<p class="callout-title">Two questions</p>' in html


def test_a_containers_title_follows_the_readers_language() -> None:
    source = ":::note\nx\n:::"
    with override("en"):
        assert "Note" in to_html(source)


def test_headings_leave_the_first_level_to_the_page() -> None:
    assert "<h2>One</h2>" in to_html("# One")
    assert "<h6>Six</h6>" in to_html("###### Six")


def test_tables_align_without_style() -> None:
    html = to_html("| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert 'align="right"' in html
    assert "style=" not in html
