"""Saving an answer: the one statement that runs most on the day of an exam.

The statement guards itself. It writes only if the token names an attempt that is
neither submitted nor over, and only if the form has the position; a repeated or
overtaken change loses against the later one that is there. Whatever it did is
durable before the caller hears of it (SQLite with ``synchronous=FULL``, PostgreSQL
with ``synchronous_commit=on``). Only when it wrote nothing is the reason looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from hunar.exams import permissions, rules
from hunar.exams.errors import (
    AnswerTooLong,
    ExamSubmitted,
    PositionUnknown,
    TimeOver,
    TokenUnknown,
)
from hunar.exams.models import Answer, Attempt, FormItem
from hunar.kernel.errors import Malformed
from hunar.kernel.text import LANGUAGES
from hunar.people.models import Person

SEQUENCE_MAX = 2**31 - 1
POSITION_MAX = 2**15 - 1

_SAVE = """
INSERT INTO exams_answer (attempt_id, position, response, is_flagged, sequence, saved_at)
SELECT attempt.id, line.position, %s, %s, %s, %s
  FROM exams_attempt AS attempt
  JOIN exams_sitting AS sitting ON sitting.id = attempt.sitting_id
  JOIN exams_formitem AS line ON line.form_id = sitting.form_id AND line.position = %s
 WHERE attempt.token = %s AND attempt.submitted_at IS NULL AND attempt.ends_at >= %s
"""
# The lock waits for a submission under way, and PostgreSQL then asks the WHERE again:
# an answer is either in the receipt or refused.
_LOCK = " FOR KEY SHARE OF attempt "
_LATER_WINS = """
ON CONFLICT (attempt_id, position) DO UPDATE SET
  response = excluded.response, is_flagged = excluded.is_flagged,
  sequence = excluded.sequence, saved_at = excluded.saved_at
WHERE excluded.sequence > exams_answer.sequence
"""


@dataclass(frozen=True)
class Saved:
    """What stands in the database for the position now.

    ``is_superseded``: a later change was there already, and it stayed.
    """

    position: int
    response: str
    is_flagged: bool
    sequence: int
    saved_at: datetime
    is_superseded: bool = False


def save_answer(
    token: str,
    *,
    position: int,
    response: str,
    sequence: int,
    at: datetime,
    is_flagged: bool = False,
) -> Saved:
    """Keep the answer to one position; what is returned outlives a killed server.

    :param sequence: grows with each change; a lower one than the saved changes nothing.
    :raises AnswerTooLong: above 40 characters.
    :raises Malformed: if the sequence is out of range.
    :raises TokenUnknown, ExamSubmitted, TimeOver, PositionUnknown: and nothing was written.
    """
    if len(response) > rules.RESPONSE_LENGTH:
        raise AnswerTooLong
    if not 0 < sequence <= SEQUENCE_MAX or "\x00" in response + token:
        raise Malformed
    if not 0 < position <= POSITION_MAX:
        raise PositionUnknown(position=position)
    moment = connection.ops.adapt_datetimefield_value
    values = [
        response,
        is_flagged,
        sequence,
        moment(at),
        position,
        token,
        moment(at - rules.GRACE),
    ]
    if _write(values):
        return Saved(position, response, is_flagged, sequence, at)
    return _why_not(token, position=position, at=at)


def _write(values: list[Any]) -> bool:
    if connection.vendor == "sqlite":
        # The fair queue of writers stands before transactions (kernel.db.sqlite).
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_SAVE + _LATER_WINS, values)
            return bool(cursor.rowcount)
    with connection.cursor() as cursor:
        cursor.execute(_SAVE + _LOCK + _LATER_WINS, values)
        return bool(cursor.rowcount)


def _why_not(token: str, *, position: int, at: datetime) -> Saved:
    attempt = Attempt.objects.select_related("sitting").filter(token=token).first()
    if attempt is None:
        raise TokenUnknown
    if attempt.submitted_at is not None:
        raise ExamSubmitted
    if at - rules.GRACE > attempt.ends_at:
        raise TimeOver
    answer = Answer.objects.filter(attempt=attempt, position=position).first()
    if answer is None:
        if FormItem.objects.filter(form=attempt.sitting.form_id, position=position).exists():
            raise TimeOver
        raise PositionUnknown(position=position)
    return Saved(
        answer.position,
        answer.response,
        answer.is_flagged,
        answer.sequence,
        answer.saved_at,
        is_superseded=True,
    )


def change_language(attempt: Attempt, *, language: str, by: Person) -> Attempt:
    """Show the same questions in another language; the answers stay.

    :raises NotFound: unless ``by`` is the candidate.
    :raises Malformed: for a language that the platform does not speak.
    """
    permissions.check_is_candidate(by, attempt)
    if language not in LANGUAGES:
        raise Malformed
    Attempt.objects.filter(pk=attempt.pk, submitted_at__isnull=True).update(language=language)
    attempt.language = language
    return attempt


def change_answer(
    attempt: Attempt,
    *,
    position: int,
    response: str,
    by: Person,
    at: datetime,
    is_flagged: bool = False,
) -> Saved:
    """Save an answer that comes without a sequence number: a form posted by the candidate.

    :raises NotFound: unless ``by`` is the candidate; further as ``save_answer``.
    """
    permissions.check_is_candidate(by, attempt)
    last = Answer.objects.filter(attempt=attempt, position=position).values_list("sequence")
    known = last.first()
    return save_answer(
        attempt.token,
        position=position,
        response=response,
        is_flagged=is_flagged,
        sequence=rules.sequence_at(
            at, started_at=attempt.started_at, last=known[0] if known else 0
        ),
        at=at,
    )
