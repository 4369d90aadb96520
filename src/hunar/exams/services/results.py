from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit import services as audit
from hunar.exams import events, permissions, queries, rules
from hunar.exams.errors import NothingToRelease, ResultsReleased, SittingStillOpen
from hunar.exams.models import Attempt, Sitting
from hunar.exams.queries.sittings import ResultRow
from hunar.exams.services.taking import submit_expired
from hunar.kernel.signing import digest, instant
from hunar.notifications import services as notifications
from hunar.people.models import Person
from hunar.records import services as records
from hunar.records.enums import Verb
from hunar.records.services import Fact


@transaction.atomic
def release(sitting: Sitting, *, by: Person, at: datetime) -> Sitting:
    """Mark every attempt, sign each result, tell the candidates; once and for good.

    :raises NotPermitted: unless ``by`` manages exams.
    :raises ResultsReleased: if it was done before.
    :raises SittingStillOpen: while a candidate may still start or is still writing.
    :raises NothingToRelease: if nobody took the exam.
    """
    permissions.check_can_manage_exams(by)
    submit_expired(at=at)
    claimed = Sitting.objects.filter(pk=sitting.pk, state=Sitting.State.PLANNED).update(
        state=Sitting.State.RELEASED, released_at=at
    )
    if not claimed:
        raise ResultsReleased
    sitting.refresh_from_db()
    _check_finished(sitting, at)
    rows = queries.results_of(sitting)
    if not rows:
        raise NothingToRelease
    responses = queries.responses_of(sitting)
    lines = [line.as_json() for line in queries.key_of_form(sitting.form)]
    for row in rows:
        _set_result(row, lines, responses.get(row.attempt.pk, {}), sitting=sitting, at=at)
    Attempt.objects.bulk_update(
        [row.attempt for row in rows], ["marks", "marks_max", "is_passed", "result"], batch_size=100
    )
    _record(sitting, rows, by=by, at=at)
    for row in rows:
        _tell(row.attempt, at=at)
        events.result_released.send(sender=None, attempt=row.attempt, by=by, at=at)
    return sitting


def _check_finished(sitting: Sitting, at: datetime) -> None:
    """:raises SittingStillOpen: which undoes the claim with the transaction."""
    attempts = Attempt.objects.filter(sitting=sitting)
    if attempts.filter(submitted_at__isnull=True).exists():
        raise SittingStillOpen
    if at < sitting.closes_at + rules.GRACE:
        places = sitting.cohort.enrolments.filter(state__in=queries.TAKING)
        if places.exclude(pk__in=attempts.values("enrolment_id")).exists():
            raise SittingStillOpen


def _set_result(
    row: ResultRow,
    lines: list[dict[str, Any]],
    responses: dict[int, str],
    *,
    sitting: Sitting,
    at: datetime,
) -> None:
    attempt, score = row.attempt, row.score
    form = sitting.form
    attempt.sitting = sitting
    attempt.marks, attempt.marks_max = score.marks, score.marks_max
    attempt.is_passed = score.is_passed
    document = {
        "kind": rules.RESULT,
        "attempt": attempt.ref,
        "person": row.person.ref,
        "sitting": sitting.ref,
        "exam": form.exam.ref,
        "form": {"code": form.code, "sha256": form.content_sha256},
        "receipt_sha256": digest(attempt.receipt),
        "released": instant(at),
        "cut_score": str(form.exam.cut_score),
        "items": lines,
        "responses": rules.answers_as_json(responses),
        "marks": {str(place): mark for place, mark in score.marks_by_position.items()},
        "result": score.as_json(),
    }
    attempt.result = audit.sign(document, at=at)


def _record(sitting: Sitting, rows: list[ResultRow], *, by: Person, at: datetime) -> None:
    details = {"attempts": len(rows), "form_sha256": sitting.form.content_sha256}
    audit.record("exams.sitting.released", subject=sitting, by=by, at=at, details=details)
    for row in rows:
        audit.record(
            queries.RELEASED, subject=row.attempt, by=by, at=at, document=row.attempt.result
        )
    records.record_many(_facts(sitting, rows, at))


def _facts(sitting: Sitting, rows: list[ResultRow], at: datetime) -> list[Fact]:
    title, object_id = sitting.form.exam.title, f"exams/{sitting.ref}"
    return [
        Fact(
            person=row.person,
            verb=Verb.PASSED if row.score.is_passed else Verb.FAILED,
            object_id=object_id,
            object_name=title,
            at=at,
            result={
                "score": {
                    "scaled": round(row.score.marks / row.score.marks_max, 4),
                    "raw": row.score.marks,
                    "min": 0,
                    "max": row.score.marks_max,
                },
                "success": row.score.is_passed,
                "completion": True,
            },
        )
        for row in rows
    ]


def _tell(attempt: Attempt, *, at: datetime) -> None:
    notifications.tell(
        attempt.enrolment.person,
        code="exams.result-released",
        subject=_("The result of your exam is there"),
        body=_("The results of the exam %(ref)s are released. You can see your marks by module."),
        details={"ref": attempt.sitting.ref},
        url=reverse("exams:attempt", args=[attempt.pk]),
        at=at,
    )
