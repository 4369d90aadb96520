"""Units of learning time. Minutes are stored; everything else is shown."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum


class UnitMinutes(IntEnum):
    """Length of a unit in minutes."""

    HOUR = 60
    ACADEMIC_HOUR = 45
    CPE = 50
    ECTS = 30 * 60


def in_units(minutes: int, unit: UnitMinutes, *, places: int = 1) -> Decimal:
    """``minutes`` in ``unit``, rounded half up once.

    >>> in_units(1440, UnitMinutes.ACADEMIC_HOUR)
    Decimal('32.0')
    """
    step = Decimal(1).scaleb(-places)
    return (Decimal(minutes) / Decimal(unit)).quantize(step, ROUND_HALF_UP)
