"""Released reports as PDF and as a workbook: made from the signed document, never from live data."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from hunar.evaluation import queries
from hunar.evaluation.models import Report
from hunar.kernel import pdf
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.dates import official_date
from hunar.kernel.queries import setting
from hunar.kernel.tables import write_workbook
from hunar.kernel.text import in_language
from hunar.ui.templatetags.hunar import number

TEMPLATE = Path(__file__).parent / "documents" / "donor_report.typ"
HEADLINES = (
    "attendances",
    "trained-persons",
    "certified-persons",
    "person-days",
    "exam-pass-rate",
    "women-completed",
)
HIDDEN = "…"


def report_pdf(report: Report, *, language: str) -> bytes:
    """The report in Turkmen, Russian or English."""
    with override(language):
        return pdf.render(TEMPLATE, _printed(report, language))


def value_words(row: Mapping[str, Any], threshold: int) -> str:
    """A figure in words: its value and unit, or why there is none."""
    if row["hidden"]:
        return _("too few to show")
    if row["value"] is None:
        return _("nothing recorded")
    if row["method"] in ("share", "mean"):
        return f"{number(row['value'], 1)} %"
    return str(number(row["value"], 1))


def figure_words(figure: queries.Figure) -> str:
    """A live figure as its page shows it."""
    if figure.is_hidden:
        return _("too few to show")
    return _("nothing recorded") if figure.value is None else str(number(figure.value, 1))


def _printed(report: Report, language: str) -> dict[str, Any]:
    document = report.document
    page = "evaluation:public" if report.is_public else "evaluation:report"
    target = [document["programme"]["code"]] if report.is_public else [report.pk]
    address = f"{settings.BASE_URL}{reverse(page, args=target)}"
    return {
        "language": language,
        "academy": in_language(setting("academy.name", str(settings.ACADEMY_NAME)), language),
        "title": _("Report on results"),
        "subtitle": in_language(document["programme"]["title"], language),
        "number": report.ref,
        "date": official_date(report.released_at.astimezone(ASHGABAT).date(), language),
        "footer": f"{report.ref} · {address}",
        "facts": _facts(report, language),
        "opening": [
            _(
                "Every figure is computed from records that the academy keeps, by a definition "
                "that is printed at the end. Behind each stands the digest of its records."
            )
        ],
        "headlines": _headlines(document, language),
        "qr": _qr(address),
        "qr_words": _("QR code of the page %(address)s") % {"address": address},
        "proof": _(
            "The figures are frozen, signed and logged. The file of this report can be checked "
            "with the command hunar verify, without a connection."
        ),
        **_framework(document, language),
        **_cuts(document, language),
        **_method(document, language),
    }


def _facts(report: Report, language: str) -> list[list[str]]:
    return [
        [_("Reporting period"), period_words(report.document, language)],
        [_("For whom"), str(report.get_audience_display())],
        [
            _("Counts of people below"),
            _("%(threshold)s are hidden") % {"threshold": report.document["threshold"]},
        ],
    ]


def period_words(document: Mapping[str, Any], language: str) -> str:
    """The first and last day of the period."""
    days = (date.fromisoformat(document["period"][end]) for end in ("from", "to"))
    return " – ".join(official_date(day, language) for day in days)


def _headlines(document: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    rows = {row["code"]: row for row in document["indicators"]}
    return [
        {
            "title": in_language(rows[code]["title"], language),
            "value": value_words(rows[code], document["threshold"]),
            "note": _n(rows[code]),
        }
        for code in HEADLINES
    ]


def _n(row: Mapping[str, Any]) -> str:
    is_share = row["method"] in ("share", "mean")
    return f"n = {row['n']}" if is_share and row["n"] is not None else ""


def _framework(document: Mapping[str, Any], language: str) -> dict[str, Any]:
    rows = [
        [
            in_language(row["title"], language),
            f"{number(row['baseline'], 1)} ({row['baseline_year']})" if row["baseline"] else "–",
            str(number(row["target"], 1)) if row["target"] else "–",
            value_words(row, document["threshold"]),
            _n(row) or "–",
        ]
        for row in document["indicators"]
    ]
    return {
        "framework_title": _("Results framework"),
        "framework_head": [_("Indicator"), _("Baseline"), _("Target"), _("Reached"), "n"],
        "framework": rows,
    }


def _cuts(document: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "cuts_title": _("Who was reached"),
        "cuts_note": _(
            "People are counted by what was true of them on the first day of their last cohort. "
            "The mark %(hidden)s stands for a count that is hidden, either because it is small "
            "or because a small one would follow from it."
        )
        % {"hidden": HIDDEN},
        "chart_head": _("Share of the first column"),
        "hidden": HIDDEN,
        "cuts": [_cut(cut, language) for cut in document["cuts"] if cut["levels"]],
    }


def _cut(cut: Mapping[str, Any], language: str) -> dict[str, Any]:
    titles = queries.LEVEL_TITLES
    first = cut["levels"][0]
    rows = []
    for place, category in enumerate(cut["categories"]):
        counts = [level["values"][place] for level in cut["levels"]]
        cells = [HIDDEN if count is None else str(number(count, 0)) for count in counts]
        share = counts[0] / first["total"] if counts[0] is not None and first["total"] else None
        rows.append({"cells": [in_language(category["title"], language), *cells], "share": share})
    return {
        "title": in_language(cut["title"], language),
        "head": [
            in_language(cut["title"], language),
            *(str(titles[level["code"]]) for level in cut["levels"]),
        ],
        "rows": rows,
    }


@dataclass(frozen=True)
class Line:
    """A figure of a document in the reader's language."""

    code: str
    title: str
    definition: str
    unit: str
    level: str
    value: str
    n: int | None
    note: str
    baseline: str
    target: str
    is_hidden: bool
    count: int | None
    sha256: str


