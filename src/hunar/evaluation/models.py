from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.catalogue.models import Programme
from hunar.kernel.ids import paper_id
from hunar.people.models import Person


class Target(models.Model):
    """What the results framework promises for an indicator by a date."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    indicator = models.CharField(_("indicator"), max_length=40)
    baseline = models.DecimalField(_("baseline"), max_digits=12, decimal_places=2, default=0)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"))
    value = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    due_date = models.DateField(_("due"))

    class Meta:
        ordering = ["indicator"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "indicator"], name="target_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} ≥ {self.value}"


class Report(models.Model):
    """Figures as they were released: signed, suppressed for their audience, never edited."""

    PREFIX = "REP"

    class Audience(models.TextChoices):
        INTERNAL = "internal", _("academy and donor")
        PUBLIC = "public", _("public")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    audience = models.CharField(_("audience"), max_length=10, choices=Audience.choices)
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("to"))
    document = models.JSONField()
    salt = models.CharField(
        max_length=64,
        default="",
        help_text=_("Enters the digests of the records; known inside the academy only."),
    )
    records = models.JSONField(
        default=dict, help_text=_("Ids of the records behind each figure, as they were.")
    )
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-released_at"]
        verbose_name = _("donor report")
        verbose_name_plural = _("donor reports")

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_public(self) -> bool:
        return self.audience == self.Audience.PUBLIC
