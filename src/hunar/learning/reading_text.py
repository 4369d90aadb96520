"""A lesson's text as a page: in one language, with a table of contents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from hunar.kernel.text import LANGUAGES, in_language
from hunar.ui import running_text

_LEVEL = re.compile(r"(</?h)([3-6])>")
_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)


@dataclass(frozen=True)
class LessonPage:
    """The text in ``language``; ``languages`` are those in which it is written."""

    language: str
    languages: list[str]
    html: SafeString
    contents: list[tuple[str, str]]


def lesson_page(body: Mapping[str, str], *, wish: str) -> LessonPage:
    """The lesson in the wished language, else in Turkmen, Russian or English.

    Headings of the first two levels get an address each and stand in ``contents`` as
    (address, words).
    """
    languages = [code for code in LANGUAGES if body.get(code, "").strip()]
    language = wish if wish in languages else next(iter(languages), "tk")
    with override(language):
        html = running_text.to_html(in_language(body, language))
    if "<h2>" not in html:
        # Authors begin at ## under the title; the page's own h1 is that title.
        html = _LEVEL.sub(lambda match: f"{match[1]}{int(match[2]) - 1}>", html)
    contents: list[tuple[str, str]] = []

    def with_address(match: re.Match[str]) -> str:
        level, words = match.groups()
        address = f"part-{len(contents) + 1}"
        contents.append((address, strip_tags(words)))
        return f'<h{level} id="{address}">{words}</h{level}>'

    numbered = _HEADING.sub(with_address, html)
    # nh3 has cleaned it; only the addresses above were added.
    return LessonPage(language, languages, mark_safe(numbered), contents)
