from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hunar.cohorts.models import Enrolment
from hunar.credentials.rules import LIST_BITS
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

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_achievement(self) -> bool:
        return self.kind == self.Kind.ACHIEVEMENT

    @property
    def facts(self) -> dict[str, Any]:
        """What the signed document says in three languages: the micro-credential."""
        facts: dict[str, Any] = self.document["credentialSubject"]["microCredential"]
        return facts

    @property
    def title(self) -> dict[str, str]:
        """The title of the course as it was certified."""
        title: dict[str, str] = self.facts["title"]
        return title

    @property
    def awarded_date(self) -> date:
        """The day on which it was earned; a replacement keeps it."""
        return date.fromisoformat(self.facts["date"])

    @property
    def list_number(self) -> int:
        """The status list in which its bit stands."""
        return self.status_index // LIST_BITS + 1
