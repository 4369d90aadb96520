from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from hunar.kernel.access import person_asking
from hunar.records import queries

router = Router(tags=["records"])
MOST = 500


class StatementsOut(Schema):
    """An Experience API result; ``more`` is the address of the next part, or empty."""

    statements: list[dict[str, Any]]
    more: str


@router.get("/statements", response=StatementsOut)
def statements(
    request: HttpRequest,
    verb: str = "",
    activity: str = "",
    since: date | None = None,
    until: date | None = None,
    limit: int = 100,
    offset: int = 0,
) -> Any:
    """The caller's own statements, newest first."""
    wish = queries.Wish(verb=verb, activity=activity, since=since, until=until)
    part = queries.part_of(
        person_asking(request), wish=wish, limit=min(max(limit, 1), MOST), offset=max(offset, 0)
    )
    more = request.GET.copy()
    more["offset"] = str(max(offset, 0) + len(part.raw))
    address = f"{request.path}?{more.urlencode()}" if part.has_more else ""
    return {"statements": part.raw, "more": address}
