"""Certificates as PDF: what the signed document says, in Turkmen with Russian and English."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext_lazy as _

from hunar.credentials import badges
from hunar.credentials.models import Credential
from hunar.kernel import pdf
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.dates import official_dates, official_period
from hunar.kernel.hours import UnitMinutes, in_units
from hunar.kernel.queries import setting
from hunar.kernel.text import in_all_languages

FOLDER = Path(__file__).parent / "documents"
TEMPLATES = {
    "achievement": FOLDER / "achievement.typ",
    "participation": FOLDER / "participation.typ",
}


def certificate_pdf(credential: Credential) -> bytes:
    """The certificate on paper; its content is the signed document's, not the database's."""
    return pdf.render(TEMPLATES[credential.kind], printed(credential))


def printed(credential: Credential) -> dict[str, Any]:
    """Everything that the templates show, each text in three languages."""
    facts = credential.facts
    first, last = (date.fromisoformat(day) for day in facts["dates"])
    awarded = date.fromisoformat(facts["date"])
    address = badges.page_address(credential.code)
    return {
        "title": in_all_languages(_title(credential.kind)),
        "statement": _statement(credential.kind),
        "academy": facts["awardingBody"],
        "learner": facts["learner"],
        "course": facts["title"],
        "dates": official_period(first, last),
        "workload": _workload(facts["workload"]["minutes"]),
        "awarded": official_dates(awarded),
        "until": _until(credential.document),
        "number": credential.register_number,
        "code": credential.code,
        "address": address.partition("://")[2],
        "qr": _qr(address),
        "outcomes": facts["learningOutcomes"],
        "competencies": facts["competencies"],
        "assessment": facts["assessment"],
        "quality": facts["qualityAssurance"],
        "head": [in_all_languages(_("Rector of the academy")), str(setting("academy.head", ""))],
        "replaces": facts.get("replaces", ""),
        "words": {name: in_all_languages(words) for name, words in WORDS.items()},
        "file": credential.ref,
    }


WORDS = {
    "register": _("Register number"),
    "code": _("Verification code"),
    "check": _("Check this certificate"),
    "qr": _("QR code of the page on which this certificate can be checked"),
    "seal": _("Place for the seal"),
    "outcomes": _("What the holder can do"),
    "taught": _("What the course was about"),
    "competencies": _("Competencies and levels"),
    "assessment": _("Assessment"),
    "quality": _("Quality assurance"),
    "dates": _("Dates of the course"),
    "workload": _("Workload"),
    "awarded": _("Awarded"),
    "until": _("Valid until"),
    "replaces": _("Replaces the certificate"),
    "level": _("Level"),
}


def _title(kind: str) -> Any:
    if kind == Credential.Kind.ACHIEVEMENT:
        return _("Certificate of achievement")
    return _("Certificate of participation")


def _statement(kind: str) -> dict[str, str]:
    """The words before and after the name."""
    if kind == Credential.Kind.ACHIEVEMENT:
        return in_all_languages(_("has attended the course and passed its exam"))
    return in_all_languages(_("took part in the course; what was learned was not assessed"))


def _workload(minutes: int) -> dict[str, str]:
    hours = in_units(minutes, UnitMinutes.HOUR)
    academic = in_units(minutes, UnitMinutes.ACADEMIC_HOUR)
    return in_all_languages(
        _("%(hours)s hours (%(academic)s academic hours)"),
        hours=f"{hours.normalize():f}",
        academic=f"{academic.normalize():f}",
    )


def _until(document: dict[str, Any]) -> dict[str, str]:
    if "validUntil" not in document:
        return in_all_languages(_("without end"))
    day = datetime.fromisoformat(document["validUntil"]).astimezone(ASHGABAT).date()
    return official_dates(day)


def _qr(address: str) -> str:
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=1)
    return target.getvalue().decode()
