from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hunar.competencies.models import LEVEL_VALIDATORS, Competency
from hunar.kernel.fields import SearchKeyField, TextField
from hunar.kernel.ids import paper_id
from hunar.kernel.text import in_language


class Programme(models.Model):
    """A set of courses with one purpose, reported together."""

    PREFIX = "PRG"

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = TextField(verbose_name=_("title"))
    summary = TextField(verbose_name=_("summary"))
    starts_date = models.DateField(_("starts"))
    ends_date = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        ordering = ["-starts_date"]
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class Course(models.Model):
    """A course across all its versions."""

    PREFIX = "CRS"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="courses")
    code = models.CharField(_("code"), max_length=20, unique=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class CourseVersion(models.Model):
    """What is taught and certified. A published version never changes; its hash says so."""

    PREFIX = "CVR"

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("course version", "draft")
        PUBLISHED = "published", pgettext_lazy("course version", "published")
        RETIRED = "retired", pgettext_lazy("course version", "retired")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    title = TextField(verbose_name=_("title"))
    summary = TextField(verbose_name=_("summary"))
    audience = TextField(verbose_name=_("for whom"))
    prerequisites = TextField(verbose_name=_("prerequisites"))
    workload_minutes = models.PositiveIntegerField(_("workload in minutes"))
    valid_months = models.PositiveSmallIntegerField(_("certificate valid for months"))
    cpd_category = models.CharField(_("CPD category"), max_length=20)
    published_at = models.DateTimeField(null=True, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    search_key = SearchKeyField("title", "summary")

    class Meta:
        ordering = ["course__code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="published_version_has_moment",
            ),
        ]
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def tone(self) -> str:
        return {"draft": "warn", "published": "good"}.get(self.state, "neutral")


class Module(models.Model):
    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="modules")
    code = models.CharField(_("code"), max_length=10)
    day = models.PositiveSmallIntegerField(_("day"))
    title = TextField(verbose_name=_("title"))
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="module_code_in_version")
        ]

    def __str__(self) -> str:
        return f"{self.code} {in_language(self.title)}"


class Objective(models.Model):
    """What a learner will be able to do, tied to a competency and the levels it spans."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="objectives")
    code = models.CharField(_("code"), max_length=10)
    text = TextField(verbose_name=_("text"))
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="objectives")
    level_from = models.PositiveSmallIntegerField(validators=LEVEL_VALIDATORS)
    level_to = models.PositiveSmallIntegerField(validators=LEVEL_VALIDATORS)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["module__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["module", "code"], name="objective_code_in_module"),
            models.CheckConstraint(
                condition=Q(level_to__gte=models.F("level_from")), name="objective_levels_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {in_language(self.text)}"


class Lesson(models.Model):
    """A page of a module, from the course pack, with its text per language."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="lessons")
    code = models.CharField(_("code"), max_length=20)
    title = TextField(verbose_name=_("title"))
    body = TextField(verbose_name=_("text"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    objectives = models.ManyToManyField(Objective, related_name="lessons")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["module__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["module", "code"], name="lesson_code_in_module")
        ]

    def __str__(self) -> str:
        return f"{self.code} {in_language(self.title)}"
