from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hunar.careers.rules import Formula
from hunar.kernel.fields import TextField
from hunar.kernel.ids import paper_id
from hunar.organisations.models import Post
from hunar.people.models import Person


class Competition(models.Model):
    """An open post, filled by a formula that was published before the first application."""

    PREFIX = "CMP"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        RANKED = "ranked", _("merit list published")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="competitions")
    summary = TextField(verbose_name=_("summary"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    formula = models.JSONField(
        _("formula"), default=dict, help_text=_("See careers.rules.Formula.")
    )
    formula_sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="competition_times_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(formula_sha256=""),
                name="published_competition_is_frozen",
            ),
        ]
        verbose_name = _("competition")
        verbose_name_plural = _("competitions")

    def __str__(self) -> str:
        return f"{self.post}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_ranked(self) -> bool:
        return self.state == self.State.RANKED

    @property
    def terms(self) -> Formula:
        """The formula as rules read it."""
        return Formula.from_json(self.formula)

    def is_open_at(self, at: datetime) -> bool:
        """Whether applications are accepted at that moment."""
        return self.state == self.State.PUBLISHED and self.opens_at <= at <= self.closes_at

    def moment_of_evidence(self, at: datetime) -> datetime:
        """The closing; before it, the moment at which somebody asks."""
        return min(at, self.closes_at)


class Candidacy(models.Model):
    PREFIX = "CDY"

    class State(models.TextChoices):
        APPLIED = "applied", _("applied")
        WITHDRAWN = "withdrawn", _("application withdrawn")

    competition = models.ForeignKey(
        Competition, on_delete=models.PROTECT, related_name="candidacies"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    statement = models.TextField(_("why you apply"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.APPLIED
    )
    applied_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["applied_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "person"],
                condition=~Q(state="withdrawn"),
                name="one_candidacy_per_competition",
            )
        ]
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN


class MeritList(models.Model):
    """The ranking of a competition: signed, with every input, so that it can be replayed."""

    PREFIX = "MRL"

    competition = models.OneToOneField(
        Competition, on_delete=models.PROTECT, related_name="merit_list"
    )
    document = models.JSONField()
    computed_at = models.DateTimeField()
    computed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.competition}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)
