from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class StatementMalformed(RuleViolation):
    """A learning fact that is no valid Experience API statement."""

    code = "statement-malformed"
    message = _("The statement is not valid: %(reason)s.")
    remedy = _("Correct the statement and send it again.")
    status = 422
