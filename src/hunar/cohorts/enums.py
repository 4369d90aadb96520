from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CorrectionReason(models.TextChoices):
    """Why an attendance record was wrong. A code, so that the log holds no stories."""

    MISTAKE = "mistake", _("entered by mistake")
    SHEET = "sheet", _("the signed sheet says otherwise")
    PROOF = "proof", _("a document was shown later")
    DEVICE = "device", _("the device or the connection failed")
