from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hunar.cohorts.models import Enrolment
from hunar.kernel.ids import paper_id
from hunar.people.models import Person


class Credential(models.Model):
    """A signed certificate (Open Badges 3.0). Revoked or superseded, never deleted."""

    PREFIX = "CRD"

    class Kind(models.TextChoices):
        ACHIEVEMENT = "achievement", _("certificate of achievement")
        PARTICIPATION = "participation", _("certificate of participation")

    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="credentials")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="credentials")
    code = models.CharField(_("verification code"), max_length=14, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number in the register"))
    status_index = models.PositiveIntegerField(unique=True)
    document = models.JSONField()
    issued_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(_("reason of revocation"), max_length=300, blank=True)
    revoked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-issued_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="register_number_once"),
            models.UniqueConstraint(
                fields=["enrolment", "kind"],
                condition=Q(revoked_at__isnull=True),
                name="one_live_credential_per_kind",
            ),
        ]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")

    def __str__(self) -> str:
        return self.register_number

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def register_number(self) -> str:
        return f"{self.year}-{self.number:05d}"
