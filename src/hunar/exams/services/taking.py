from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare

from hunar.audit import services as audit
from hunar.cohorts.models import Enrolment
from hunar.exams import permissions, queries, rules
from hunar.exams.errors import AccessCodeLocked, AccessCodeWrong, ExamClosed, ExamNotOpen
from hunar.exams.models import Answer, Attempt, Sitting
from hunar.kernel.errors import Malformed, NotFound
from hunar.kernel.signing import instant
from hunar.kernel.text import LANGUAGES
from hunar.people.models import Person
from hunar.records import services as records
from hunar.records.enums import Verb

CODE_TRIES = 10
CODE_PATIENCE = timedelta(minutes=10)


@transaction.atomic
def start(
    sitting: Sitting, *, language: str, by: Person, at: datetime, access_code: str = ""
) -> Attempt:
    """Begin the exam, or return to the attempt that was begun: there is one per sitting.

    The time runs from here, at the longest until the window closes.

    :raises NotFound: if ``by`` has no place in the cohort.
    :raises ExamNotOpen, ExamClosed: outside the window.
    :raises AccessCodeWrong, AccessCodeLocked: where the sitting has a code.
    """
    if language not in LANGUAGES:
        raise Malformed
    enrolment = Enrolment.objects.filter(
        cohort=sitting.cohort_id, person=by, state__in=queries.TAKING
    ).first()
    if enrolment is None:
        raise NotFound
    if begun := Attempt.objects.filter(sitting=sitting, enrolment=enrolment).first():
        return begun
    if at < sitting.opens_at:
        raise ExamNotOpen
    if at >= sitting.closes_at or sitting.state == Sitting.State.RELEASED:
        raise ExamClosed
    _check_access_code(sitting, access_code, by=by)
    minutes = timedelta(minutes=sitting.form.exam.minutes)
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                sitting=sitting,
                enrolment=enrolment,
                language=language,
                token=secrets.token_urlsafe(32),
                started_at=at,
                ends_at=min(at + minutes, sitting.closes_at),
            )
    except IntegrityError:
        # A double click: the other request was first.
        return Attempt.objects.get(sitting=sitting, enrolment=enrolment)
    details = {"sitting": sitting.ref, "ends": instant(attempt.ends_at)}
    audit.record("exams.attempt.started", subject=attempt, by=by, at=at, details=details)
    records.record(
        by,
        verb=Verb.INITIALIZED,
        object_id=f"exams/{sitting.ref}",
        object_name=sitting.form.exam.title,
        at=at,
    )
    return attempt


def _check_access_code(sitting: Sitting, access_code: str, *, by: Person) -> None:
    if not sitting.access_code:
        return
    tries = f"exams.access-code.{sitting.pk}.{by.pk}"
    if cache.get(tries, 0) >= CODE_TRIES:
        raise AccessCodeLocked
    if constant_time_compare(access_code.strip().casefold(), sitting.access_code.casefold()):
        return
    cache.add(tries, 0, timeout=CODE_PATIENCE.total_seconds())
    cache.incr(tries)
    raise AccessCodeWrong


@transaction.atomic
def submit(attempt: Attempt, *, by: Person | None, at: datetime) -> Attempt:
    """Hand in, once and for good; returns the attempt with its signed receipt.

    A second submission, at the same moment or later, changes nothing and gets the same
    receipt. The receipt holds the answers and a salt; the log gets their digest.

    :param by: the candidate; None when the platform submits because the time is over.
    :raises NotFound: if ``by`` is somebody else.
    """
    if by is not None:
        permissions.check_is_candidate(by, attempt)
    current = (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("enrolment__person", "sitting__form__exam")
        .get(pk=attempt.pk)
    )
    if current.submitted_at is not None:
        return current
    receipt = audit.sign(_receipt(current, at), at=at)
    timed_out = at >= current.ends_at
    written = Attempt.objects.filter(pk=current.pk, submitted_at__isnull=True).update(
        submitted_at=at, is_timed_out=timed_out, receipt=receipt
    )
    if not written:  # pragma: no cover - the row is locked; kept for databases without locks
        return Attempt.objects.get(pk=current.pk)
    current.submitted_at, current.is_timed_out, current.receipt = at, timed_out, receipt
    details = {
        "form_sha256": receipt["form"]["sha256"],
        "answers_sha256": receipt["answers_sha256"],
        "timed_out": timed_out,
    }
    audit.record(
        queries.SUBMITTED, subject=current, by=by, at=at, details=details, document=receipt
    )
    return current


def _receipt(attempt: Attempt, at: datetime) -> dict[str, Any]:
    """What was handed in; read under the lock, so nothing can slip in behind it."""
    rows = Answer.objects.filter(attempt=attempt).values_list("position", "response")
    answers = rules.answers_as_json(dict(rows))
    salt = secrets.token_hex(16)
    form = attempt.sitting.form
    return {
        "kind": rules.RECEIPT,
        "attempt": attempt.ref,
        "person": attempt.enrolment.person.ref,
        "sitting": attempt.sitting.ref,
        "exam": form.exam.ref,
        "form": {"code": form.code, "sha256": form.content_sha256},
        "started": instant(attempt.started_at),
        "submitted": instant(at),
        "timed_out": at >= attempt.ends_at,
        "answers": answers,
        "salt": salt,
        "answers_sha256": rules.answers_digest(answers, salt=salt),
    }


def is_over(attempt: Attempt, *, at: datetime) -> bool:
    """Whether no answer can arrive in time any more."""
    return attempt.submitted_at is None and at > attempt.ends_at + rules.GRACE


def submit_if_over(attempt: Attempt, *, at: datetime) -> Attempt:
    """Submit the attempt if its time has run out; returns it as it stands then."""
    return submit(attempt, by=None, at=at) if is_over(attempt, at=at) else attempt


def submit_expired(*, at: datetime) -> int:
    """Submit every attempt whose time has run out; returns how many there were."""
    expired = Attempt.objects.filter(submitted_at__isnull=True, ends_at__lt=at - rules.GRACE)
    count = 0
    for attempt in expired.order_by("ends_at", "id").iterator(chunk_size=200):
        submit(attempt, by=None, at=at)
        count += 1
    return count
