from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from hunar.audit import services as audit
from hunar.people.models import Person
from hunar.selection import errors, permissions, rules
from hunar.selection.models import Call, Mark, Nomination


@transaction.atomic
def mark(
    nomination: Nomination,
    *,
    values: Mapping[str, Decimal],
    comment: str = "",
    by: Person,
    at: datetime,
) -> list[Mark]:
    """Give one panel member's marks for every marked criterion; giving them again corrects them.

    :param values: one mark per marked criterion, by its code.
    :raises MarkingNotOpen: unless the call is closed and not decided.
    :raises FileFullyMarked: if enough others have marked.
    :raises MarkOutOfRange: if a mark is missing or beyond its maximum.
    :raises NotPermitted: if ``by`` is no panel member (``MarkerConflict``: too near).
    """
    _check_is_open(nomination)
    permissions.check_can_mark(by, nomination)
    frozen = rules.from_json(nomination.call.rules)
    markers = set(nomination.marks.values_list("marker_id", flat=True))
    if by.pk not in markers and len(markers) >= frozen.markers:
        raise errors.FileFullyMarked
    _check_values(frozen, values)
    marks = [
        Mark.objects.update_or_create(
            nomination=nomination,
            criterion=code,
            marker=by,
            defaults={"value": values[code], "comment": comment, "marked_at": at},
        )[0]
        for code in (criterion.code for criterion in frozen.marked_criteria)
    ]
    audit.record(
        "selection.nomination.marked",
        subject=nomination,
        by=by,
        at=at,
        details={"call": nomination.call.ref, "criteria": [each.criterion for each in marks]},
    )
    return marks


def _check_is_open(nomination: Nomination) -> None:
    is_open = Call.objects.filter(pk=nomination.call_id, state=Call.State.CLOSED).exists()
    if not is_open or nomination.state != Nomination.State.ELIGIBLE:
        raise errors.MarkingNotOpen


def _check_values(frozen: rules.CallRules, values: Mapping[str, Decimal]) -> None:
    for criterion in frozen.marked_criteria:
        value = values.get(criterion.code)
        if value is None or not value.is_finite() or not 0 <= value <= criterion.maximum:
            raise errors.MarkOutOfRange(maximum=criterion.maximum)
        if value != value.quantize(Decimal("0.01")):
            raise errors.MarkOutOfRange(maximum=criterion.maximum)
