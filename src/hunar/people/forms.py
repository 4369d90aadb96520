from __future__ import annotations

from datetime import date
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hunar.organisations.models import Organisation, Post
from hunar.people.enums import Role, Sex
from hunar.people.models import Account, Person
from hunar.people.services.persons import FACTS
from hunar.ui.widgets import DateInput


class SignInForm(LoginForm):  # type: ignore[misc]
    """Personnel number and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = _("Personnel number or login")
        password.label = _("Password")
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
        login.widget.attrs |= {"autocomplete": "username webauthn", "autocapitalize": "none"}


class ChoosePasswordForm(forms.Form):
    """A password of her own, twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_(
            "At least 15 characters. A sentence that only you know is easy to remember and hard "
            "to guess."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        self.account = account
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        password = cleaned.get("password")
        if password and password != cleaned.get("again"):
            self.add_error("again", _("The two passwords differ."))
        elif password:
            try:
                validate_password(password, self.account)
            except ValidationError as error:
                self.add_error("password", error)
            if self.account.check_password(password):
                self.add_error("password", _("Choose another password than the printed code."))
        return cleaned


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is known about a person."""

    class Meta:
        model = Person
        fields = FACTS
        widgets = {"birth_date": DateInput(), "phone": forms.TextInput(attrs={"type": "tel"})}
        help_texts = {
            "patronymic": _("Leave it empty where there is none."),
            "family_cyrillic": _("As the person writes it; it is never derived."),
            "family_passport": _("Empty: proposed from the Turkmen spelling."),
        }

    def clean_birth_date(self) -> date | None:
        day: date | None = self.cleaned_data["birth_date"]
        if day and not 1920 <= day.year <= 2015:
            raise ValidationError(_("A birth date lies between 1920 and 2015."), code="birth-date")
        return day

    def validate_unique(self) -> None:
        """The service says who else has the number."""


class NewPersonForm(PersonForm):
    """A person who is not known yet, and the post she takes."""

    post = forms.ModelChoiceField(Post.objects.none(), label=_("Post"), required=False)
    started_date = forms.DateField(label=_("Since"), required=False, widget=DateInput())
    is_somebody_else = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts_of(organisation)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("post") and not cleaned.get("started_date"):
            self.add_error("started_date", _("Say since when the post is held."))
        return cleaned


class CorrectionForm(PersonForm):
    """A correction needs its reason."""

    reason = forms.CharField(
        label=_("Reason for the correction"),
        max_length=300,
        help_text=_("For instance: marriage certificate, order number, misspelling."),
    )


class EmploymentForm(forms.Form):
    """A change of post."""

    post = forms.ModelChoiceField(Post.objects.none(), label=_("Post"))
    started_date = forms.DateField(label=_("Since"), widget=DateInput())

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts_of(organisation)  # type: ignore[attr-defined]


class EndOfEmploymentForm(forms.Form):
    ended_date = forms.DateField(label=_("Last day"), widget=DateInput())


class LoginForPersonForm(forms.Form):
    """A login for people without a personnel number."""

    login = forms.SlugField(
        label=_("Login"),
        max_length=60,
        help_text=_("Small Latin letters, digits and hyphens, for instance liis-tammsalu."),
    )


class RoleForm(forms.Form):
    """A role for an organisation."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    valid_from = forms.DateField(label=_("From"), widget=DateInput())

    def __init__(self, *args: Any, roles: list[Role], organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class StaffFilterForm(forms.Form):
    """The filters of a staff list, unbound values left out."""

    q = forms.CharField(required=False)
    organisation = forms.CharField(required=False)
    role_group = forms.CharField(required=False)
    sex = forms.ChoiceField(choices=[("", ""), *Sex.choices], required=False)
    sort = forms.CharField(required=False)


def posts_of(organisation: Organisation) -> Any:
    """The posts that people of this organisation and its units can hold."""
    own = Post.objects.filter(organisation=organisation)
    units = Post.objects.filter(organisation__parent=organisation)
    return (own | units).select_related("organisation")
