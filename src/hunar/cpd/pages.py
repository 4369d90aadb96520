"""What the pages and papers show of accounts: charts, tables, the statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from hunar.audit.models import Entry
from hunar.cpd import rules
from hunar.cpd.enums import Category, StandingLabel
from hunar.cpd.queries import Account
from hunar.kernel import pdf
from hunar.kernel.hours import UnitMinutes, in_units
from hunar.kernel.queries import setting
from hunar.kernel.tables import write_xlsx
from hunar.kernel.text import in_language
from hunar.ui import charts
from hunar.ui.templatetags.hunar import academic_hours, localdate, minutes

STATEMENT = Path(__file__).parent / "documents" / "statement.typ"


def category_label(code: str) -> str:
    """The words for a category; an unknown code stands for itself."""
    return str(Category(code).label) if code in Category.values else code


def balance_chart(account: Account) -> charts.Chart | None:
    """Counted hours by category as bars; None without a policy or without records."""
    if account.balance is None or not account.balance.lines:
        return None
    bars = [
        charts.Bar(category_label(line.category), float(in_units(line.counted, UnitMinutes.HOUR)))
        for line in account.balance.lines
    ]
    return charts.horizontal_bars(
        bars, title=_("Hours by category in this cycle"), format=charts.decimals(1)
    )


def explanation(account: Account) -> list[str]:
    """Why the account stands as it does, in sentences; hours and academic hours."""
    if account.balance is None:
        return []
    return [_sentence(line) for line in rules.explanation(account.balance)]


def _sentence(line: rules.Line) -> str:
    sentences = {
        "recorded": _("%(length)s of verified activities lie in this cycle."),
        "capped": _("%(category)s: %(length)s are above what counts in this category."),
        "carried": _("%(length)s are carried over from the last cycle."),
        "counts": _("%(length)s count."),
        "category-missing": _(
            "%(category)s: %(length)s are missing to the least of this category."
        ),
        "year-missing": _("%(length)s are missing to what is asked for this year."),
        "expected": _("%(length)s would be the even share of the cycle up to today."),
        "missing": _("%(length)s are missing to the end of the cycle."),
    }
    length = f"{minutes(line.minutes)} ({academic_hours(line.minutes)})"
    return sentences[line.code] % {"length": length, "category": category_label(line.category)}


def staff_workbook(rows: Iterable[Account]) -> bytes:
    """The balances of many as a workbook."""
    headings = [
        _("Name"),
        _("Policy"),
        _("Owed, minutes"),
        _("Counted, minutes"),
        _("Missing, minutes"),
        _("Standing"),
    ]
    lines = [
        [
            row.person.name.full,
            row.policy.code if row.policy else "",
            row.balance.owed if row.balance else None,
            row.balance.total if row.balance else None,
            row.balance.missing if row.balance else None,
            StandingLabel(row.standing).label,
        ]
        for row in rows
    ]
    return write_xlsx(headings, lines, sheet="CPD")


def statement_paper(document: Mapping[str, Any], *, entry: Entry, language: str) -> bytes:
    """The statement as a PDF in ``language``; the figures are those of the signed document."""
    balance = document["balance"]
    facts = [
        [_("Name"), document["person"]["name"]],
        [_("Date"), localdate(date.fromisoformat(document["on"]))],
    ]
    if balance:
        facts += [
            [_("Owed in the cycle"), minutes(balance["owed"])],
            [_("Counted"), minutes(balance["counted"] + balance["carried"])],
            [_("Missing"), minutes(balance["missing"])],
            [_("Standing"), str(StandingLabel(balance["standing"]).label)],
        ]
    content = {
        "language": language,
        "academy": in_language(setting("academy.name", {}), language)
        or _("Academy of Civil Service"),
        "title": _("Statement of continuing education"),
        "facts": facts,
        "head": [_("Activity"), _("Category"), _("Until"), _("Length")],
        "rows": [
            [
                in_language(record["title"], language),
                category_label(record["category"]),
                localdate(date.fromisoformat(record["ended"])),
                minutes(record["minutes"]),
            ]
            for record in document["records"]
        ],
        "footer": f"{document['person']['ref']} · {entry.details['document_sha256'][:16]}",
    }
    return pdf.render(STATEMENT, content)
