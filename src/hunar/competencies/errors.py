from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class LevelOutOfScale(RuleViolation):
    """The scale has four levels."""

    code = "level-out-of-scale"
    message = _("There is no level %(level)s.")
    remedy = _("Choose a level from 1 (foundation) to 4 (expert).")
    status = 422


class UnknownCompetency(RuleViolation):
    """A code that the framework does not have."""

    code = "competency-unknown"
    message = _("The framework has no competency %(competency)s.")
    remedy = _("Use one of the codes on the page of the framework.")
    status = 422


class ExpiresBeforeStart(RuleViolation):
    """Evidence cannot lapse before the day that it dates from."""

    code = "evidence-dates"
    message = _("The evidence would expire before the day it dates from.")
    remedy = _("Correct one of the two dates.")
    status = 422


class CompetencyTwice(RuleViolation):
    """A profile asks for each competency once."""

    code = "competency-twice"
    message = _("The profile names %(competency)s twice.")
    remedy = _("Leave one of the two lines out.")
    status = 422
