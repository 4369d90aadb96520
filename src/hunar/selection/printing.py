"""The protocol for people: a PDF with rules, order of merit, cut-offs and the proof's digests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hunar.kernel import pdf
from hunar.kernel.queries import setting
from hunar.kernel.signing import digest
from hunar.kernel.text import in_language
from hunar.selection.models import Decision
from hunar.selection.queries.presentation import (
    RulesWords,
    rules_in_words,
    seat_in_words,
    slot_in_words,
    tie_break_words,
)
from hunar.selection.rules import from_json

TEMPLATE = Path(__file__).parent / "documents" / "protocol.typ"


def protocol_pdf(decision: Decision) -> bytes:
    """The protocol in the reader's language; people stand in it by the ref of the nomination."""
    return pdf.render(TEMPLATE, protocol_content(decision))


def protocol_content(decision: Decision) -> dict[str, Any]:
    """What the printed protocol says."""
    call, protocol = decision.call, decision.protocol
    rules = rules_in_words(call)
    return {
        "language": (get_language() or "tk")[:2],
        "academy": in_language(setting("academy.name", str(settings.ACADEMY_NAME))),
        "title": _("Protocol of the selection"),
        "subtitle": in_language(call.title),
        "number": decision.ref,
        "date": f"{decision.decided_at:%d.%m.%Y}",
        "facts": [
            [_("Call"), call.ref],
            [_("Nominations"), str(len(protocol["nominations"]))],
            [_("Rules (SHA-256)"), protocol["rules_sha256"]],
            [_("Seed of the lottery"), protocol["lottery"]["reveals"]["academy"]],
            [_("Protocol (SHA-256)"), digest(protocol)],
        ],
        "words": _words(),
        "requirements": rules.requirements,
        "criteria": _criteria(rules),
        "tie_breaks": "; ".join(rules.tie_breaks),
        "cohorts": [
            _cohort(decision, each) for each in protocol["results"]["allocation"]["cohorts"]
        ],
        "footer": decision.ref,
        "signatures": [_("Programme officer"), _("Chair of the panel")],
    }


def _words() -> dict[str, str]:
    return {
        "requirements": _("Requirements"),
        "criteria": _("Criteria"),
        "tie_breaks": _("Between equal points"),
        "order": _("Order of merit"),
        "cut_offs": _("Cut-offs"),
        "verify": _(
            "Whoever holds the JSON file of this protocol can replay it: hunar verify FILE."
        ),
    }


def _criteria(rules: RulesWords) -> dict[str, Any]:
    return {
        "head": [_("Criterion"), _("How the value arises"), _("Weight"), _("Maximum")],
        "rows": [
            [each.title, each.source, f"{each.weight:f} %", f"{each.maximum:f}"]
            for each in rules.criteria
        ],
    }


def _cohort(decision: Decision, part: dict[str, Any]) -> dict[str, Any]:
    frozen = from_json(decision.call.rules)
    results = decision.protocol["results"]
    places = {
        each["applicant"]: each["place"]
        for each in results["allocation"]["outcomes"]
        if each["place"]
    }

    def seat(ref: str) -> str:
        place = places.get(ref)
        if place is None:
            return ""
        return seat_in_words(place) if place["cohort"] == part["cohort"] else place["cohort"]

    return {
        "code": part["cohort"],
        "cut_offs": {
            "head": [_("Kind of seat"), _("Seats"), _("Filled"), _("Last points")],
            "rows": [
                [
                    slot_in_words(each["slot"]),
                    str(each["seats"]),
                    str(each["filled"]),
                    "–" if each["released"] else each["score"] or "–",
                ]
                for each in part["cut_offs"]
            ],
        },
        "order": {
            "head": [_("Rank"), _("Nomination"), _("Points"), _("Tie resolved by"), _("Seat")],
            "rows": [
                [
                    str(row["rank"]),
                    row["ref"],
                    row["points"],
                    tie_break_words(frozen, row["by"]),
                    seat(row["ref"]),
                ]
                for row in results["ranking"][part["cohort"]]
            ],
        },
    }
