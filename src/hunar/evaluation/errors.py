from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class IndicatorUnknown(RuleViolation):
    """Indicators are defined in code."""

    code = "indicator-unknown"
    message = _("There is no indicator of this name.")
    remedy = _("Choose one from the results framework.")
    status = 404


class PeriodOutOfOrder(RuleViolation):
    """A period ends after it begins."""

    code = "period-out-of-order"
    message = _("The period would end before it begins.")
    remedy = _("Correct one of the two days.")
    status = 422


class PeriodNotOver(RuleViolation):
    """Released figures do not change any more, so their period is over."""

    code = "period-not-over"
    message = _("The period is not over yet; its figures would still change.")
    remedy = _("Choose a last day that has passed.")


class SmallDifference(RuleViolation):
    """Two releases together can tell what neither tells alone."""

    code = "small-difference"
    message = _("Together with earlier reports, small groups could be worked out: %(cells)s")
    remedy = _("Choose another period, or confirm that the difference may be published.")


class TargetOutOfRange(RuleViolation):
    """A share lies between 0 and 100, a count is not negative."""

    code = "target-out-of-range"
    message = _("The value does not fit the unit of the indicator.")
    remedy = _("Counts are not negative; per cents lie between 0 and 100.")
    status = 422
