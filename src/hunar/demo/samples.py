"""One document of each kind that the academy signs, out of the demo, with its proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from hunar.audit import queries as log
from hunar.audit import services as audit
from hunar.audit.models import Checkpoint, Entry
from hunar.careers.models import MeritList
from hunar.cpd import services as cpd
from hunar.cpd.models import Record
from hunar.credentials.models import Credential
from hunar.evaluation.models import Report
from hunar.exams.models import Attempt
from hunar.kernel import clock
from hunar.kernel.signing import digest
from hunar.people.models import Person
from hunar.selection.models import Decision

Document = dict[str, Any]


class NothingSigned(LookupError):
    """The demo academy holds no document of a kind that it should hold."""


def all_kinds() -> Iterator[tuple[str, Document]]:
    """Name and proven document of each kind, in the order of the chain.

    :raises NothingSigned: naming the kind that the demo lacks.
    """
    for name, find in KINDS.items():
        document = find()
        if not document:
            raise NothingSigned(name)
        yield name, _proven(document)
    yield "log-consistency", _consistency()


def _proven(document: Document) -> Document:
    entry = Entry.objects.get(details__document_sha256=digest(document))
    return audit.with_log_proof(document, entry=entry)


def _credential() -> Document | None:
    """An achievement that counts."""
    live = Credential.objects.filter(revoked_at__isnull=True, kind=Credential.Kind.ACHIEVEMENT)
    return live.order_by("number").values_list("document", flat=True).first()


def _statement() -> Document | None:
    """The account of the person with the most verified activities, signed now by herself."""
    ledger = Record.objects.filter(state=Record.State.VERIFIED)
    counts: dict[int, int] = {}
    for pk in ledger.order_by("person_id").values_list("person_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    if not counts:
        return None
    person = Person.objects.get(pk=max(counts, key=lambda pk: (counts[pk], -pk)))
    document, _entry = cpd.statement(person, by=person, at=clock.now())
    return document


def _protocol() -> Document | None:
    return Decision.objects.order_by("pk").values_list("protocol", flat=True).first()


def _receipt() -> Document | None:
    submitted = Attempt.objects.filter(submitted_at__isnull=False)
    return submitted.order_by("pk").values_list("receipt", flat=True).first()


def _result() -> Document | None:
    released = Attempt.objects.filter(marks__isnull=False)
    return released.order_by("pk").values_list("result", flat=True).first()


def _merit_list() -> Document | None:
    return MeritList.objects.order_by("pk").values_list("document", flat=True).first()


def _report() -> Document | None:
    return Report.objects.order_by("pk").values_list("document", flat=True).first()


KINDS: dict[str, Callable[[], Document | None]] = {
    "selection-protocol": _protocol,
    "exam-receipt": _receipt,
    "exam-result": _result,
    "credential": _credential,
    "cpd-statement": _statement,
    "merit-list": _merit_list,
    "donor-report": _report,
}


def _consistency() -> Document:
    """From the first checkpoint to the latest; signing a statement made at least two."""
    audit.integrate()
    old = Checkpoint.objects.order_by("size").first()
    new = log.latest_checkpoint()
    if old is None or new is None or old.size == new.size:
        raise NothingSigned("log-consistency")
    return log.consistency_proof(old=old, new=new)
