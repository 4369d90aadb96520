"""The register of certificates as a workbook."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hunar.credentials import rules
from hunar.credentials.enums import Standing
from hunar.credentials.models import Credential
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.tables import write_xlsx
from hunar.kernel.text import in_language


def register_xlsx(credentials: QuerySet[Credential], *, at: datetime) -> bytes:
    """One row per certificate, as the page is narrowed and sorted; no marks."""
    headings = [
        _("Number"),
        _("Name"),
        _("Institution"),
        _("Kind"),
        _("Course"),
        _("Cohort"),
        _("Issued"),
        _("Valid until"),
        _("State"),
        _("Code"),
    ]
    rows = (_cells(row, at) for row in credentials.defer("document").iterator(chunk_size=500))
    return write_xlsx(headings, rows, sheet=_("Certificates"))


def _cells(row: Credential, at: datetime) -> list[object]:
    standing = rules.standing(valid_until=row.valid_until, revoked_at=row.revoked_at, at=at)
    cohort = row.enrolment.cohort
    until = row.valid_until
    return [
        row.register_number,
        row.person.name.full,
        str(row.enrolment.organisation),
        str(row.get_kind_display()),
        in_language(cohort.version.title),
        cohort.code,
        row.issued_at.astimezone(ASHGABAT).date(),
        until.astimezone(ASHGABAT).date() if until else "",
        str(Standing(standing).label),
        row.code,
    ]
