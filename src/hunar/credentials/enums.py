from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.credentials.models import Credential

CredentialKind = Credential.Kind


class Standing(models.TextChoices):
    """What a certificate is worth on a day."""

    VALID = "valid", _("valid")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")


class Reason(models.TextChoices):
    """Why somebody gets a certificate, or none."""

    PASSED = "passed", _("Passed the exam and attended at least 80 %.")
    ATTENDED = "attended", _("Attended at least 80 %, without passing the exam.")
    COHORT_OPEN = "cohort-open", _("The cohort is not closed yet: attendance can still change.")
    NOT_ENROLLED = "not-enrolled", _("The place in the cohort was given up.")
    ATTENDANCE_LOW = "attendance-low", _("Attended less than 80 %.")
    EXAM_AWAITED = "exam-awaited", _("The results of the exam are not released yet.")
    REVOKED = (
        "revoked",
        _("A certificate of this kind was revoked; only its replacement is issued."),
    )
