"""The Turkmen and Russian catalogues are complete, and say the glossary's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools import messages

# A Romanian letter or a Cyrillic one inside a Turkmen word looks right and is wrong.
FOREIGN_TO_TURKMEN = re.compile(r"[șțȘȚа-яёА-ЯЁ]")


def test_the_catalogues_are_complete():
    assert messages.problems() == []


@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_turkmen_messages_use_turkmen_letters(room: Path):
    catalogue = messages.read_catalogue(messages.catalogue_path(room, "tk"), "tk")
    wrong = [
        message.id
        for message in catalogue
        if message.id
        and set(FOREIGN_TO_TURKMEN.findall(str(message.string)))
        - set(FOREIGN_TO_TURKMEN.findall(str(message.id)))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_message_has_one_translation_in_all_rooms(language: str):
    """Django takes the first room's wording: a second one would never be seen."""
    wordings: dict[object, dict[str, set[str]]] = {}
    for room in messages.rooms():
        for message in messages.read_catalogue(messages.catalogue_path(room, language), language):
            if message.id:
                key = (message.id, message.context)
                wordings.setdefault(key, {}).setdefault(str(message.string), set()).add(room.name)
    several = {key: found for key, found in wordings.items() if len(found) > 1}
    assert several == {}
