"""Text that staff write: data, with one wording per language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language, override

from hunar.kernel.types import Words

LANGUAGES = ("tk", "ru", "en")


def in_language(text: Mapping[str, str] | str, language: str | None = None) -> str:
    """The wording in ``language`` (default: the page's), else Turkmen, Russian, English."""
    if isinstance(text, str):
        return text
    for code in ((language or get_language() or "")[:2], *LANGUAGES):
        if wording := text.get(code):
            return wording
    return ""


def missing_languages(text: Mapping[str, str]) -> list[str]:
    """Codes of the languages in which the wording still has to be written."""
    return [code for code in LANGUAGES if not text.get(code, "").strip()]


def in_all_languages(words: Words, **details: object) -> dict[str, str]:
    """A marked message as data: its wording in every language, placeholders filled."""
    wordings = {}
    for code in LANGUAGES:
        with override(code):
            wordings[code] = str(words) % details if details else str(words)
    return wordings
