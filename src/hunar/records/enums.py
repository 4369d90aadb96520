from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

_ADL = "http://adlnet.gov/expapi/verbs/"


class Verb(models.TextChoices):
    """What a person did, by the address that other learning systems know it under.

    Source: the verbs of the xAPI vocabulary published by ADL; *earned* comes from the
    Tin Can registry, *abandoned* from cmi5.
    """

    REGISTERED = _ADL + "registered", pgettext_lazy("learning fact", "registered")
    ABANDONED = "https://w3id.org/xapi/adl/verbs/abandoned", pgettext_lazy("learning fact", "left")
    INITIALIZED = _ADL + "initialized", pgettext_lazy("learning fact", "started")
    EXPERIENCED = _ADL + "experienced", pgettext_lazy("learning fact", "read")
    PROGRESSED = _ADL + "progressed", pgettext_lazy("learning fact", "went on")
    TERMINATED = _ADL + "terminated", pgettext_lazy("learning fact", "paused")
    COMPLETED = _ADL + "completed", pgettext_lazy("learning fact", "completed")
    ATTENDED = _ADL + "attended", pgettext_lazy("learning fact", "attended")
    ATTEMPTED = _ADL + "attempted", pgettext_lazy("learning fact", "attempted")
    ANSWERED = _ADL + "answered", pgettext_lazy("learning fact", "answered")
    PASSED = _ADL + "passed", pgettext_lazy("learning fact", "passed")
    FAILED = _ADL + "failed", pgettext_lazy("learning fact", "did not pass")
    SCORED = _ADL + "scored", pgettext_lazy("learning fact", "was marked")
    MASTERED = _ADL + "mastered", pgettext_lazy("learning fact", "mastered")
    EARNED = "http://id.tincanapi.com/verb/earned", pgettext_lazy("learning fact", "earned")

    @property
    def word(self) -> str:
        """The verb's English name as in its address: ``completed``."""
        return self.value.rpartition("/")[2]
