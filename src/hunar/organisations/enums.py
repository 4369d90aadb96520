from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionKind(models.TextChoices):
    CITY = "city", _("city")
    VELAYAT = "velayat", _("welaýat")
    DISTRICT = "district", _("etrap")


class OrganisationKind(models.TextChoices):
    """The institution types of the results framework."""

    ACADEMY = "academy", _("academy")
    MINISTRY = "ministry", _("ministry")
    AGENCY = "agency", _("agency")
    UNIVERSITY = "university", _("university")
    REGIONAL = "regional", _("regional administration")
    ENTERPRISE = "enterprise", _("state enterprise")
    PARTNER = "partner", _("international partner")
    UNIT = "unit", _("unit of an organisation")


class RoleGroup(models.TextChoices):
    """Groups of staff in the programme's reports."""

    SENIOR = "senior", _("senior digital officer")
    MIDDLE = "middle", _("mid-level digital officer")
    SPECIALIST = "specialist", _("IT specialist")
    ACADEMIC = "academic", _("academic staff")
