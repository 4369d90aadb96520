from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hunar.kernel.fields import SearchKeyField, SortKeyField
from hunar.kernel.ids import paper_id
from hunar.kernel.names import Name
from hunar.organisations.models import Organisation, Post
from hunar.people.enums import Role, Sex


class Person(models.Model):
    """A human being, known once, with or without an account.

    The Cyrillic spelling is entered, never derived. Neither patronymic nor e-mail nor
    personnel number is required (experts from abroad have none).
    """

    PREFIX = "PER"

    family = models.CharField(_("family name"), max_length=80)
    given = models.CharField(_("given name"), max_length=80)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    family_cyrillic = models.CharField(_("family name, Cyrillic"), max_length=80, blank=True)
    given_cyrillic = models.CharField(_("given name, Cyrillic"), max_length=80, blank=True)
    patronymic_cyrillic = models.CharField(_("patronymic, Cyrillic"), max_length=80, blank=True)
    family_passport = models.CharField(
        _("family name as in the passport"), max_length=80, blank=True
    )
    given_passport = models.CharField(_("given name as in the passport"), max_length=80, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    personnel_number = models.CharField(
        _("personnel number"), max_length=20, unique=True, null=True, blank=True
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=2, default="tk")
    sort_key = SortKeyField("family", "given", "patronymic", db_index=True)
    search_key = SearchKeyField(
        "family",
        "given",
        "patronymic",
        "family_cyrillic",
        "given_cyrillic",
        "patronymic_cyrillic",
        "personnel_number",
    )

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name.full

    @property
    def ref(self) -> str:
        return paper_id(self.PREFIX, self.pk)

    @property
    def name(self) -> Name:
        return Name(self.family, self.given, self.patronymic)

    @property
    def name_cyrillic(self) -> Name:
        return Name(self.family_cyrillic, self.given_cyrillic, self.patronymic_cyrillic)

    def name_in(self, language: str) -> Name:
        """Cyrillic for Russian where it is known, Latin otherwise."""
        return self.name_cyrillic if language == "ru" and self.family_cyrillic else self.name

    def age_on(self, day: date) -> int | None:
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)


class PersonVersion(models.Model):
    """What was known about a person before a correction: kept, never changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    facts = models.JSONField(_("as it was before"))
    reason = models.CharField(_("reason"), max_length=300)
    corrected_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["person", "number"], name="person_version_once")
        ]
        verbose_name = _("earlier version of a person")
        verbose_name_plural = _("earlier versions of people")

    def __str__(self) -> str:
        return f"{self.person} {self.number}"


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> models.QuerySet[Account]:
        # Every page asks for the account and then for its person.
        return super().get_queryset().select_related("person")

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(login=login, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, login: str, password: str | None = None, **fields: Any) -> Account:
        return self.create_user(login, password, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """The right to sign in. The login is the personnel number, or a name for others."""

    login = models.CharField(_("personnel number or login"), max_length=60, unique=True)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="account"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the system administration"), default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    code_until = models.DateTimeField(
        _("one-time code valid until"),
        null=True,
        blank=True,
        help_text=_("Set while the password is a printed code that she has to replace."),
    )

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.login

    @property
    def has_one_time_code(self) -> bool:
        """Whether she still has to choose a password of her own."""
        return self.code_until is not None


class RoleAssignment(models.Model):
    """A role held for an organisation between two days; ended, never deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="role_assignments"
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["organisation__sort_key", "role", "person__sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="role_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"],
                condition=Q(valid_to__isnull=True),
                name="role_held_once",
            ),
        ]
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.organisation}"


class Employment(models.Model):
    """A post held by a person between two days."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holders")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="employments"
    )
    started_date = models.DateField(_("since"))
    ended_date = models.DateField(_("until"), null=True, blank=True)
    supervisor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )

    class Meta:
        ordering = ["-started_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_date__isnull=True), name="one_post_at_a_time"
            )
        ]
        verbose_name = _("employment")
        verbose_name_plural = _("employments")

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"
