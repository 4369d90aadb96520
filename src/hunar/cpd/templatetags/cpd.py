from __future__ import annotations

from django import template

from hunar.cpd.enums import StandingLabel
from hunar.cpd.pages import category_label
from hunar.kernel.types import Words

register = template.Library()
_TONES = {"fulfilled": "good", "on-track": "good", "behind": "warn", "missed": "bad"}

register.filter("cpd_category", category_label)


@register.filter
def standing_label(standing: str) -> Words:
    """The words for where somebody stands in her cycle."""
    return StandingLabel(standing).label


@register.filter
def standing_tone(standing: str) -> str:
    """The tone of a badge for it."""
    return _TONES.get(standing, "neutral")


@register.filter
def record_tone(state: str) -> str:
    """The tone of a badge for a record's state."""
    return {"verified": "good", "claimed": "info"}.get(state, "neutral")