@dataclass(frozen=True)
class Table:
    """A breakdown of a document in the reader's language; hidden counts are None."""

    title: str
    head: list[str]
    rows: list[tuple[str, list[int | None]]]


@dataclass(frozen=True)
class Readable:
    """A report as pages show it."""

    period: str
    threshold: int
    headlines: list[Line]
    outputs: list[Line]
    outcomes: list[Line]
    tables: list[Table]
    notes: list[str]

    @property
    def lines(self) -> list[Line]:
        return [*self.outputs, *self.outcomes]


def readable(document: Mapping[str, Any]) -> Readable:
    """The document in the page's language."""
    language = get_language() or "tk"
    lines = [_line(row, document["threshold"]) for row in document["indicators"]]
    return Readable(
        period=period_words(document, language),
        threshold=document["threshold"],
        headlines=[line for line in lines if line.code in HEADLINES],
        outputs=[line for line in lines if line.level == "output"],
        outcomes=[line for line in lines if line.level == "outcome"],
        tables=[_table(cut) for cut in document["cuts"] if cut["levels"]],
        notes=method_notes(document),
    )


def _line(row: Mapping[str, Any], threshold: int) -> Line:
    return Line(
        code=row["code"],
        title=in_language(row["title"]),
        definition=in_language(row["definition"]),
        unit=in_language(row["unit"]),
        level=row["level"],
        value=value_words(row, threshold),
        n=row["n"] if row["method"] in ("share", "mean") else None,
        note=_n(row),
        baseline=f"{number(row['baseline'], 1)} ({row['baseline_year']})"
        if row["baseline"]
        else "",
        target=number(row["target"], 1) if row["target"] else "",
        is_hidden=row["hidden"],
        count=row["records"]["count"],
        sha256=row["records"]["sha256"],
    )


