from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.kernel.fields import TextField
from hunar.people.models import Person


class Message(models.Model):
    """What the platform tells one person; always on the page, by e-mail where there is one."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    code = models.CharField(max_length=60)
    subject = TextField(verbose_name=_("subject"))
    body = TextField(verbose_name=_("text"))
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["person", "read_at"])]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return f"{self.person}: {self.code}"
