"""The room's charts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hunar.competencies.queries import CompetencyGap, Gap
from hunar.ui.charts import Bar, Chart, horizontal_bars, plain


def attained_and_required(gaps: Sequence[Gap]) -> Chart:
    """Attained levels as bars, required ones as marks."""
    return horizontal_bars(
        [Bar(str(row.competency), row.attained, row.required) for row in gaps],
        title=_("Attained and required levels"),
        note=_("The bar is what is proved, the mark what the post asks for (1 to 4)."),
        format=plain,
    )


def missing_by_competency(rows: Sequence[CompetencyGap], *, most: int = 10) -> Chart:
    """Where the staff lacks most levels."""
    worst = sorted(rows, key=lambda row: -row.missing)[:most]
    return horizontal_bars(
        [Bar(str(row.competency), row.missing) for row in worst if row.missing],
        title=_("Levels missing, by competency"),
        note=_("Summed over the staff."),
        format=plain,
    )