def _table(cut: Mapping[str, Any]) -> Table:
    return Table(
        title=in_language(cut["title"]),
        head=[str(queries.LEVEL_TITLES[level["code"]]) for level in cut["levels"]],
        rows=[
            (in_language(each["title"]), [level["values"][place] for level in cut["levels"]])
            for place, each in enumerate(cut["categories"])
        ],
    )


def method_notes(document: Mapping[str, Any]) -> list[str]:
    """How the figures were made, and what they do not say."""
    threshold = document["threshold"]
    return [
        _(
            "Counts of people below %(threshold)s are hidden, zeros included, and further counts "
            "where a hidden one would otherwise follow from totals and parts. Certified people "
            "are a part of trained people: the breakdown of the one is shown only as far as it "
            "does not tell a small number of the others. Totals of the whole programme are shown "
            "from the threshold on."
        )
        % {"threshold": threshold},
        _(
            "Before the release it was compared with earlier reports about overlapping periods, "
            "so that two reports together do not tell what each of them hides."
        ),
        _(
            "Results of exams and shares of groups describe what happened. Nobody was compared "
            "with a group that was not trained; the figures prove no cause."
        ),
        _("Shares over few people vary by chance; n is the number of records behind a share."),
    ]


def _method(document: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "method_title": _("Notes on method"),
        "method": method_notes(document),
        "definitions_title": _("Definitions"),
        "definitions_head": [_("Indicator"), _("What is counted")],
        "definitions": [
            [
                f"{in_language(row['title'], language)} ({row['code']}/{row['version']})",
                in_language(row["definition"], language),
            ]
            for row in document["indicators"]
        ],
    }


def report_xlsx(report: Report, *, language: str) -> bytes:
    """The report as a workbook: framework, breakdowns, definitions, digests."""
    with override(language):
        document = report.document
        return write_workbook(
            {
                _("Framework"): (_sheet_head(), _sheet_rows(document, language)),
                _("Breakdowns"): (
                    [_("Breakdown"), _("Category"), _("Level"), _("Count")],
                    _breakdown_rows(document, language),
                ),
                _("Definitions"): (
                    [_("Code"), _("Version"), _("Indicator"), _("What is counted"), "SHA-256"],
                    _definition_rows(document, language),
                ),
                _("Notes on method"): ([_("Note")], [[note] for note in method_notes(document)]),
            }
        )


def _sheet_head() -> list[str]:
    return [
        _("Code"), _("Level"), _("Indicator"), _("Unit"), _("Baseline"),
        _("Year of the baseline"), _("Target"), _("Due"), _("Reached"), "n",
    ]  # fmt: skip


def _sheet_rows(document: Mapping[str, Any], language: str) -> list[list[object]]:
    return [
        [
            row["code"],
            row["level"],
            in_language(row["title"], language),
            in_language(row["unit"], language),
            _float(row["baseline"]),
            row["baseline_year"],
            _float(row["target"]),
            row["due"],
            _float(row["value"])
            if row["value"] is not None
            else value_words(row, document["threshold"]),
            row["n"],
        ]
        for row in document["indicators"]
    ]


def _breakdown_rows(document: Mapping[str, Any], language: str) -> list[list[object]]:
    return [
        [
            in_language(cut["title"], language),
            in_language(category["title"], language),
            str(queries.LEVEL_TITLES[level["code"]]),
            HIDDEN if value is None else value,
        ]
        for cut in document["cuts"]
        for level in cut["levels"]
        for category, value in zip(cut["categories"], level["values"], strict=True)
    ]


def _definition_rows(document: Mapping[str, Any], language: str) -> list[list[object]]:
    return [
        [
            row["code"],
            row["version"],
            in_language(row["title"], language),
            in_language(row["definition"], language),
            row["records"]["sha256"],
        ]
        for row in document["indicators"]
    ]


def _float(value: str | None) -> float | None:
    return None if value is None else float(value)


def _qr(address: str) -> str:
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=1)
    return target.getvalue().decode()
