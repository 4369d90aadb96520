from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

_ADL = "http://adlnet.gov/expapi/verbs/"


class Verb(models.TextChoices):
    """What a person did, by the address that other learning systems know it under.

    Source: the verbs of the xAPI vocabulary published by ADL; *earned* comes from the
    Tin Can registry, *abandoned* from cmi5.
    """

    REGISTERED = _ADL + "registered", _("registered")
    ABANDONED = "https://w3id.org/xapi/adl/verbs/abandoned", _("left")
    INITIALIZED = _ADL + "initialized", _("started")
    EXPERIENCED = _ADL + "experienced", _("read")
    PROGRESSED = _ADL + "progressed", _("went on")
    TERMINATED = _ADL + "terminated", _("paused")
    COMPLETED = _ADL + "completed", _("completed")
    ATTENDED = _ADL + "attended", _("attended")
    ATTEMPTED = _ADL + "attempted", _("attempted")
    ANSWERED = _ADL + "answered", _("answered")
    PASSED = _ADL + "passed", _("passed")
    FAILED = _ADL + "failed", _("did not pass")
    SCORED = _ADL + "scored", _("was marked")
    MASTERED = _ADL + "mastered", _("mastered")
    EARNED = "http://id.tincanapi.com/verb/earned", _("earned")

    @property
    def word(self) -> str:
        """The verb's English name as in its address: ``completed``."""
        return self.value.rpartition("/")[2]
