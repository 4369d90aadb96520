from __future__ import annotations

from django.db.models import QuerySet

from hunar.cohorts.models import Cohort, CohortTrainer, OfficialDocument
from hunar.cohorts.queries.reach import sees_all
from hunar.people.models import Person


def documents_of(cohort: Cohort) -> QuerySet[OfficialDocument]:
    """The registered papers of ``cohort``, latest first."""
    return OfficialDocument.objects.filter(cohort=cohort).select_related("registered_by")


def documents_visible_to(person: Person) -> QuerySet[OfficialDocument]:
    """Papers name everybody, so only those who see everybody in the cohort see them."""
    rows = OfficialDocument.objects.select_related("cohort", "cohort__version", "registered_by")
    if sees_all(person):
        return rows
    teaches = CohortTrainer.objects.filter(person=person)
    return rows.filter(cohort__in=teaches.values("cohort_id"))


def own_document_kinds() -> dict[str, str]:
    """Kinds of papers that this room writes, with their names."""
    foreign = OfficialDocument.Kind.CERTIFICATE_REGISTER
    return {kind.value: str(kind.label) for kind in OfficialDocument.Kind if kind != foreign}


def latest_like(document: OfficialDocument) -> OfficialDocument:
    """The paper of the same kind and cohort that holds now: ``document`` or a later one."""
    return (
        OfficialDocument.objects.filter(cohort=document.cohort_id, kind=document.kind)
        .defer("content")
        .order_by("-year", "-number")[:1]
        .get()
    )
