"""Taking out of a motivation what would tell a marker who wrote it or about whom."""

from __future__ import annotations

import re
from collections.abc import Iterable

BLACKED_OUT = "▇▇▇"
_WORD = re.compile(r"\w+", re.UNICODE)
_SHORTEST = 4
_ENDINGS = 5


def redact(text: str, telling: Iterable[str]) -> str:
    """``text`` with every word blacked out that begins with one of the ``telling`` words.

    Names of people and institutions are inflected in Turkmen and Russian, so a word
    counts as telling when at most five letters follow.

    >>> redact("Annaýewanyň işi", ["Annaýewa"])
    '▇▇▇ işi'
    """
    stems = {
        word.casefold()
        for name in telling
        for word in _WORD.findall(name)
        if len(word) >= _SHORTEST
    }

    def black(match: re.Match[str]) -> str:
        word = match.group().casefold()
        told = any(word.startswith(stem) and len(word) - len(stem) <= _ENDINGS for stem in stems)
        return BLACKED_OUT if told else match.group()

    return _WORD.sub(black, text)
