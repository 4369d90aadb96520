from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class ReadTooLittle(RuleViolation):
    """The lesson was open for less than a quarter of its planned time."""

    code = "lesson-read-too-little"
    message = _("You read %(read)s min; this lesson needs at least %(needed)s min.")
    remedy = _("Read on, and finish the lesson at its end.")


class NotLearning(RuleViolation):
    """The enrolment was withdrawn or ended without the lessons."""

    code = "enrolment-not-learning"
    message = _("You are no longer enrolled in this course.")
    remedy = _("Ask the programme officer if this is a mistake.")
    status = 403
