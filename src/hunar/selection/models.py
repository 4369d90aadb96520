from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hunar.cohorts.models import Cohort, Intake
from hunar.kernel.fields import TextField
from hunar.kernel.ids import paper_id
from hunar.kernel.text import in_language
from hunar.organisations.models import Organisation
from hunar.people.models import Person
from hunar.selection.rules import accepts_nominations


class Call(models.Model):
    """An invitation to nominate for the cohorts of a round, under rules that are frozen."""

    PREFIX = "CAL"

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("call", "draft")
        PUBLISHED = "published", pgettext_lazy("call", "published")
        CLOSED = "closed", pgettext_lazy("call", "closed for nominations")
        DECIDED = "decided", pgettext_lazy("call", "decided")

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="calls")
    title = TextField(verbose_name=_("title"))
    summary = TextField(verbose_name=_("summary"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    rules = models.JSONField(
        _("rules"),
        default=dict,
        help_text=_("See selection.rules.CallRules; frozen when published."),
    )
    rules_sha256 = models.CharField(max_length=64, blank=True)
    seed_commitment = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_times_in_order"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | ~Q(rules_sha256=""), name="published_call_is_frozen"
            ),
        ]
        verbose_name = _("call")
        verbose_name_plural = _("calls")

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
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_decided(self) -> bool:
        return self.state == self.State.DECIDED

    @property
    def tone(self) -> str:
        """Of the badge that shows the state."""
        tones = {"draft": "neutral", "published": "good", "closed": "warn", "decided": "brand"}
        return tones[self.state]

    def takes_nominations(self, at: datetime) -> bool:
        return accepts_nominations(
            self.state, opens_at=self.opens_at, closes_at=self.closes_at, at=at
        )


class CallCohort(models.Model):
    """A cohort that the call fills; seats and caps stand in the call's rules by its code."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="call_cohorts")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "cohort"], name="cohort_once_per_call")
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.cohort}"


class Seed(models.Model):
    """The sealed seed of a call's lottery: committed when published, opened at the decision."""

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="seed")
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.call_id}"


class Nomination(models.Model):
    """An institution's wish to send a person, and what became of it."""

    PREFIX = "NOM"

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("nomination", "submitted")
        INELIGIBLE = "ineligible", pgettext_lazy("nomination", "does not meet the requirements")
        ELIGIBLE = "eligible", pgettext_lazy("nomination", "meets the requirements")
        CHOSEN = "chosen", pgettext_lazy("nomination", "chosen")
        WAITING = "waiting", pgettext_lazy("nomination", "on the waiting list")
        NOT_CHOSEN = "not-chosen", pgettext_lazy("nomination", "not chosen")
        WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "withdrawn")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nominations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    nominated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.SUBMITTED
    )
    preferences = models.JSONField(
        _("cohorts in the order of preference"), default=list, help_text=_("Codes of cohorts.")
    )
    motivation = models.TextField(_("why this person, why this course"), blank=True)
    facts = models.JSONField(
        _("facts at submission"),
        default=dict,
        help_text=_("Grade, sex, region, gap: as they were."),
    )
    eligibility = models.JSONField(
        _("eligibility"), default=list, help_text=_("Code, holds and evidence of each check.")
    )
    blind_code = models.CharField(
        max_length=12,
        blank=True,
        default="",
        help_text=_("All that a marker sees of the person's identity."),
    )
    points = models.DecimalField(
        _("points"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("In the cohort of her place, else in the one she wished for most."),
    )
    result = models.JSONField(
        default=dict, blank=True, help_text=_("What the protocol says of this nomination.")
    )
    submitted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["person__sort_key", "person_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=~Q(state="withdrawn"),
                name="nominated_once_per_call",
            ),
            models.UniqueConstraint(
                fields=["call", "blind_code"],
                condition=~Q(blind_code=""),
                name="blind_code_once_per_call",
            ),
        ]
        indexes = [models.Index(fields=["call", "state"])]
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def is_ineligible(self) -> bool:
        return self.state == self.State.INELIGIBLE

    @property
    def tone(self) -> str:
        """Of the badge that shows the state."""
        tones = {"chosen": "good", "waiting": "info", "ineligible": "warn", "eligible": "info"}
        return tones.get(self.state, "neutral")

    @property
    def live_place(self) -> Place | None:
        """The place that is offered or accepted now; asks ``places`` as prefetched."""
        return next((place for place in self.places.all() if place.is_live), None)

    @property
    def latest_place(self) -> Place | None:
        """The place that was offered last, whatever became of it; asks ``places`` likewise."""
        return next(reversed(self.places.all()), None)


class Mark(models.Model):
    """One panel member's marks for one criterion of one nomination, seen without a name."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="marks")
    criterion = models.CharField(max_length=30)
    marker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=6, decimal_places=2)
    comment = models.TextField(blank=True)
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "criterion", "marker"], name="mark_once_per_marker"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.criterion}"


class Decision(models.Model):
    """The signed protocol of a call: rules, inputs, result; whoever holds it can replay it."""

    PREFIX = "DEC"

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="decision")
    protocol = models.JSONField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.call_id}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class Place(models.Model):
    """A seat offered to a nominated person, at the decision or from the waiting list."""

    PREFIX = "PLC"

    class State(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("place", "offered")
        ACCEPTED = "accepted", pgettext_lazy("place", "accepted")
        DECLINED = "declined", pgettext_lazy("place", "declined")
        LAPSED = "lapsed", pgettext_lazy("place", "lapsed")
        VACATED = "vacated", pgettext_lazy("place", "given back")
        REPLACED = "replaced", pgettext_lazy("place", "replaced by a place wished for more")

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="places")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="+")
    slot = models.CharField(_("kind of seat"), max_length=30)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OFFERED
    )
    is_promotion = models.BooleanField(_("from the waiting list"), default=False)
    offered_at = models.DateTimeField()
    accept_by = models.DateTimeField(_("accept until"))
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["offered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(state__in=["offered", "accepted"]),
                name="one_live_place_per_nomination",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} → {self.cohort}"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.OFFERED, self.State.ACCEPTED)

    @property
    def is_offered(self) -> bool:
        return self.state == self.State.OFFERED

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED

    @property
    def tone(self) -> str:
        """Of the badge that shows the state."""
        return {"offered": "warn", "accepted": "good"}.get(self.state, "neutral")


class Appeal(models.Model):
    """A complaint against a result, decided with reasons by somebody who took no part."""

    PREFIX = "APL"

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("appeal", "received")
        UPHELD = "upheld", pgettext_lazy("appeal", "upheld")
        DISMISSED = "dismissed", pgettext_lazy("appeal", "dismissed")

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField(_("what is contested, and why"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    filed_at = models.DateTimeField()
    due_date = models.DateField(_("decision due"))
    officer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reasons = models.TextField(_("reasons"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_date", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(state="received"), name="one_open_appeal"
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        return self.state == self.State.RECEIVED

    @property
    def tone(self) -> str:
        """Of the badge that shows the state."""
        return {"received": "warn", "upheld": "good"}.get(self.state, "neutral")

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)


class NominationImport(models.Model):
    """An uploaded list between preview and confirmation, with what each row would do."""

    PREFIX = "IMP"

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="imports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(help_text=_("Row number, cells, person and problems of each line."))
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.created_at:%Y-%m-%d})"

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)
