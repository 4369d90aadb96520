from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hunar.kernel.calendar import WorkWeek
from hunar.kernel.fields import SearchKeyField, SortKeyField, TextField
from hunar.kernel.ids import paper_id
from hunar.kernel.text import in_language
from hunar.organisations.enums import OrganisationKind, RegionKind, RoleGroup


def valid_on(day: date) -> Q:
    """Rows with ``valid_from`` and an open or given ``valid_to``, both days included."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Region(models.Model):
    """A city or welaýat, or an etrap inside one. Codes follow ISO 3166-2 where it has one."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=RegionKind.choices)
    title = TextField(verbose_name=_("title"))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return in_language(self.title)


class Organisation(models.Model):
    """A ministry, agency, university, regional administration, partner, or a unit of one."""

    PREFIX = "ORG"

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    title = TextField(verbose_name=_("title"))
    short_title = TextField(verbose_name=_("short title"))
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )
    work_week = models.CharField(
        _("working week"),
        max_length=10,
        choices=[(week.value, week.value) for week in WorkWeek],
        default=WorkWeek.FIVE_DAYS.value,
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    sort_key = SortKeyField("title")
    search_key = SearchKeyField("title", "short_title", "code")

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="organisation_dates_in_order",
            )
        ]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def short(self) -> str:
        return in_language(self.short_title) or in_language(self.title)


class FormerTitle(models.Model):
    """What an organisation was called between two days, before it was renamed."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="former_titles"
    )
    title = TextField(verbose_name=_("title"))
    short_title = TextField(verbose_name=_("short title"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))

    class Meta:
        ordering = ["-valid_to"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "valid_to"], name="former_title_once_a_day"
            )
        ]
        verbose_name = _("former title")
        verbose_name_plural = _("former titles")

    def __str__(self) -> str:
        return in_language(self.title)


class Post(models.Model):
    """A post in the staffing table. Competency profiles and competitions hang on posts."""

    PREFIX = "PST"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    code = models.CharField(_("code"), max_length=40)
    title = TextField(verbose_name=_("title"))
    grade = models.PositiveSmallIntegerField(_("grade"))
    role_group = models.CharField(_("role group"), max_length=12, choices=RoleGroup.choices)
    family = models.CharField(
        _("position family"),
        max_length=40,
        default="digital",
        help_text=_("Decides the CPD policy."),
    )
    is_leading = models.BooleanField(_("leads others"), default=False)
    search_key = SearchKeyField("title", "code")

    class Meta:
        ordering = ["organisation__sort_key", "-grade", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"], name="post_code_in_organisation"
            )
        ]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return in_language(self.title)

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)
