"""Small ids for paper, such as ``NOM-XT6-GTYK``.

An id is the row's number, scrambled so that neighbours look unlike, in an alphabet
of 31 symbols without look-alikes (no 0, 1, I, L, O), and a check symbol. 31 is
prime: a weighted sum modulo 31 finds every wrong symbol and every swap of two
neighbours (ISO 7064 rests on the same argument). The prefix goes into the sum, so that
an id of one kind is not taken for another (``NOM`` for ``CRD``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZU"
BASE = len(ALPHABET)
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_BODY = 6
_ROOM = BASE**_BODY
_FACTOR = 523_456_789  # coprime to 31, so that multiplying permutes the room
_SHIFT = 271_828_182
_INVERSE = pow(_FACTOR, -1, _ROOM)
_PATTERN = re.compile(r"^\s*([A-Z]{2,4})[-\s]?([0-9A-Z]{3})[-\s]?([0-9A-Z]{3})([0-9A-Z])\s*$")


class UnreadablePaperId(ValueError):
    """The text is no id, or one of its symbols was misread."""

    code = "unreadable-id"


@dataclass(frozen=True)
class PaperId:
    """The kind (a prefix of two to four capitals) and the number of a row."""

    prefix: str
    number: int

    def __str__(self) -> str:
        scrambled = (self.number * _FACTOR + _SHIFT) % _ROOM
        symbols = []
        for _ in range(_BODY):
            scrambled, digit = divmod(scrambled, BASE)
            symbols.append(ALPHABET[digit])
        body = "".join(reversed(symbols))
        return f"{self.prefix}-{body[:3]}-{body[3:]}{_check_symbol(self.prefix, body)}"


def paper_id(prefix: str, number: int) -> str:
    """The id of row ``number``, 1 to 887 million, as printed."""
    if not 0 < number < _ROOM:
        raise ValueError(f"number out of room: {number}")
    return str(PaperId(prefix, number))


def read_paper_id(text: str) -> PaperId:
    """The id that a person typed, in any case, with or without dashes.

    :raises UnreadablePaperId: if the form or the check symbol is wrong.
    """
    match = _PATTERN.match(text.upper())
    if not match:
        raise UnreadablePaperId(text)
    prefix, first, second, check = match.groups()
    body = first + second
    if any(symbol not in _VALUE for symbol in body) or check != _check_symbol(prefix, body):
        raise UnreadablePaperId(text)
    scrambled = 0
    for symbol in body:
        scrambled = scrambled * BASE + _VALUE[symbol]
    number = (scrambled - _SHIFT) * _INVERSE % _ROOM
    if number == 0:
        raise UnreadablePaperId(text)
    return PaperId(prefix, number)


def _check_symbol(prefix: str, body: str) -> str:
    letters = [ord(letter) - ord("A") + 1 for letter in prefix]
    values = [*letters, *(_VALUE[symbol] for symbol in body)]
    # Weights count from the right; starting at 7 keeps the prefixes that people type apart.
    total = sum(weight * value for weight, value in enumerate(reversed(values), start=7))
    return ALPHABET[total % BASE]
