from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hunar.kernel.fields import TextField
from hunar.kernel.ids import paper_id
from hunar.kernel.text import in_language
from hunar.people.models import Person


class Policy(models.Model):
    """How much continuing education a grade owes in a cycle; a change is a new policy."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = TextField(verbose_name=_("title"))
    families = models.JSONField(_("position families"), default=list)
    grade_from = models.PositiveSmallIntegerField(_("from grade"))
    grade_to = models.PositiveSmallIntegerField(_("to grade"))
    cycle_years = models.PositiveSmallIntegerField(_("years of a cycle"), default=3)
    total_minutes = models.PositiveIntegerField(_("minutes in a cycle"))
    annual_minutes = models.PositiveIntegerField(_("minutes in a year"), default=0)
    category_minutes = models.JSONField(_("least minutes by category"), default=dict)
    category_caps = models.JSONField(_("most minutes that count by category"), default=dict)
    carry_over_minutes = models.PositiveIntegerField(_("minutes carried over at most"), default=0)
    audit_percent = models.PositiveSmallIntegerField(
        _("claims looked at again, per cent"), default=5, validators=[MaxValueValidator(100)]
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["grade_from", "code"]
        verbose_name = _("CPD policy")
        verbose_name_plural = _("CPD policies")

    def __str__(self) -> str:
        return in_language(self.title)


class Record(models.Model):
    """Minutes of continuing education of one person, from the platform or claimed."""

    PREFIX = "CPD"

    class State(models.TextChoices):
        CLAIMED = "claimed", _("claimed")
        VERIFIED = "verified", _("verified")
        REJECTED = "rejected", _("rejected")
        REVERSED = "reversed", _("reversed")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cpd_records")
    title = TextField(verbose_name=_("activity"))
    category = models.CharField(_("category"), max_length=20)
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"))
    started_date = models.DateField(_("from"))
    ended_date = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    source_ref = models.CharField(_("source"), max_length=60, blank=True)
    evidence = models.FileField(_("evidence"), upload_to="cpd/", blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_at = models.DateTimeField()
    verified_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-ended_date", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source_ref"],
                condition=~Q(source_ref=""),
                name="cpd_credited_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(ended_date__gte=models.F("started_date")), name="cpd_dates_in_order"
            ),
        ]
        verbose_name = _("CPD record")
        verbose_name_plural = _("CPD records")

    def __str__(self) -> str:
        return f"{self.person}: {self.minutes} min"

    @property
    def is_claim(self) -> bool:
        """Whether a person claimed it; the others the platform credited."""
        return not self.source_ref

    @property
    def is_open(self) -> bool:
        return self.state == self.State.CLAIMED

    @property
    def is_verified(self) -> bool:
        return self.state == self.State.VERIFIED

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)
