"""Figures as charts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hunar.evaluation import queries
from hunar.evaluation.disclosure import THRESHOLDS
from hunar.ui import charts


def progress_chart(lines: Sequence[queries.Line]) -> charts.Chart | None:
    """How much of each target is reached, where there is one."""
    bars = [
        charts.Bar(line.indicator.title, 100 * float(line.figure.value / line.target.value), 100)
        for line in lines
        if line.target and line.figure.value is not None and line.target.value > 0
    ]
    if not bars:
        return None
    return charts.horizontal_bars(
        bars,
        title=_("Targets reached"),
        note=_("Per cent of the target; the mark stands at 100."),
        format=charts.decimals(0),
    )


def trend_chart(figure: queries.Figure) -> charts.Chart | None:
    """The figure as it grew, month by month; nothing where it is hidden or stood still."""
    if figure.value is None:
        return None
    points = queries.trend(figure.indicator, figure.records, threshold=THRESHOLDS["internal"])
    if len(points) < 2:
        return None
    return charts.line(
        [charts.Interval(each.label, each.value, each.value, each.value) for each in points],
        title=figure.indicator.title,
        note=_("As it stood at the end of the month; months with few new records join the next."),
    )
