"""Merit lists as PDF and as a table, in the language that the reader asks for."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hunar.careers import queries, wording
from hunar.careers.models import MeritList
from hunar.careers.queries import ListView
from hunar.kernel import pdf
from hunar.kernel.dates import official_date
from hunar.kernel.queries import setting
from hunar.kernel.tables import write_xlsx
from hunar.kernel.text import in_language

TEMPLATE = Path(__file__).parent / "documents" / "merit_list.typ"


def list_pdf(view: ListView, *, language: str) -> bytes:
    """The list by numbers of candidacy, never with names: it may hang on a wall."""
    with override(language):
        return pdf.render(TEMPLATE, _printed(view, language))


def _printed(view: ListView, language: str) -> dict[str, Any]:
    merit_list = view.merit_list
    competition = merit_list.competition
    address = f"{settings.BASE_URL}{reverse('careers:merit_list', args=[competition.pk])}"
    terms = wording.terms(competition.terms)
    titles = [str(wording.SHORT[code]) for code in competition.terms.used]
    return {
        "language": language,
        "academy": in_language(setting("academy.name", str(settings.ACADEMY_NAME)), language),
        "title": _("Merit list"),
        "subtitle": in_language(competition.post.title, language),
        "number": merit_list.ref,
        "date": official_date(queries.day_of(merit_list.computed_at), language),
        "footer": f"{merit_list.ref} · {address}",
        "facts": _facts(merit_list, language),
        "components": titles,
        "head": [_("Rank"), _("Candidacy"), _("Points"), *titles],
        "rows": [[str(row.rank), row.ref, row.points, *row.components] for row in view.standings],
        "formula_title": _("Formula"),
        "formula_head": [_("Weight"), _("Component"), _("What is measured")],
        "formula": [
            [line.weight, str(line.title), f"{line.definition} ({line.reached})"] for line in terms
        ],
        "tie_breaks": _("Equal points are ordered by: %(components)s.")
        % {"components": ", ".join(map(wording.title_of, competition.terms.tie_breaks)) or "–"},
        "notes": _ties(view),
        "signer": _("Officer of the organisation"),
        "qr": _qr(address),
        "qr_words": _("QR code of the page %(address)s") % {"address": address},
        "proof": _(
            "Computed from recorded evidence and signed. Whoever has the file of the list can "
            "compute it again with the command hunar verify."
        ),
    }


def _facts(merit_list: MeritList, language: str) -> list[list[str]]:
    competition = merit_list.competition
    return [
        [_("Organisation"), in_language(competition.post.organisation.title, language)],
        [_("Competition"), competition.ref],
        [_("Closed"), official_date(queries.day_of(competition.closes_at), language)],
        [_("Hash of the formula"), competition.formula_sha256],
    ]


def _ties(view: ListView) -> list[str]:
    return [f"{row.ref}: {row.tie}" for row in view.standings if row.tie]


def _qr(address: str) -> str:
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=1)
    return target.getvalue().decode()


def list_xlsx(view: ListView) -> bytes:
    """The list as a workbook; with names where the reader sees them."""
    names = [_("Name")] if view.shows_names else []
    rows = [
        [
            row.rank,
            row.ref,
            *([row.name] if view.shows_names else []),
            float(row.points),
            *map(float, row.components),
            row.tie,
        ]
        for row in view.standings
    ]
    head = [_("Rank"), _("Candidacy"), *names, _("Points"), *view.titles, _("Equal points")]
    return write_xlsx(head, rows, sheet=view.merit_list.ref)
