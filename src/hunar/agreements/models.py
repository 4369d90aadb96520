from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hunar.catalogue.models import Programme
from hunar.kernel.fields import TextField
from hunar.kernel.ids import paper_id
from hunar.kernel.text import in_language
from hunar.organisations.models import Organisation
from hunar.people.models import Person


class Agreement(models.Model):
    """A memorandum or contract under which training and advice are given."""

    PREFIX = "AGR"

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("agreement", "draft")
        SIGNED = "signed", pgettext_lazy("agreement", "signed")
        ENDED = "ended", pgettext_lazy("agreement", "ended")

    title = TextField(verbose_name=_("title"))
    summary = TextField(verbose_name=_("summary"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    signed_date = models.DateField(_("signed on"), null=True, blank=True)
    signed_place = TextField(verbose_name=_("signed at"))
    starts_date = models.DateField(_("in force from"))
    ends_date = models.DateField(_("in force until"), null=True, blank=True)
    programmes = models.ManyToManyField(Programme, related_name="agreements", blank=True)

    class Meta:
        ordering = ["-starts_date"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__isnull=True) | Q(ends_date__gte=models.F("starts_date")),
                name="agreement_dates_in_order",
            )
        ]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED


class Party(models.Model):
    class Part(models.TextChoices):
        SIGNATORY = "signatory", _("signatory")
        FUNDER = "funder", _("funder")
        IMPLEMENTER = "implementer", _("implementer")
        BENEFICIARY = "beneficiary", _("beneficiary")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation", "part"], name="party_once_per_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}"


class Obligation(models.Model):
    """What a party owes under the agreement, and whether it was done."""

    PREFIX = "OBL"

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("obligation", "open")
        UNDER_WAY = "under-way", pgettext_lazy("obligation", "under way")
        FULFILLED = "fulfilled", pgettext_lazy("obligation", "fulfilled")
        WAIVED = "waived", pgettext_lazy("obligation", "waived")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="obligations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="obligations")
    text = TextField(verbose_name=_("obligation"))
    due_date = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    evidence = models.TextField(_("evidence"), blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_date", "id"]

    def __str__(self) -> str:
        return in_language(self.text)

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class Expert(models.Model):
    """An entry of the roster: who may be asked, for what, in which languages."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="expertise")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    fields = TextField(verbose_name=_("fields"))
    languages = models.JSONField(_("languages"), default=list)
    is_available = models.BooleanField(_("available"), default=True)

    class Meta:
        ordering = ["person__sort_key"]
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    def __str__(self) -> str:
        return str(self.person)


class AdvisoryRequest(models.Model):
    """A question sent under an agreement, answered by an expert, closed by who asked."""

    PREFIX = "ADV"

    class State(models.TextChoices):
        SENT = "sent", pgettext_lazy("advisory request", "sent")
        ASSIGNED = "assigned", pgettext_lazy("advisory request", "assigned to an expert")
        ANSWERED = "answered", pgettext_lazy("advisory request", "answered")
        CLOSED = "closed", pgettext_lazy("advisory request", "closed")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("subject"), max_length=200)
    question = models.TextField(_("question"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SENT)
    expert = models.ForeignKey(
        Expert, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    answer = models.TextField(_("answer"), blank=True)
    sent_at = models.DateTimeField()
    due_date = models.DateField(_("answer due"))
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(_("usefulness, 1 to 5"), null=True, blank=True)

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("advisory request")
        verbose_name_plural = _("advisory requests")

    def __str__(self) -> str:
        return self.subject

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)
