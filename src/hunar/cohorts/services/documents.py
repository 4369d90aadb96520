from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from hunar.audit import services as audit
from hunar.cohorts import documents, errors, permissions
from hunar.cohorts.models import Cohort, OfficialDocument
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.signing import digest
from hunar.people.models import Person

ATTEMPTS = 20


@transaction.atomic
def register_document(
    cohort: Cohort, *, kind: str, content: Mapping[str, Any], by: Person, at: datetime
) -> OfficialDocument:
    """Give a paper of the cohort its number and keep its content for good.

    Numbers run without gaps per kind and year. A paper is never edited: a later one of the
    same kind takes its place.

    :param content: as ``documents.paper`` makes it, worded in every language.
    :raises NotPermitted: if ``by`` manages no cohorts.
    :raises NumberTaken: if no number could be given.
    """
    permissions.check_can_manage(by)
    document = _numbered(
        OfficialDocument(
            cohort=cohort,
            kind=kind,
            year=at.astimezone(ASHGABAT).year,
            content=dict(content),
            registered_at=at,
            registered_by=by,
        )
    )
    audit.record(
        "cohorts.document.registered",
        subject=document,
        by=by,
        at=at,
        details={
            "cohort": cohort.ref,
            "kind": kind,
            "number": f"{document.number}/{document.year}",
            "content_sha256": digest(document.content),
        },
    )
    return document


def register_own_document(
    cohort: Cohort, *, kind: str, by: Person, at: datetime
) -> OfficialDocument:
    """Make and register one of the papers that this room writes itself: group list, order
    of enrolment, attendance sheet.

    :raises KeyError: if another room writes papers of that kind.
    """
    permissions.check_can_manage(by)
    content = documents.WRITERS[kind](cohort, at=at)
    return register_document(cohort, kind=kind, content=content, by=by, at=at)


def _numbered(document: OfficialDocument) -> OfficialDocument:
    same_series = OfficialDocument.objects.filter(kind=document.kind, year=document.year)
    for _ in range(ATTEMPTS):
        document.number = (same_series.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                document.save(force_insert=True)
        except IntegrityError:
            continue
        return document
    raise errors.NumberTaken
