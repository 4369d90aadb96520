from __future__ import annotations

import secrets
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from hunar.audit import services as audit
from hunar.catalogue.models import Programme
from hunar.evaluation import errors, permissions, queries
from hunar.evaluation.indicators import Indicator
from hunar.evaluation.models import Report, Target
from hunar.kernel.calendar import end_of_day
from hunar.people.models import Person


@transaction.atomic
def set_target(
    programme: Programme,
    *,
    indicator: str,
    baseline: Decimal,
    baseline_year: int,
    value: Decimal,
    due_date: date,
    by: Person,
    at: datetime,
) -> Target:
    """Say what the programme promises for an indicator; the log keeps earlier promises.

    :raises NotPermitted: if ``by`` does not manage reports.
    :raises IndicatorUnknown: if no indicator has this code.
    :raises TargetOutOfRange: if a value does not fit the unit.
    """
    permissions.check_can_report(by)
    definition = queries.definition(indicator)
    if definition is None:
        raise errors.IndicatorUnknown
    most = Decimal(100) if definition.is_percentage else Decimal("9999999999")
    if not all(number.is_finite() and 0 <= number <= most for number in (baseline, value)):
        raise errors.TargetOutOfRange
    facts = {
        "baseline": baseline,
        "baseline_year": baseline_year,
        "value": value,
        "due_date": due_date,
    }
    target, _ = Target.objects.update_or_create(
        programme=programme, indicator=indicator, defaults=facts
    )
    audit.record(
        "evaluation.target.set",
        subject=programme,
        by=by,
        at=at,
        details={"indicator": indicator, **{name: str(fact) for name, fact in facts.items()}},
    )
    return target


@transaction.atomic
def release(
    programme: Programme,
    *,
    audience: str,
    since: date,
    until: date,
    accept_differences: bool = False,
    by: Person,
    at: datetime,
) -> Report:
    """Freeze the figures of a period for an audience into a signed, logged report.

    :param accept_differences: release although, beside earlier reports, a small group could
        be worked out; the log says so.
    :raises NotPermitted: if ``by`` does not manage reports.
    :raises PeriodOutOfOrder, PeriodNotOver: if the period cannot be reported.
    :raises SmallDifference: naming the counts, unless they are accepted.
    """
    permissions.check_can_report(by)
    _check_period(since, until, at)
    salt = secrets.token_hex(16)
    made = queries.content(programme, audience=audience, since=since, until=until, at=at, salt=salt)
    warnings = queries.differences(made.document, programme=programme, audience=audience)
    if warnings and not accept_differences:
        raise errors.SmallDifference(cells="; ".join(each.what for each in warnings[:5]))
    document = audit.sign(made.document, at=at)
    report = Report.objects.create(
        programme=programme,
        audience=audience,
        period_from=since,
        period_to=until,
        document=document,
        salt=salt,
        records=made.records,
        released_at=at,
        released_by=by,
    )
    details = {
        "programme": programme.ref,
        "audience": audience,
        "differences_accepted": len(warnings),
    }
    audit.record(queries.RELEASED, subject=report, by=by, at=at, details=details, document=document)
    return report


def _check_period(since: date, until: date, at: datetime) -> None:
    if until < since:
        raise errors.PeriodOutOfOrder
    if end_of_day(until) >= at:
        raise errors.PeriodNotOver


def note_export(
    programme: Programme, *, indicator: Indicator, count: int, by: Person, at: datetime
) -> None:
    """Put into the log that the records behind a figure were taken out as a table.

    :raises NotPermitted: if ``by`` does not see evidence.
    """
    permissions.check_can_see(by)
    audit.record(
        "evaluation.records.exported",
        subject=programme,
        by=by,
        at=at,
        details={
            "indicator": indicator.code,
            "count": count,
            "with_names": permissions.can_see_names(by),
        },
    )
