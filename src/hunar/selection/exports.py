"""Tables for people: XLSX of nominations, and the template of a list."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hunar.kernel.tables import write_xlsx
from hunar.selection.models import Nomination
from hunar.selection.wording import HEADINGS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_download(content: bytes, name: str) -> HttpResponse:
    """An answer that the browser saves."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def nominations_xlsx(nominations: QuerySet[Nomination]) -> bytes:
    """The list of nominations as a workbook; places have to be prefetched."""
    headings = [
        _("Nomination"),
        _("Person"),
        _("Personnel number"),
        _("Institution"),
        _("State"),
        _("Cohorts in the order of preference"),
        _("Points"),
        _("Training place"),
        _("Submitted on"),
    ]
    return write_xlsx(headings, (_row(each) for each in nominations), sheet=_("Nominations"))


def _row(nomination: Nomination) -> list[object]:
    place = nomination.live_place
    return [
        nomination.ref,
        str(nomination.person),
        nomination.person.personnel_number or "",
        nomination.organisation.short,
        str(nomination.get_state_display()),
        ", ".join(nomination.preferences),
        float(nomination.points) if nomination.points is not None else "",
        place.cohort.code if place else "",
        nomination.submitted_at.date(),
    ]


def template_xlsx(cohorts: Sequence[str]) -> bytes:
    """An empty list with headings in the reader's language and one line as an example."""
    place = {"en": 0, "tk": 1, "ru": 2}[(get_language() or "tk")[:2]]
    example = ["0000000", "", "31.12.1990", ", ".join(cohorts), _("yes"), ""]
    return write_xlsx([names[place] for names in HEADINGS.values()], [example])
