from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hunar.catalogue.models import Course, CourseVersion
from hunar.cohorts.models import Cohort, Enrolment, Room
from hunar.kernel.fields import SearchKeyField, TextField
from hunar.kernel.ids import paper_id
from hunar.kernel.text import in_language


class Item(models.Model):
    """One version of one question in all its languages; never changed once used."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("single choice")
        NUMERIC = "numeric", _("numeric answer")

    class Use(models.TextChoices):
        SCORED = "scored", _("scored")
        PILOT = "pilot", _("pilot, not scored")
        RETIRED = "retired", _("retired")

    class Bloom(models.TextChoices):
        REMEMBER = "remember", _("remember")
        UNDERSTAND = "understand", _("understand")
        APPLY = "apply", _("apply")
        ANALYSE = "analyse", _("analyse")
        EVALUATE = "evaluate", _("evaluate")
        CREATE = "create", _("create")

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="items")
    code = models.CharField(_("code"), max_length=30)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    use = models.CharField(_("use"), max_length=10, choices=Use.choices)
    module_code = models.CharField(_("module"), max_length=10)
    objective_code = models.CharField(_("objective"), max_length=10)
    bloom = models.CharField(_("Bloom level"), max_length=12, choices=Bloom.choices)
    stem = TextField(verbose_name=_("question"))
    options = models.JSONField(
        _("options"), default=dict, help_text=_("Letter: text per language.")
    )
    key = models.JSONField(_("key"), help_text=_("A letter, or a number with tolerance."))
    unit = TextField(verbose_name=_("unit"))
    rationale = TextField(verbose_name=_("rationale"))
    source = models.CharField(_("source"), max_length=300, blank=True)
    content_sha256 = models.CharField(max_length=64)
    search_key = SearchKeyField("code", "stem")

    class Meta:
        ordering = ["course_id", "code", "-number"]
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="item_version_once")]
        verbose_name = _("item")
        verbose_name_plural = _("items")

    def __str__(self) -> str:
        return f"{self.code}/{self.number}"

    @property
    def is_numeric(self) -> bool:
        return self.kind == self.Kind.NUMERIC

    @property
    def is_pilot(self) -> bool:
        return self.use == self.Use.PILOT


class Exam(models.Model):
    """The exam of a course version: blueprint, time and cut score, frozen before the first form."""

    PREFIX = "EXM"

    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="exams")
    title = TextField(verbose_name=_("title"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    cut_score = models.DecimalField(_("cut score, % of marks"), max_digits=5, decimal_places=2)
    blueprint = models.JSONField(
        _("blueprint"), help_text=_("Module: Bloom level: number of scored items.")
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version_id", "id"]
        verbose_name = _("exam")
        verbose_name_plural = _("exams")

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class Form(models.Model):
    """A fixed set of items that fulfils the blueprint."""

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="forms")
    code = models.CharField(_("code"), max_length=10)
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["exam_id", "code"]
        constraints = [models.UniqueConstraint(fields=["exam", "code"], name="form_code_in_exam")]

    def __str__(self) -> str:
        return f"{self.exam} {self.code}"


class FormItem(models.Model):
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="form_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="form_position_once"),
            models.UniqueConstraint(fields=["form", "item"], name="item_once_per_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id}.{self.position}"


class Sitting(models.Model):
    """A form taken by a cohort in a window of time."""

    PREFIX = "SIT"

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RELEASED = "released", _("results released")

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="sittings")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="sittings")
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    access_code = models.CharField(_("access code"), max_length=12, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="sitting_times_in_order"
            )
        ]
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")

    def __str__(self) -> str:
        return f"{self.form} {self.opens_at:%Y-%m-%d}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_released(self) -> bool:
        return self.state == self.State.RELEASED


class Attempt(models.Model):
    """One candidate's exam, from start to receipt and result."""

    PREFIX = "ATT"

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attempts")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    language = models.CharField(max_length=2)
    token = models.CharField(
        max_length=43, unique=True, help_text=_("Names the device that writes.")
    )
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_timed_out = models.BooleanField(default=False)
    marks = models.PositiveSmallIntegerField(null=True, blank=True)
    marks_max = models.PositiveSmallIntegerField(null=True, blank=True)
    is_passed = models.BooleanField(null=True, blank=True)
    result = models.JSONField(
        default=dict, help_text=_("Signed marks, with all that they rest on.")
    )
    receipt = models.JSONField(default=dict, help_text=_("Signed answers and their salted digest."))

    class Meta:
        ordering = ["enrolment__person__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "enrolment"], name="one_attempt_per_sitting")
        ]
        indexes = [
            # Asked every minute: whose time is over?
            models.Index(
                fields=["ends_at"], condition=Q(submitted_at__isnull=True), name="attempt_running"
            )
        ]
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class Answer(models.Model):
    """The latest answer to one item. ``sequence`` grows with each change in the browser."""

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="answers")
    position = models.PositiveSmallIntegerField()
    response = models.CharField(max_length=40, blank=True)
    is_flagged = models.BooleanField(default=False)
    sequence = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_answer_per_item")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.position}"
