from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.cpd.models import Record

RecordState = Record.State


class Category(models.TextChoices):
    """What an activity was about; the codes stand in policies and course packs."""

    CYBER = "cyber", _("cybersecurity")
    DIGITAL = "digital", _("digital government and data")
    ETHICS = "ethics", _("ethics and law")
    LEADERSHIP = "leadership", _("leadership")
    TEACHING = "teaching", _("teaching others")
    SELF_STUDY = "self-study", _("self-study")


class StandingLabel(models.TextChoices):
    """The words for ``rules.Standing``."""

    FULFILLED = "fulfilled", _("fulfilled")
    ON_TRACK = "on-track", _("on track")
    BEHIND = "behind", _("behind")
    MISSED = "missed", _("not fulfilled")
    NO_POLICY = "no-policy", _("no policy applies")
