"""The register of issued certificates of a cohort, as a paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.cohorts import services as cohorts
from hunar.cohorts.models import Cohort
from hunar.credentials.models import Credential
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.dates import official_period
from hunar.kernel.text import in_all_languages


def content(cohort: Cohort, rows: Sequence[Credential]) -> dict[str, Any]:
    """Number, name, kind, dates and a place for the signature of each certificate."""
    heads = (_("Number"), _("Name"), _("Kind"), _("Issued"), _("Code"), _("Signature"))
    return cohorts.paper(
        title=in_all_languages(_("Register of issued certificates")),
        subtitle=cohort.version.title,
        facts=[
            (in_all_languages(_("Cohort")), cohort.code),
            (in_all_languages(_("Dates")), official_period(cohort.starts_date, cohort.ends_date)),
            (in_all_languages(_("Certificates")), str(len(rows))),
        ],
        tables=[
            cohorts.table(
                head=["№", *(in_all_languages(head) for head in heads)],
                columns=["8mm", "24mm", "1.3fr", "1fr", "22mm", "34mm", "26mm"],
                rows=[[str(place), *_line(row)] for place, row in enumerate(rows, start=1)],
                tall=True,
            )
        ],
        flipped=True,
        page=reverse("credentials:cohort", args=[cohort.pk]),
    )


def _line(row: Credential) -> list[Any]:
    day = row.issued_at.astimezone(ASHGABAT).date()
    kind = in_all_languages(Credential.Kind(row.kind).label)
    if row.is_revoked:
        revoked = in_all_languages(_("revoked"))
        kind = {code: f"{kind[code]} ({revoked[code]})" for code in kind}
    return [row.register_number, row.facts["learner"], kind, f"{day:%d.%m.%Y}", row.code, ""]
