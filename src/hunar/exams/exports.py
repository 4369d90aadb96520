"""Tables to download."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hunar.exams import queries
from hunar.exams.models import Sitting
from hunar.kernel.tables import write_workbook


def results_workbook(sitting: Sitting) -> bytes:
    """Two sheets: the candidates with their marks by module, and the items with their figures."""
    rows = queries.results_of(sitting)
    modules = [part.code for part in rows[0].score.modules] if rows else []
    headings = [
        _("Personnel number"), _("Name"), _("Institution"), _("Attempt"), _("Submitted"),
        _("Marks"), _("Of"), _("Per cent"), _("Passed"), *modules,
    ]  # fmt: skip
    return write_workbook(
        {
            _("Results"): (headings, [_result(row) for row in rows]),
            _("Items"): (_item_headings(), _items(sitting)),
        }
    )


def _result(row: queries.ResultRow) -> list[object]:
    score, enrolment = row.score, row.attempt.enrolment
    return [
        row.person.personnel_number or "",
        row.person.name.full,
        str(enrolment.organisation),
        row.attempt.ref,
        row.attempt.submitted_at,
        score.marks,
        score.marks_max,
        float(score.percent),
        _("yes") if score.is_passed else _("no"),
        *(part.marks for part in score.modules),
    ]


def _item_headings() -> list[str]:
    return [
        _("Position"), _("Item"), _("Objective"), _("Use"), _("Difficulty"),
        _("Discrimination"),
    ]  # fmt: skip


def _items(sitting: Sitting) -> list[list[object]]:
    statistics = queries.statistics_of(sitting)
    return [
        [
            item.line.position,
            item.line.item,
            item.line.objective,
            item.line.use,
            round(item.difficulty, 4),
            "" if item.discrimination is None else round(item.discrimination, 4),
        ]
        for item in (statistics.items if statistics else [])
    ]
