from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hunar.catalogue.models import CourseVersion, Module, Programme
from hunar.cohorts.rules import COUNTED_KINDS
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.fields import TextField
from hunar.kernel.ids import paper_id
from hunar.kernel.text import in_language
from hunar.organisations.enums import OrganisationKind, RoleGroup
from hunar.organisations.models import Organisation, Post, Region
from hunar.people.enums import Sex
from hunar.people.models import Person


class Intake(models.Model):
    """A round of a programme: the cohorts that are filled and taught together."""

    PREFIX = "INT"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="intakes")
    title = TextField(verbose_name=_("title"))
    starts_date = models.DateField(_("starts"))
    ends_date = models.DateField(_("ends"))

    class Meta:
        ordering = ["-starts_date"]
        verbose_name = _("round")
        verbose_name_plural = _("rounds")

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class Room(models.Model):
    code = models.CharField(_("code"), max_length=20, unique=True)
    title = TextField(verbose_name=_("title"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rooms")
    capacity = models.PositiveSmallIntegerField(_("places"))

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return in_language(self.title)


class Cohort(models.Model):
    """People who take one course version together."""

    PREFIX = "COH"

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        CLOSED = "closed", _("closed")

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="cohorts")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="cohorts")
    code = models.CharField(_("code"), max_length=30, unique=True)
    starts_date = models.DateField(_("starts"))
    ends_date = models.DateField(_("ends"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="cohorts"
    )
    languages = models.JSONField(_("languages of teaching"), default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    feed_token = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["-starts_date", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_date__gte=F("starts_date")), name="cohort_dates_in_order"
            ),
            models.CheckConstraint(condition=Q(seats__gt=0), name="cohort_has_seats"),
        ]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")

    def __str__(self) -> str:
        return self.code

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def language_names(self) -> str:
        """The languages of teaching by their own names."""
        names = dict(settings.LANGUAGES)
        return ", ".join(str(names.get(code, code)) for code in self.languages)

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def tone(self) -> str:
        """How pages colour the state."""
        return {"planned": "info", "running": "good"}.get(self.state, "neutral")


class CohortTrainer(models.Model):
    class Part(models.TextChoices):
        LEAD = "lead", _("lead trainer")
        TRAINER = "trainer", _("trainer")
        EXPERT = "expert", _("international expert")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="trainers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="teaches")
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)

    class Meta:
        ordering = ["part", "person__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "person"], name="trainer_once_per_cohort")
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.person}"


class Session(models.Model):
    """One line of the timetable."""

    PREFIX = "SES"

    class Kind(models.TextChoices):
        LESSON = "lesson", _("lesson")
        LAB = "lab", _("lab")
        EXAM = "exam", _("exam")
        EVENT = "event", _("other event")

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    module = models.ForeignKey(
        Module, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LESSON)
    title = TextField(verbose_name=_("title"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    trainer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    # Calendars that subscribed know a change by these two.
    revision = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="session_times_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cohort} {self.starts_at:%d.%m %H:%M}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def is_counted(self) -> bool:
        """Whether its minutes count for attendance."""
        return self.kind in COUNTED_KINDS

    @property
    def day(self) -> date:
        return self.starts_at.astimezone(ASHGABAT).date()

    @property
    def shown_title(self) -> str:
        return in_language(self.title) or str(self.get_kind_display())


class Enrolment(models.Model):
    """A person in a cohort, with what was true of her then: reports never change afterwards."""

    PREFIX = "ENR"

    class State(models.TextChoices):
        ENROLLED = "enrolled", _("enrolled")
        COMPLETED = "completed", _("completed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXCLUDED = "excluded", _("excluded")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.ENROLLED
    )
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(_("reason of the end"), max_length=300, blank=True)
    source_ref = models.CharField(_("on the ground of"), max_length=60, blank=True)
    # What was true on the first day of the cohort.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    institution_kind = models.CharField(max_length=12, choices=OrganisationKind.choices)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role_group = models.CharField(max_length=12, choices=RoleGroup.choices)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    age = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["person__sort_key", "person_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "person"],
                condition=~Q(state="withdrawn"),
                name="enrolled_once_per_cohort",
            )
        ]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")

    def __str__(self) -> str:
        return f"{self.cohort}: {self.person}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_enrolled(self) -> bool:
        return self.state == self.State.ENROLLED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def tone(self) -> str:
        """How pages colour the state."""
        return {"enrolled": "info", "completed": "good", "excluded": "bad"}.get(
            self.state, "neutral"
        )


class Attendance(models.Model):
    """Whether an enrolled person was there, how long, and how that is known."""

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        LATE = "late", _("late")
        EXCUSED = "excused", _("excused")
        ABSENT = "absent", _("absent")

    class Method(models.TextChoices):
        QR = "qr", _("QR code")
        SHEET = "sheet", _("paper sheet")

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    method = models.CharField(_("method"), max_length=6, choices=Method.choices)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.session_id}: {self.state}"

    @property
    def is_here(self) -> bool:
        return self.state in (self.State.PRESENT, self.State.LATE)

    @property
    def is_present(self) -> bool:
        return self.state == self.State.PRESENT

    @property
    def letter(self) -> str:
        """One letter for the narrow columns of the register."""
        return str(_LETTERS[self.state])

    @property
    def tone(self) -> str:
        """How pages colour the state."""
        return {"present": "good", "late": "warn", "excused": "info"}.get(self.state, "bad")


_LETTERS = {
    "present": pgettext_lazy("letter in the attendance register", "P"),
    "late": pgettext_lazy("letter in the attendance register", "L"),
    "excused": pgettext_lazy("letter in the attendance register", "E"),
    "absent": pgettext_lazy("letter in the attendance register", "A"),
}


class OfficialDocument(models.Model):
    """A numbered paper of a cohort: order, list, sheet, register. Superseded, never edited."""

    PREFIX = "DOC"

    class Kind(models.TextChoices):
        GROUP_LIST = "group-list", _("group list")
        ENROLMENT_ORDER = "enrolment-order", _("order of enrolment")
        ATTENDANCE_SHEET = "attendance-sheet", _("attendance sheet")
        CERTIFICATE_REGISTER = "certificate-register", _("register of issued certificates")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=24, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField()
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="document_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}/{self.year}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class CalendarFeed(models.Model):
    """The secret address under which a person's own sessions can be subscribed to."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return str(self.person)
