"""Who gets which certificate, how long it holds, and how its numbers are written.

Plain Python: no clock, no database. Shares are exact fractions.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hunar.kernel.calendar import ASHGABAT, end_of_day
from hunar.kernel.collation import search_key
from hunar.kernel.ids import ALPHABET

ATTENDANCE_NEEDED = Fraction(4, 5)
NOTHING = Fraction(0)
ACHIEVEMENT, PARTICIPATION = "achievement", "participation"

# What is due ------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is recorded of one enrolment. ``is_passed`` is None without a released result."""

    attendance: Fraction
    is_closed: bool = True
    is_on_the_list: bool = True
    is_passed: bool | None = None
    is_exam_awaited: bool = False
    revoked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """The kind of certificate that is due (empty: none) and the code of the reason."""

    kind: str
    reason: str


def due(facts: Facts) -> Finding:
    """The rule: achievement for who passed and attended 80 %, participation for who only
    attended, nothing for the others. While results are awaited, nothing is handed out that
    a pass would overtake.

    >>> due(Facts(attendance=Fraction(4, 5), is_passed=True)).kind
    'achievement'
    """
    if not facts.is_on_the_list:
        return Finding("", "not-enrolled")
    if not facts.is_closed:
        return Finding("", "cohort-open")
    if facts.attendance < ATTENDANCE_NEEDED:
        return Finding("", "attendance-low")
    if facts.is_passed:
        finding = Finding(ACHIEVEMENT, "passed")
    elif facts.is_passed is None and facts.is_exam_awaited:
        return Finding("", "exam-awaited")
    else:
        finding = Finding(PARTICIPATION, "attended")
    return Finding("", "revoked") if finding.kind in facts.revoked else finding


def per_cent(share: Fraction) -> str:
    """A share as per cent with two decimals, half up.

    >>> per_cent(Fraction(4, 5))
    '80.00'
    """
    exact = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


# Dates ------------------------------------------------------------------------


def valid_until(awarded: datetime, *, months: int) -> datetime | None:
    """The last instant of a certificate: the same day ``months`` later, in Ashgabat; the
    last day of the month where it has no such day. 0 months: it does not expire.
    """
    if months == 0:
        return None
    day = awarded.astimezone(ASHGABAT).date()
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = date(year, month, min(day.day, monthrange(year, month)[1]))
    return end_of_day(last).replace(microsecond=0)


def standing(*, valid_until: datetime | None, revoked_at: datetime | None, at: datetime) -> str:
    """``revoked``, ``expired`` or ``valid``; a revoked one is never merely expired."""
    if revoked_at is not None:
        return "revoked"
    if valid_until is not None and at > valid_until:
        return "expired"
    return "valid"


def iso_duration(minutes: int) -> str:
    """Minutes as ISO 8601 has it.

    >>> iso_duration(1440), iso_duration(1485)
    ('PT24H', 'PT24H45M')
    """
    hours, rest = divmod(minutes, 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")


# Codes and names --------------------------------------------------------------

CODE_LENGTH = 12


def in_groups(symbols: str) -> str:
    """Twelve symbols as printed: ``XXXX-XXXX-XXXX``."""
    return "-".join(symbols[place : place + 4] for place in range(0, len(symbols), 4))


def read_code(text: str) -> str | None:
    """The verification code that somebody typed, as printed; None if it is none."""
    symbols = "".join(symbol for symbol in text.upper() if symbol not in " -–—.")
    if len(symbols) != CODE_LENGTH or any(symbol not in ALPHABET for symbol in symbols):
        return None
    return in_groups(symbols)


def read_register_number(text: str) -> tuple[int, int] | None:
    """Year and number out of ``2025-00012``, ``2025/12`` or ``№ 2025-12``; None if it is none."""
    year, _, number = text.strip().lstrip("№ ").replace("/", "-").partition("-")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return None
    if not (number.isascii() and number.isdigit() and len(number) <= 6):
        return None
    return int(year), int(number)


def names_match(entered: str, *, spellings: Iterable[str]) -> bool:
    """Whether what was entered is the holder's name in one of its ``spellings``.

    Family and given name are needed, in any order, marks and alphabet left aside; the
    patronymic may be left out but not be another one.

    :param spellings: full names, family name first.
    """
    words = search_key(entered).split()
    for spelling in spellings:
        name = search_key(spelling).split()
        if len(words) >= 2 and set(name[:2]) <= set(words) <= set(name):
            return True
    return False


def identity_hash(identity: str, *, salt: str) -> str:
    """The hash of Open Badges 3.0 (IdentityHash): ``sha256$`` and the hexadecimal digest of
    the identity followed by its salt."""
    return "sha256$" + hashlib.sha256(f"{identity}{salt}".encode()).hexdigest()


# Status list ------------------------------------------------------------------

LIST_BITS = 131_072
"""The least length of a list (W3C Bitstring Status List v1.0, section 4.5), for privacy."""


def encoded_list(indexes: Iterable[int]) -> str:
    """A bitstring with the bits ``indexes`` set, gzipped, in multibase base64url.

    The first index is the left-most bit (section 4.3 of the standard). The same indexes
    give the same text.
    """
    bits = bytearray(LIST_BITS // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), compresslevel=9, mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def is_set(encoded: str, index: int) -> bool:
    """Whether bit ``index`` of an encoded list is set.

    :raises ValueError: if the text is no such list, or too short for the index.
    """
    if not encoded.startswith("u") or index < 0:
        raise ValueError("not a multibase base64url text")
    padded = encoded[1:] + "=" * (-len(encoded[1:]) % 4)
    try:
        bits = gzip.decompress(base64.urlsafe_b64decode(padded))
    except (OSError, EOFError) as problem:
        raise ValueError("not a gzipped bitstring") from problem
    if index >= len(bits) * 8:
        raise ValueError("the list is too short")
    return bool(bits[index // 8] & 0x80 >> index % 8)
