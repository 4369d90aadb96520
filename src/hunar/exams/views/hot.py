"""The two addresses that a candidate's browser asks again and again.

They use no session: the attempt's token is the permission, and the browser sends no
cookie along, so that saving an answer costs one statement and nothing else.
"""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from hunar.exams import services
from hunar.exams.errors import AnswerTooLong
from hunar.kernel import clock
from hunar.kernel.errors import Malformed, RuleViolation

PROBLEM = "application/problem+json"
BODY_LENGTH = 2048


class Change(msgspec.Struct, forbid_unknown_fields=True):
    """One change of one answer, as the browser sends it."""

    token: str
    position: int
    response: str
    sequence: int
    flagged: bool = False


_decoder = msgspec.json.Decoder(Change)
_encoder = msgspec.json.Encoder()


@csrf_exempt
def save(request: HttpRequest) -> HttpResponse:
    """Keep one answer. 200 says that it outlives whatever happens to the server."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        return _json(_saved(request))
    except RuleViolation as violation:
        return problem(violation)


def _saved(request: HttpRequest) -> dict[str, object]:
    if int(request.headers.get("Content-Length") or 0) > BODY_LENGTH:
        raise AnswerTooLong
    try:
        change = _decoder.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Malformed from None
    at = clock.now()
    saved = services.save_answer(
        change.token,
        position=change.position,
        response=change.response,
        is_flagged=change.flagged,
        sequence=change.sequence,
        at=at,
    )
    return {
        "state": "superseded" if saved.is_superseded else "saved",
        "position": saved.position,
        "response": saved.response,
        "flagged": saved.is_flagged,
        "sequence": saved.sequence,
        "saved_at": saved.saved_at,
        "now": at,
    }


@never_cache
def now(request: HttpRequest) -> HttpResponse:
    """The server's time, for clocks on the page that slept."""
    return _json({"now": clock.now()})


def problem(violation: RuleViolation) -> HttpResponse:
    """The violation as RFC 9457 wants it, with the code that never changes."""
    body = {
        "type": f"urn:hunar:problem:{violation.code}",
        "title": str(violation),
        "status": violation.status,
        "code": violation.code,
        "detail": str(violation.remedy),
    }
    return HttpResponse(_encoder.encode(body), status=violation.status, content_type=PROBLEM)


def _json(content: dict[str, object]) -> HttpResponse:
    return HttpResponse(_encoder.encode(content), content_type="application/json")
