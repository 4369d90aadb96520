from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.competencies.models import Evidence

EvidenceKind = Evidence.Kind


class Area(models.TextChoices):
    """The four areas of the spine; a competency's code begins with its area."""

    GOVERNANCE = "G", _("Governance and services")
    DATA = "D", _("Data")
    CYBERSECURITY = "C", _("Cybersecurity")
    AI = "A", _("Artificial intelligence")
