from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from ninja.pagination import LimitOffsetPagination, paginate

from hunar.audit import services as audit
from hunar.evaluation import permissions, queries, services
from hunar.kernel import clock
from hunar.kernel.errors import NotFound
from hunar.kernel.refs import row_number
from hunar.people.requests import PersonRequest

router = Router(tags=["evaluation"])


class FigureOut(Schema):
    """``value`` is null where it is hidden or nothing is recorded."""

    code: str
    version: int
    level: str
    value: str | None
    n: int | None
    hidden: bool
    baseline: str | None
    target: str | None
    due_date: date | None


class FrameworkOut(Schema):
    programme: str
    since: date
    until: date
    threshold: int
    figures: list[FigureOut]
    cuts: list[dict[str, Any]]


class ReportOut(Schema):
    ref: str
    programme: str
    audience: str
    period_from: date
    period_to: date
    released_at: datetime

    @staticmethod
    def resolve_programme(report: Any) -> str:
        return str(report.programme.ref)


class ReleaseIn(Schema):
    audience: Literal["internal", "public"]
    since: date
    until: date
    accept_differences: bool = False


@router.get("/reports", response=list[ReportOut])
@paginate(LimitOffsetPagination)
def reports(request: PersonRequest) -> Any:
    """The released reports that the caller may see."""
    return queries.reports_visible_to(request.person)


@router.get("/reports/{ref}", response=dict[str, Any])
def report(request: PersonRequest, ref: str) -> Any:
    """The signed report with the proof that it is logged."""
    visible = queries.reports_visible_to(request.person)
    found = get_object_or_404(visible, pk=row_number(ref, prefix="REP"))
    entry = queries.release_entry(found)
    if entry is None:
        raise NotFound
    return audit.with_log_proof(found.document, entry=entry)


@router.get("/programmes/{ref}", response=FrameworkOut)
def framework(request: PersonRequest, ref: str, round: int = 0, course: str = "") -> Any:
    """The indicators of a programme as the records stand now, as inside the academy."""
    permissions.check_can_see(request.person)
    programme = _programme(ref)
    since, until = queries.whole_period(programme, on=clock.today())
    view = queries.programme_view(
        queries.Scope(programme, since, until, intake=round, course=course)
    )
    return {
        "programme": programme.ref,
        "since": since,
        "until": until,
        "threshold": view.framework.threshold,
        "figures": [_figure(line) for line in view.lines],
        "cuts": [
            {
                "dimension": cut.dimension,
                "categories": [code for code, _ in cut.categories],
                "levels": {level.code: level.values for level in cut.levels},
            }
            for cut in view.framework.cuts
        ],
    }


@router.post("/programmes/{ref}/reports", response={201: ReportOut})
def release(request: PersonRequest, ref: str, given: ReleaseIn) -> Any:
    """Freeze the figures of a period into a signed report."""
    made = services.release(_programme(ref), **given.dict(), by=request.person, at=clock.now())
    return Status(201, made)


def _programme(ref: str) -> Any:
    return get_object_or_404(queries.programmes(), pk=row_number(ref, prefix="PRG"))


def _figure(line: Any) -> dict[str, Any]:
    figure, target = line.figure, line.target
    return {
        "code": figure.indicator.code,
        "version": figure.indicator.version,
        "level": figure.indicator.level.value,
        "value": None if figure.value is None else str(figure.value),
        "n": figure.n,
        "hidden": figure.is_hidden,
        "baseline": str(target.baseline) if target else None,
        "target": str(target.value) if target else None,
        "due_date": target.due_date if target else None,
    }
