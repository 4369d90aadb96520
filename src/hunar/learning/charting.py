from __future__ import annotations

from django.utils.translation import gettext as _

from hunar.learning.queries import CohortProgress
from hunar.ui import charts


def finished_chart(progress: CohortProgress) -> charts.Chart | None:
    """How many of a cohort finished each lesson; None without lessons or learners."""
    if not progress.lessons or not progress.learners:
        return None
    bars = [
        charts.Bar(lesson.code, progress.finished_share(place))
        for place, lesson in enumerate(progress.lessons)
    ]
    title = _("Share of the cohort that finished each lesson")
    return charts.horizontal_bars(bars, title=title, format=charts.per_cent)
