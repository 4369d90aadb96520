from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hunar.kernel.fields import TextField
from hunar.kernel.ids import paper_id
from hunar.kernel.text import in_language
from hunar.organisations.models import Post
from hunar.people.models import Person

LEVEL_VALIDATORS = [MinValueValidator(1), MaxValueValidator(4)]


class Framework(models.Model):
    """A version of a competency framework; adopted versions do not change."""

    PREFIX = "FRW"

    code = models.CharField(_("code"), max_length=40)
    version = models.CharField(_("version"), max_length=20)
    title = TextField(verbose_name=_("title"))
    licence = models.CharField(_("licence"), max_length=60)
    adopted_date = models.DateField(_("adopted on"), null=True, blank=True)

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="framework_version_once")
        ]

    def __str__(self) -> str:
        return f"{in_language(self.title)} {self.version}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class Level(models.Model):
    """A step of the framework's scale, 1 (foundation) to 4 (expert)."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="levels")
    ordinal = models.PositiveSmallIntegerField(validators=LEVEL_VALIDATORS)
    title = TextField(verbose_name=_("title"))
    descriptor = TextField(verbose_name=_("descriptor"))

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["framework", "ordinal"], name="level_once")]

    def __str__(self) -> str:
        return f"{self.ordinal} {in_language(self.title)}"


class Competency(models.Model):
    """One of the competencies on which people are assessed, such as ``C2``."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="competencies")
    code = models.CharField(_("code"), max_length=10, unique=True)
    area = models.CharField(_("area"), max_length=1)
    title = TextField(verbose_name=_("title"))
    description = TextField(verbose_name=_("description"))
    anchors = models.JSONField(
        default=dict, help_text=_("Codes in other frameworks, by the framework's code.")
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")

    def __str__(self) -> str:
        return f"{self.code} {in_language(self.title)}"


class Requirement(models.Model):
    """What a post's profile asks for."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="requirements")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("required level"), validators=LEVEL_VALIDATORS)
    is_critical = models.BooleanField(_("critical"), default=False)

    class Meta:
        ordering = ["competency__order"]
        constraints = [
            models.UniqueConstraint(fields=["post", "competency"], name="requirement_once")
        ]

    def __str__(self) -> str:
        return f"{self.competency.code} ≥ {self.level}"


class Evidence(models.Model):
    """A recorded reason to hold a person competent; attainment is computed from these."""

    class Kind(models.TextChoices):
        CREDENTIAL = "credential", _("certificate of achievement")
        LAB = "lab", _("lab")
        ASSESSMENT = "assessment", _("assessment")
        SELF = "self", _("self-assessment")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"), validators=LEVEL_VALIDATORS)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    date = models.DateField(_("date"))
    expires_date = models.DateField(_("expires"), null=True, blank=True)
    source_ref = models.CharField(_("source"), max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "competency", "source_ref"], name="evidence_once_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.competency.code}/{self.level} ({self.source_ref})"
