"""Names of people: family, given, and a patronymic that may be missing.

The Cyrillic form is a field of its own, never made from the Latin one; the passport
form follows ICAO Doc 9303 and can be proposed from the Turkmen spelling.
"""

from __future__ import annotations

from dataclasses import dataclass

# ICAO Doc 9303-3, section 6, recommended transliteration of national characters.
_ICAO = {
    "Ç": "C", "Ä": "AE", "Ž": "Z", "Ň": "N", "Ö": "OE", "Ş": "S", "Ü": "UE", "Ý": "Y",
}  # fmt: skip


@dataclass(frozen=True)
class Name:
    """One spelling of a name."""

    family: str
    given: str
    patronymic: str = ""

    @property
    def full(self) -> str:
        """As in orders and lists: family name first."""
        return " ".join(part for part in (self.family, self.given, self.patronymic) if part)

    @property
    def short(self) -> str:
        """As on a signature line: ``Annaýewa G. B.``"""
        initials = " ".join(f"{part[0]}." for part in (self.given, self.patronymic) if part)
        return f"{self.family} {initials}".strip()

    @property
    def address(self) -> str:
        """As when one speaks to the person: given name and patronymic."""
        return f"{self.given} {self.patronymic}".strip()

    @property
    def initials(self) -> str:
        return "".join(part[0] for part in (self.family, self.given) if part)


def passport_form(text: str) -> str:
    """The spelling of the machine-readable zone: capitals A to Z, space and hyphen.

    >>> passport_form("Öwezowa Şemşat")
    'OEWEZOWA SEMSAT'
    """
    capitals = "".join(_ICAO.get(letter, letter) for letter in text.upper())
    return "".join(letter for letter in capitals if letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ -")
