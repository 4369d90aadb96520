"""Turkmen order and search that forgives: keys that a database compares as plain text.

Both keys consist of ``a`` to ``z`` alone, so that every collation of every database
orders and finds them alike.
"""

from __future__ import annotations

import unicodedata

TURKMEN_ALPHABET = "abçdeäfghijžklmnňoöprsştuüwyýz"
# Letters of other Latin alphabets stand after the Turkmen letter they resemble.
_GUESTS = {"c": "b", "q": "p", "v": "u", "x": "w", "ë": "e"}
_CYRILLIC_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"

_CYRILLIC_TO_LATIN = {
    "а": "a", "б": "b", "в": "w", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "z",
    "җ": "j", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n",
    "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ү": "u", "ф": "f", "х": "h", "ц": "s", "ч": "c", "ш": "s", "щ": "s", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ә": "a", "ю": "yu", "я": "ya",
}  # fmt: skip
# Spellings that people mix when they write a Turkmen name.
_MIXED_SPELLINGS = (
    ("dzh", "j"), ("dz", "j"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("kh", "h"),
    ("ts", "s"), ("v", "w"), ("q", "k"), ("x", "h"),
)  # fmt: skip


def _symbol(position: int) -> str:
    return chr(ord("a") + position // 26) + chr(ord("a") + position % 26)


def _ordered_symbols() -> dict[str, str]:
    order: dict[str, str] = {" ": _symbol(1), "-": _symbol(2)}
    order |= {digit: _symbol(3 + value) for value, digit in enumerate("0123456789")}
    for rank, letter in enumerate(TURKMEN_ALPHABET):
        order[letter] = _symbol(14 + rank * 2)
    for guest, host in _GUESTS.items():
        order[guest] = _symbol(14 + TURKMEN_ALPHABET.index(host) * 2 + 1)
    for rank, letter in enumerate(_CYRILLIC_ALPHABET):
        order[letter] = _symbol(100 + rank)
    return order


_SYMBOLS = _ordered_symbols()


def sort_key(*parts: str) -> str:
    """A key whose plain order is the order of the Turkmen alphabet, part by part.

    Ç follows C's place after B, Ä follows E, Ž follows J, Ň follows N, and so on.
    Letters that are unknown sort last.

    >>> sorted(["Zäkirow", "Çaryýew", "Döwletow", "Baýramow"], key=sort_key)
    ['Baýramow', 'Çaryýew', 'Döwletow', 'Zäkirow']
    """
    separator = _symbol(0)
    last = _symbol(200)
    return separator.join(
        "".join(
            _SYMBOLS.get(letter) or _SYMBOLS.get(_plain(letter)) or last
            for letter in unicodedata.normalize("NFC", part.strip().lower())
        )
        for part in parts
    )


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFKD", letter)[0]


def search_key(*parts: str) -> str:
    """Text folded for search: no marks, Latin for Cyrillic, mixed spellings made one.

    >>> search_key("Döwletow") == search_key("Довлетов") == search_key("dowletow")
    True
    """
    words = []
    for part in parts:
        folded = "".join(
            _CYRILLIC_TO_LATIN.get(letter, letter)
            for letter in unicodedata.normalize("NFC", part.lower())
        )
        plain = "".join(
            letter
            for letter in unicodedata.normalize("NFKD", folded)
            if letter.isalnum() or letter == " "
        )
        for written, meant in _MIXED_SPELLINGS:
            plain = plain.replace(written, meant)
        # Ýe and е, ýý and й: one sound, written once or twice.
        plain = plain.replace("ye", "e").replace("yy", "y")
        words.append(" ".join(plain.split()))
    return " ".join(word for word in words if word)
