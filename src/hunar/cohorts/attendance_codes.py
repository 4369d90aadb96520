"""The code on the trainer's screen: made, read, and exchanged for a moment of arrival.

A code belongs to one session and one minute and holds until the end of the next one.
Reading it gives a *pass*, which proves for five minutes that this person saw the code
then: she confirms her presence with it, and a slow network costs her nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.core import signing

from hunar.cohorts import errors, rules
from hunar.cohorts.models import Session
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.people.models import Person

_SALT = "hunar.cohorts.attendance"
PASS_LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class ScreenCode:
    """What the screen shows at a moment."""

    token: str
    digits: str
    seconds_left: int


def is_open(session: Session, at: datetime) -> bool:
    """Whether codes of ``session`` are given: from the morning of its day until its end."""
    morning = datetime.combine(session.day, time(0), ASHGABAT)
    return morning <= at <= session.ends_at


def screen_code(session: Session, *, at: datetime) -> ScreenCode:
    """The code of this minute.

    :raises AttendanceNotOpen: on another day, or after the session.
    """
    if not is_open(session, at):
        raise errors.AttendanceNotOpen
    step = rules.step_of(at)
    secret = _secret()
    return ScreenCode(
        token=rules.token(session.ref, step, secret=secret),
        digits=rules.digits(session.ref, step, secret=secret),
        seconds_left=rules.seconds_left(at),
    )


def session_of_token(token: str, *, at: datetime) -> int:
    """Primary key of the session of a scanned code.

    :raises CodeUnknown: if the academy never made it.
    :raises CodeExpired: if its minute is over.
    """
    read = rules.read_token(token, secret=_secret())
    if read is None:
        raise errors.CodeUnknown
    ref, step = read
    try:
        number = read_paper_id(ref).number
    except UnreadablePaperId:
        raise errors.CodeUnknown from None
    if not rules.is_fresh(step, now=rules.step_of(at)):
        raise errors.CodeExpired
    return number


def session_of_digits(digits: str, *, sessions: Iterable[Session], at: datetime) -> Session:
    """The session whose screen shows ``digits``.

    :param sessions: those to which the code may belong, the person's own first.
    :raises CodeUnknown, CodeExpired: as for a scanned code.
    """
    wanted = "".join(sign for sign in digits if sign.isdigit())
    secret, now = _secret(), rules.step_of(at)
    is_old = False
    for session in sessions:
        if not is_open(session, at):
            continue
        for age in range(rules.REMEMBERED_STEPS):
            shown = rules.digits(session.ref, now - age, secret=secret)
            if hmac.compare_digest(shown.encode(), wanted.encode()):
                if age <= rules.TOLERATED_STEPS:
                    return session
                is_old = True
    raise errors.CodeExpired if is_old else errors.CodeUnknown


def give_pass(session: Session, *, person: Person, at: datetime) -> str:
    """Proof that ``person`` saw the code of ``session`` at this moment."""
    return signing.dumps([session.pk, person.pk, int(at.timestamp())], salt=_SALT, compress=False)


def read_pass(text: str, *, person: Person, at: datetime) -> tuple[int, datetime]:
    """Session and moment of arrival of a pass that was given to ``person``.

    :raises CodeUnknown: if it is forged, or somebody else's.
    :raises CodeExpired: if it is older than five minutes.
    """
    try:
        session, owner, stamp = signing.loads(text, salt=_SALT)
    except (signing.BadSignature, ValueError):
        raise errors.CodeUnknown from None
    arrived = datetime.fromtimestamp(stamp, UTC)
    if owner != person.pk:
        raise errors.CodeUnknown
    if not timedelta(0) <= at - arrived <= PASS_LASTS:
        raise errors.CodeExpired
    return session, arrived


def _secret() -> bytes:
    return hashlib.sha256(f"{_SALT}.{settings.SECRET_KEY}".encode()).digest()
