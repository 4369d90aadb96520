"""Every write of the room: issuing, revoking, replacing, registering, reporting."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit import services as audit
from hunar.cohorts import services as cohorts
from hunar.cohorts.models import Cohort, Enrolment, OfficialDocument
from hunar.competencies import services as competencies
from hunar.competencies.enums import EvidenceKind
from hunar.competencies.services import Found
from hunar.credentials import (
    badges,
    errors,
    events,
    permissions,
    queries,
    register_paper,
    rules,
    status,
)
from hunar.credentials.models import Credential
from hunar.credentials.queries import Due
from hunar.exams.models import Sitting
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.ids import ALPHABET
from hunar.kernel.signing import digest
from hunar.notifications import services as notifications
from hunar.people import queries as people
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.records import services as records
from hunar.records.enums import Verb

ATTEMPTS = 20
REASON_LENGTH = 5

# Issuing ----------------------------------------------------------------------


@transaction.atomic
def issue_for_enrolment(enrolment: Enrolment, *, by: Person, at: datetime) -> Credential | None:
    """Issue what the rule says is due for one place in a cohort, once.

    The rule decides and nobody's opinion, so whoever closes a cohort or releases results
    sets it off. Returns the certificate of the kind that is due, a new one or the one that
    is there; None if nothing is due.
    """
    return _issue_due(queries.due_for(enrolment), by=by, at=at)


@transaction.atomic
def issue_what_is_due(
    cohort: Cohort, *, by: Person, at: datetime, without_exam: bool = False
) -> list[Credential]:
    """Issue to everybody of ``cohort`` what the rule says is due; returns the new ones."""
    dues = [due for due in queries.due_in(cohort, without_exam=without_exam) if due.is_to_issue]
    issued = [_issue_due(due, by=by, at=at) for due in dues]
    return [credential for credential in issued if credential is not None]


@transaction.atomic
def issue_for_cohort(
    cohort: Cohort, *, by: Person, at: datetime, without_exam: bool = False
) -> list[Credential]:
    """What an officer does by hand: issue what is due in ``cohort``; returns the new ones.

    :param without_exam: the exam is not held: attendance alone decides.
    :raises NotPermitted: unless ``by`` issues certificates.
    """
    permissions.check_can_issue(by)
    issued = issue_what_is_due(cohort, by=by, at=at, without_exam=without_exam)
    details = {"issued": len(issued), "without_exam": without_exam}
    audit.record("credentials.cohort.issued", subject=cohort, by=by, at=at, details=details)
    return issued


@transaction.atomic
def issue_to_absent(sitting: Sitting, *, by: Person, at: datetime) -> list[Credential]:
    """After results: issue to those of the cohort who did not take the exam what attendance
    gives. Returns the new ones."""
    issued = [
        issue_for_enrolment(enrolment, by=by, at=at) for enrolment in queries.absent_from(sitting)
    ]
    return [credential for credential in issued if credential is not None]


def _issue_due(due: Due, *, by: Person, at: datetime) -> Credential | None:
    if not due.finding.kind:
        return None
    if due.is_issued:
        return queries.live_credential(due.enrolment, due.finding.kind)
    months = due.enrolment.cohort.version.valid_months
    return _issue(
        due,
        kind=due.finding.kind,
        term=Term(awarded_at=at, valid_until=rules.valid_until(at, months=months)),
        by=by,
        at=at,
    )


@dataclass(frozen=True)
class Term:
    """When a certificate was earned and until when it holds; its replacement keeps both."""

    awarded_at: datetime
    valid_until: datetime | None
    replaces: Credential | None = None


def _issue(due: Due, *, kind: str, term: Term, by: Person, at: datetime) -> Credential:
    credential, is_new = _registered(due, kind=kind, term=term, at=at)
    if not is_new:
        return credential
    audit.record(
        queries.ISSUED,
        subject=credential,
        by=by,
        at=at,
        details={
            "kind": kind,
            "register": credential.register_number,
            "enrolment": due.enrolment.ref,
            "replaces": term.replaces.ref if term.replaces else "",
        },
        document=credential.document,
    )
    _record_evidence(credential, term=term, by=by, at=at)
    _write_statement(credential, at=at)
    _tell_issued(credential, at=at)
    events.credential_issued.send(sender=None, credential=credential, by=by, at=at)
    return credential


def _registered(due: Due, *, kind: str, term: Term, at: datetime) -> tuple[Credential, bool]:
    """The certificate with the next number of the year, and whether it is new.

    The number is the largest one and one more, and the database lets only one transaction
    have it: whoever comes second takes the next, so that the register has no gaps.
    """
    enrolment, year = due.enrolment, at.astimezone(ASHGABAT).year
    for _attempt in range(ATTEMPTS):
        last = Credential.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
        credential = Credential(
            kind=kind,
            person=enrolment.person,
            enrolment=enrolment,
            code=rules.in_groups("".join(secrets.choice(ALPHABET) for _ in range(12))),
            year=year,
            number=last + 1,
            status_index=_free_index(),
            issued_at=at,
            valid_until=term.valid_until,
        )
        credential.document = _signed(credential, due, term, at=at)
        try:
            with transaction.atomic():
                credential.save(force_insert=True)
        except IntegrityError:
            if there := queries.live_credential(enrolment, kind):
                return there, False
            continue
        return credential, True
    raise errors.RegisterNumberTaken


def _free_index() -> int:
    """A place in the newest list, at random, so that neighbours tell nothing of each other.

    A list takes in half of its length; a place that is taken is tried again with the number.
    """
    begun = Credential.objects.count() // (rules.LIST_BITS // 2)
    return begun * rules.LIST_BITS + secrets.randbelow(rules.LIST_BITS)


def _signed(credential: Credential, due: Due, term: Term, *, at: datetime) -> dict[str, object]:
    award = badges.Award(
        kind=credential.kind,
        code=credential.code,
        register_number=credential.register_number,
        status_index=credential.status_index,
        awarded_at=term.awarded_at,
        issued_at=at,
        valid_until=term.valid_until,
        attendance=due.facts.attendance,
        attempt=due.attempt,
        replaces=term.replaces.register_number if term.replaces else "",
    )
    return audit.sign(badges.unsigned(due.enrolment, award), at=at)


def _record_evidence(credential: Credential, *, term: Term, by: Person, at: datetime) -> None:
    """An achievement proves each competency of the course at the highest level it reaches."""
    if not credential.is_achievement:
        return
    outcomes = badges.outcomes_of(credential.enrolment.cohort.version)
    until = term.valid_until
    competencies.record_many(
        [
            Found(
                person=credential.person,
                competency=outcome.competency,
                level=outcome.level_to,
                kind=EvidenceKind.CREDENTIAL,
                date=term.awarded_at.astimezone(ASHGABAT).date(),
                expires_date=until.astimezone(ASHGABAT).date() if until else None,
                source_ref=credential.ref,
            )
            for outcome in badges.highest_levels(outcomes).values()
        ],
        by=by,
        at=at,
    )


def _write_statement(credential: Credential, *, at: datetime) -> None:
    records.record(
        credential.person,
        verb=Verb.EARNED,
        object_id=f"certificates/{credential.ref}",
        object_name=credential.title,
        at=at,
    )


# Revoking and replacing -------------------------------------------------------


@transaction.atomic
def revoke(credential: Credential, *, reason: str, by: Person, at: datetime) -> Credential:
    """Let a certificate count no longer: it, its evidence and its bit in the status list.

    The holder is told with the reason. Nothing is deleted.

    :raises NotPermitted: unless ``by`` issues certificates.
    :raises ReasonMissing: without a reason.
    :raises AlreadyRevoked: if it was revoked before.
    """
    permissions.check_can_issue(by)
    _revoke(credential, reason=reason, by=by, at=at)
    notifications.tell(
        credential.person,
        code="credentials.credential-revoked",
        subject=_("Your certificate %(number)s was revoked"),
        body=_("The academy revoked the certificate %(number)s. Reason: %(reason)s"),
        details={"number": credential.register_number, "reason": credential.revoked_reason},
        url=reverse("credentials:credential", args=[credential.pk]),
        at=at,
    )
    return credential


def _revoke(credential: Credential, *, reason: str, by: Person, at: datetime) -> None:
    reason = " ".join(reason.split())[:300]
    if len(reason) < REASON_LENGTH:
        raise errors.ReasonMissing
    changed = Credential.objects.filter(pk=credential.pk, revoked_at__isnull=True).update(
        revoked_at=at, revoked_reason=reason, revoked_by=by
    )
    if not changed:
        raise errors.AlreadyRevoked
    credential.revoked_at, credential.revoked_reason, credential.revoked_by = at, reason, by
    audit.record(
        "credentials.credential.revoked",
        subject=credential,
        by=by,
        at=at,
        details={
            "register": credential.register_number,
            "status_list": digest(status.status_list(credential.list_number)),
        },
    )
    competencies.withdraw_evidence(source_ref=credential.ref, by=by, at=at)
    events.credential_revoked.send(sender=None, credential=credential, by=by, at=at)


@transaction.atomic
def supersede(credential: Credential, *, reason: str, by: Person, at: datetime) -> Credential:
    """Replace a certificate by one with the name that is known of the person now.

    The old one is revoked; the new one has a number and code of its own, and keeps the
    date of the award and the end of its validity. Returns the new one.

    :raises NotPermitted, ReasonMissing, AlreadyRevoked: as ``revoke``.
    :raises NothingToCorrect: if the name on it is right.
    """
    permissions.check_can_issue(by)
    if credential.facts["learner"] == badges.names_of(credential.person):
        raise errors.NothingToCorrect
    _revoke(credential, reason=reason, by=by, at=at)
    awarded_at = datetime.fromisoformat(credential.document["awardedDate"])
    return _issue(
        queries.due_for(credential.enrolment),
        kind=credential.kind,
        term=Term(awarded_at, credential.valid_until, replaces=credential),
        by=by,
        at=at,
    )


def _tell_issued(credential: Credential, *, at: datetime) -> None:
    notifications.tell(
        credential.person,
        code="credentials.credential-issued",
        subject=_("Your certificate %(number)s is there"),
        body=_(
            "The academy issued your certificate %(number)s. You can print it, keep the signed "
            "file, and let others check it by its code."
        ),
        details={"number": credential.register_number},
        url=reverse("credentials:credential", args=[credential.pk]),
        at=at,
    )


# Papers and reports -----------------------------------------------------------


@transaction.atomic
def register_document(cohort: Cohort, *, by: Person, at: datetime) -> OfficialDocument:
    """Make and register the register of the certificates issued in ``cohort``.

    :raises NotPermitted: unless ``by`` issues certificates and manages cohorts.
    :raises NothingIssued: if there is none.
    """
    permissions.check_can_issue(by)
    rows = list(queries.register_of(cohort))
    if not rows:
        raise errors.NothingIssued
    return cohorts.register_document(
        cohort,
        kind=OfficialDocument.Kind.CERTIFICATE_REGISTER,
        content=register_paper.content(cohort, rows),
        by=by,
        at=at,
    )


@dataclass(frozen=True)
class Suspicion:
    """A certificate that nobody knows, as the subject of a record."""

    ref: str


@transaction.atomic
def report_forgery(
    *, number: str, text: str, contact: str, credential: Credential | None, at: datetime
) -> int:
    """Tell the programme officers that a certificate seems forged; returns how many.

    :param number: what stands on the paper; :param credential: the real one, if there is one.
    """
    subject = credential or Suspicion(number[:60] or "-")
    details = {"text_sha256": digest(text), "known": credential is not None}
    audit.record("credentials.forgery.reported", subject=subject, by=None, at=at, details=details)
    officers = list(people.people_holding(Role.PROGRAMME_OFFICER))
    for officer in officers:
        notifications.tell(
            officer,
            code="credentials.forgery-reported",
            subject=_("A forged certificate is suspected: %(number)s"),
            body=_("Somebody reports: %(text)s\n\nContact: %(contact)s"),
            details={"number": number or "–", "text": text, "contact": contact or "–"},
            url=reverse("credentials:credential", args=[credential.pk]) if credential else "",
            at=at,
        )
    return len(officers)
