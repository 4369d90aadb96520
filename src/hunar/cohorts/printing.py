"""Registered papers as PDF, in the language that the reader asks for."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from hunar.cohorts.models import OfficialDocument
from hunar.kernel import pdf
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.dates import official_date
from hunar.kernel.queries import setting
from hunar.kernel.text import in_language

TEMPLATE = Path(__file__).parent / "documents" / "paper.typ"


def document_pdf(document: OfficialDocument, *, language: str) -> bytes:
    """The paper as it was registered, in Turkmen, Russian or English."""
    return pdf.render(TEMPLATE, _printed(document, language))


def _printed(document: OfficialDocument, language: str) -> dict[str, Any]:
    content = document.content
    page = content["page"] or reverse("cohorts:document", args=[document.pk])
    address = f"{settings.BASE_URL}{page}"
    day = document.registered_at.astimezone(ASHGABAT).date()
    with override(language):
        return {
            "language": language,
            "academy": in_language(setting("academy.name", str(settings.ACADEMY_NAME)), language),
            "title": in_language(content["title"], language),
            "subtitle": in_language(content["subtitle"], language),
            "number": f"№ {document.number}/{document.year}",
            "date": official_date(day, language),
            "footer": f"{document.ref} · {address}",
            "flipped": content["flipped"],
            "paragraphs": [in_language(each, language) for each in content["paragraphs"]],
            "facts": [[in_language(cell, language) for cell in pair] for pair in content["facts"]],
            "tables": [_table(each, language) for each in content["tables"]],
            "signatures": [
                [in_language(title, language), name] for title, name in content["signatures"]
            ],
            "qr": _qr(address),
            "qr_words": _("QR code of the page %(address)s") % {"address": address},
            "seal": _("Place for the seal"),
        }


def _table(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "caption": in_language(content["caption"], language),
        "columns": content["columns"],
        "head": [in_language(cell, language) for cell in content["head"]],
        "rows": [[in_language(cell, language) for cell in row] for row in content["rows"]],
        "tall": content["tall"],
    }


def _qr(address: str) -> str:
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=1)
    return target.getvalue().decode()
