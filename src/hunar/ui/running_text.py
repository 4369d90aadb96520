"""Markdown that authors write, as safe HTML.

CommonMark with tables and four containers: ``:::note``, ``:::example``,
``:::exercise`` and ``:::answer`` (folded until the reader opens it). A title may
follow the container's name. Headings move one level down, because the page has
its own first heading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.container import container_plugin

CONTAINERS = ("note", "example", "exercise", "answer")

_TAGS = (
    {"p", "br", "hr", "strong", "em", "s", "a", "img", "code", "pre", "blockquote"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "sub", "sup", "kbd"}
    | {"table", "thead", "tbody", "tr", "th", "td", "div", "details", "summary"}
)
_CLASSES: dict[str, set[str]] = {
    "div": {"callout", *CONTAINERS},
    "details": {"callout", "answer"},
    "p": {"callout-title"},
}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "table": {"tabindex"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
}


def to_html(source: str) -> str:
    """Safe HTML for ``source``; the titles of containers are in the reader's language."""
    return _rendered(source, get_language() or "en")


@lru_cache(maxsize=512)
def _rendered(source: str, language: str) -> str:
    # Keyed by the text itself: a changed text is a new key, nothing to invalidate.
    return nh3.clean(
        _parser().render(source),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.core.ruler.push("headings_one_down", _move_headings_down)
    for name in CONTAINERS:
        parser.use(container_plugin, name, render=_opening_and_closing(name))
    return parser


def _move_headings_down(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        elif token.type == "table_open":
            # A wide table scrolls in itself on a phone: the keyboard must reach it.
            token.attrSet("tabindex", "0")
        elif token.type in ("th_open", "td_open"):
            # Alignment as an attribute: the policy of the page forbids style="".
            style = str(token.attrs.pop("style", ""))
            if style:
                token.attrs["align"] = style.removeprefix("text-align:")


def _container_title(name: str) -> str:
    return {
        "note": gettext("Note"),
        "example": gettext("Example"),
        "exercise": gettext("Exercise"),
        "answer": gettext("Show the answer"),
    }[name]


def _opening_and_closing(name: str) -> Callable[..., str]:
    def render(
        renderer: RendererProtocol,
        tokens: Sequence[Token],
        index: int,
        options: OptionsDict,
        env: dict[str, Any],
    ) -> str:
        token = tokens[index]
        folded = name == "answer"
        if token.nesting != 1:
            return "</details>\n" if folded else "</div>\n"
        given = token.info.strip().removeprefix(name).strip()
        title = escape(given or _container_title(name))
        if folded:
            return f'<details class="callout answer"><summary>{title}</summary>\n'
        return f'<div class="callout {name}"><p class="callout-title">{title}</p>\n'

    return render
