from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.people.models import Person


class Statement(models.Model):
    """One learning fact in the Experience API's form; rows are only ever added."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statements")
    verb = models.CharField(max_length=200)
    object_id = models.CharField(max_length=300, db_index=True)
    timestamp = models.DateTimeField()
    stored = models.DateTimeField()
    raw = models.JSONField()

    class Meta:
        ordering = ["-timestamp", "-id"]
        indexes = [models.Index(fields=["person", "-timestamp"])]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return f"{self.person} {self.verb} {self.object_id}"
