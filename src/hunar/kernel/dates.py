"""Dates as official papers word them, and Turkmen ordinals. CLDR knows neither."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

_FRONT_UNITS = frozenset({1, 2, 3, 4, 5, 7, 8})
_FRONT_TENS = frozenset({20, 50, 70, 80})
# Month in the third person: "the fifth of December" is "5-nji dekabry".
_MONTHS = (
    "ýanwary", "fewraly", "marty", "apreli", "maýy", "iýuny",
    "iýuly", "awgusty", "sentýabry", "oktýabry", "noýabry", "dekabry",
)  # fmt: skip


def ordinal(number: int) -> str:
    """A Turkmen ordinal in figures: the suffix follows the vowels of the last numeral.

    *bäş* has front vowels, *alty* back ones.

    >>> ordinal(5), ordinal(6), ordinal(2026), ordinal(30), ordinal(100)
    ('5-nji', '6-njy', '2026-njy', '30-njy', '100-nji')

    :raises ValueError: if ``number`` is negative.
    """
    if number < 0:
        raise ValueError("an ordinal is not negative")
    return f"{number}-{'nji' if _ends_in_front_vowels(number) else 'njy'}"


def _ends_in_front_vowels(number: int) -> bool:
    if unit := number % 10:
        return unit in _FRONT_UNITS
    if tens := number % 100:
        return tens in _FRONT_TENS
    # ýüz (100) and müň (1000) are front, nol (0) and million are back.
    return bool(number % 1_000_000)


def official_date(day: date, language: str) -> str:
    """The day as an order or a certificate has it.

    >>> official_date(date(2025, 12, 5), "tk")
    '2025-nji ýylyň 5-nji dekabry'
    """
    if language == "tk":
        return f"{ordinal(day.year)} ýylyň {ordinal(day.day)} {_MONTHS[day.month - 1]}"
    if language == "ru":
        return format_date(day, "d MMMM y 'года'", locale="ru")
    return format_date(day, "d MMMM y", locale="en_GB")


def official_dates(day: date) -> dict[str, str]:
    """``official_date`` in each language, as data for a document."""
    return {language: official_date(day, language) for language in ("tk", "ru", "en")}


def official_period(first: date, last: date) -> dict[str, str]:
    """Two days as one period in each language."""
    return {
        language: f"{official_date(first, language)} – {official_date(last, language)}"
        for language in ("tk", "ru", "en")
    }
