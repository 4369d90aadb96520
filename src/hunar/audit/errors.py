from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class CheckpointsOutOfOrder(RuleViolation):
    """A consistency proof leads from a smaller checkpoint to a larger one."""

    code = "checkpoints-out-of-order"
    message = _("The first checkpoint has to be the smaller one.")
    remedy = _("Choose an earlier first checkpoint or a later second one.")
    status = 422
