from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class NoSuchCheckpoint(RuleViolation):
    """No checkpoint of that size was signed, or the earlier one is the larger."""

    code = "checkpoint-unknown"
    message = _("There is no checkpoint of that size, or the first is not older than the second.")
    remedy = _("Choose two sizes out of the list of checkpoints.")
    status = 404
