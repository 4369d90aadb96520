from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "locale"


@pytest.mark.parametrize("language", ["tk", "ru"])
def test_every_message_is_translated(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    assert len(catalogue) > 50
    for message in catalogue:
        if message.id:
            words = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(words), message.id
            assert not message.fuzzy, message.id


def test_both_languages_hold_the_same_messages() -> None:
    held = []
    for language in ("tk", "ru"):
        with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            held.append({message.id for message in read_po(file) if message.id})
    assert held[0] == held[1]
