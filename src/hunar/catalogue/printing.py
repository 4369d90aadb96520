"""The syllabus of a course version as PDF, in one language."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from hunar.catalogue import queries
from hunar.catalogue.models import CourseVersion, Module
from hunar.kernel import pdf
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.dates import official_date
from hunar.kernel.queries import setting
from hunar.kernel.text import in_language
from hunar.ui.templatetags.hunar import academic_hours, minutes

TEMPLATE = Path(__file__).parent / "documents" / "syllabus.typ"


def syllabus(version: CourseVersion, *, language: str) -> bytes:
    """Purpose, workload, objectives and lessons of ``version`` as a PDF."""
    with override(language):
        return pdf.render(TEMPLATE, _content(version, language))


def _content(version: CourseVersion, language: str) -> dict[str, Any]:
    view = queries.view_of(version, seen_by=None)
    address = settings.BASE_URL + reverse("catalogue:version", args=[version.pk])
    day = version.published_at.astimezone(ASHGABAT).date() if version.published_at else None
    sections = [
        (_("For whom"), version.audience),
        (_("What you need before"), version.prerequisites),
    ]
    return {
        "language": language,
        "academy": in_language(setting("academy.name", str(settings.ACADEMY_NAME)), language),
        "title": in_language(version.title, language),
        "subtitle": _("Syllabus"),
        "number": f"{version.course.code}, {_('version')} {version.number}",
        "date": official_date(day, language) if day else _("draft, not published"),
        "footer": f"{version.ref} · {address}",
        "summary": in_language(version.summary, language),
        "facts": _facts(version, view),
        "sections": [[title, in_language(text, language)] for title, text in sections],
        "objectives_head": [_("Code"), _("You will be able to"), _("Competency"), _("Level")],
        "lessons_head": [_("Code"), _("Lesson"), _("Minutes")],
        "modules": [_module(module, language) for module in view.modules],
        "competencies_title": _("Competencies that the course serves"),
        "competencies": [
            [str(row.competency), f"{row.level_from} → {row.level_to}"] for row in view.competencies
        ],
        "competencies_head": [_("Competency"), _("Level")],
        "qr": _qr(address),
        "qr_words": _("QR code of the page %(address)s") % {"address": address},
        "integrity": _("SHA-256 of the content: %(hash)s") % {"hash": version.content_sha256}
        if version.content_sha256
        else "",
    }


def _facts(version: CourseVersion, view: queries.VersionView) -> list[list[str]]:
    return [
        [_("Programme"), str(version.course.programme)],
        [
            _("Workload"),
            f"{minutes(version.workload_minutes)} ({academic_hours(version.workload_minutes)})",
        ],
        [_("Modules"), str(len(view.modules))],
        [
            _("The certificate is valid for"),
            ngettext("%(months)s month", "%(months)s months", version.valid_months)
            % {"months": version.valid_months},
        ],
    ]


def _module(module: Module, language: str) -> dict[str, Any]:
    return {
        "title": f"{module.code}. {in_language(module.title, language)}",
        "day": _("Day %(day)s") % {"day": module.day},
        "objectives": [
            [
                row.code,
                in_language(row.text, language),
                row.competency.code,
                f"{row.level_from} → {row.level_to}",
            ]
            for row in module.objectives.all()
        ],
        "lessons": [
            [row.code, in_language(row.title, language), str(row.minutes)]
            for row in module.lessons.all()
        ],
    }


def _qr(address: str) -> str:
    target = io.BytesIO()
    segno.make(address, error="m").save(target, kind="svg", border=2)
    return target.getvalue().decode()
