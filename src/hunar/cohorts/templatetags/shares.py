"""Attendance shares for people: rounded down, so that 79.96 % never reads as 80 %."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django import template

from hunar.ui.templatetags.hunar import MISSING, number

register = template.Library()


@register.filter
def share_number(share: Fraction | None) -> int:
    """The share in whole per cent, rounded down; for meters."""
    return 0 if share is None else share.numerator * 100 // share.denominator


@register.filter
def share_percent(share: Fraction | None) -> str:
    """The share in words, with one decimal: 93.3 %."""
    if share is None:
        return MISSING
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return f"{number(exact.quantize(Decimal('0.1'), ROUND_DOWN), 1)}\N{NO-BREAK SPACE}%"
