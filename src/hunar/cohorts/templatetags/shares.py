"""Attendance shares for people: rounded down, so that 79.96 % never reads as 80 %."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django import template

from hunar.ui.templatetags.hunar import MISSING, number

register = template.Library()


@register.filter
def share_number(share: Fraction | None) -> Decimal:
    """The share in per cent with one decimal, rounded down; for meters."""
    if share is None:
        return Decimal(0)
    exact = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_DOWN)


@register.filter
def share_percent(share: Fraction | None) -> str:
    """The share in words: 93.3 %."""
    return MISSING if share is None else f"{number(share_number(share), 1)}\N{NO-BREAK SPACE}%"
