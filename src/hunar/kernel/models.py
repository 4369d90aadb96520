from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.kernel.fields import TextField


class CalendarDay(models.Model):
    """A day that breaks the weekly rhythm, with the order that says so."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        DAY_OFF = "day-off", _("day off moved or declared")
        WORKING = "working", _("declared a working day")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = TextField(verbose_name=_("title"))
    order_number = models.CharField(_("number of the order"), max_length=60, blank=True)
    is_estimated = models.BooleanField(_("date is estimated"), default=False)

    class Meta:
        ordering = ["date"]
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class Setting(models.Model):
    """A choice of the academy itself, made at ``hunar init`` or by an administrator."""

    key = models.CharField(max_length=60, primary_key=True)
    value = models.JSONField()

    class Meta:
        verbose_name = _("setting")
        verbose_name_plural = _("settings")

    def __str__(self) -> str:
        return self.key
