from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class CodeTaken(RuleViolation):
    """Codes of organisations, and of posts inside one, are unique."""

    code = "organisation-code-taken"
    message = _("The code “%(code)s” is taken.")
    remedy = _("Choose another code.")


class TitleMissing(RuleViolation):
    """A title is written in all three languages."""

    code = "title-missing"
    message = _("The title is missing in: %(languages)s.")
    remedy = _("Write it in Turkmen, Russian and English.")
    status = 422


class StillHasStaff(RuleViolation):
    """People hold posts there."""

    code = "organisation-has-staff"
    message = _("%(count)s people still hold posts there.")
    remedy = _("End or move their employments first.")


class StillHasUnits(RuleViolation):
    """Units of the organisation are open."""

    code = "organisation-has-units"
    message = _("%(count)s units are still open.")
    remedy = _("Close the units first.")


class ClosedAlready(RuleViolation):
    """A closed organisation is not changed any more."""

    code = "organisation-closed"
    message = _("The organisation was closed before.")


class DatesOutOfOrder(RuleViolation):
    """A title or an organisation cannot end before it began."""

    code = "organisation-dates-out-of-order"
    message = _("The date lies before %(date)s, when the present title began.")
    remedy = _("Enter a later date.")
    status = 422


class UnitOfUnit(RuleViolation):
    """Units stand directly under their organisation."""

    code = "unit-of-unit"
    message = _("A unit cannot have units of its own.")
    remedy = _("Put the unit under the organisation itself.")
