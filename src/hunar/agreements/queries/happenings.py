"""What the log tells about agreements and requests, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from hunar.audit import queries as audit
from hunar.kernel.types import Words
from hunar.people import queries as people

WORDS: dict[str, Words] = {
    "agreements.agreement.drafted": _("Draft written"),
    "agreements.agreement.edited": _("Draft changed"),
    "agreements.agreement.signed": _("Agreement signed"),
    "agreements.agreement.ended": _("Agreement ended"),
    "agreements.obligation.changed": _("Obligation changed its state"),
    "agreements.request.sent": _("Advisory request sent"),
    "agreements.request.assigned": _("Request assigned to an expert"),
    "agreements.request.answered": _("Request answered"),
    "agreements.request.closed": _("Request closed"),
}
_GOOD = ("signed", "answered", "closed")


@dataclass(frozen=True)
class Happening:
    """One line of a timeline. ``note`` says to which part it happened."""

    at: datetime
    words: Words
    by: str
    note: str = ""
    tone: str = "neutral"


def happenings(subjects: Mapping[str, str], *, limit: int = 40) -> list[Happening]:
    """What happened to the things with these ids (each with its note), newest first;
    the single steps of a draft are left out.

    Two queries.
    """
    # The many small steps of a draft would hide what counts: only acts with words are shown.
    entries = list(
        audit.entries_about(*subjects).filter(act__in=WORDS).order_by("-at", "-id")[:limit]
    )
    names = people.names_by_ref(entry.actor_ref for entry in entries)
    return [
        Happening(
            at=entry.at,
            words=WORDS[entry.act],
            by=names.get(entry.actor_ref, ""),
            note=subjects.get(entry.subject_ref, ""),
            tone="good" if entry.act.endswith(_GOOD) else "neutral",
        )
        for entry in entries
    ]
