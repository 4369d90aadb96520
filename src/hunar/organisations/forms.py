from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.kernel.forms import FormInLanguages
from hunar.kernel.types import Words
from hunar.organisations import queries
from hunar.organisations.enums import OrganisationKind, RoleGroup
from hunar.organisations.models import Organisation, Region
from hunar.ui.widgets import DateInput


class TitleForm(FormInLanguages):
    """Title and short title in three languages."""

    texts: ClassVar[Mapping[str, Words]] = {
        "title": _("Title"),
        "short_title": _("Short title"),
    }
    optional_texts: ClassVar[frozenset[str]] = frozenset({"short_title"})

    def titles(self) -> dict[str, dict[str, str]]:
        return {"title": self.text("title"), "short_title": self.text("short_title")}


class OrganisationForm(TitleForm):
    """A new institution."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Short, in Latin letters; it never changes.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=queries.kinds)
    region = forms.ModelChoiceField(Region.objects.all(), label=_("Region"), required=False)
    valid_from = forms.DateField(label=_("Exists since"), widget=DateInput())

    def wishes(self) -> dict[str, Any]:
        """The arguments of ``services.create_organisation``."""
        plain = {name: self.cleaned_data[name] for name in ("code", "region", "valid_from")}
        kind = OrganisationKind(self.cleaned_data["kind"])
        return {**plain, "kind": kind, **self.titles()}


class UnitForm(TitleForm):
    """A new unit of an institution."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Short, in Latin letters; it never changes.")
    )
    valid_from = forms.DateField(label=_("Exists since"), widget=DateInput())

    def wishes(self) -> dict[str, Any]:
        """The arguments of ``services.create_organisation``, without the parent."""
        plain = {name: self.cleaned_data[name] for name in ("code", "valid_from")}
        return {**plain, "kind": OrganisationKind.UNIT, **self.titles()}


class RenameForm(TitleForm):
    """A new title from a day on."""

    from_date = forms.DateField(label=_("From"), widget=DateInput())


class CloseForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=DateInput())


class PostForm(FormInLanguages):
    """A line of the staffing table."""

    texts: ClassVar[Mapping[str, Words]] = {"title": _("Title")}

    code = forms.CharField(label=_("Code"), max_length=40)
    grade = forms.IntegerField(label=_("Grade"), min_value=1, max_value=20)
    role_group = forms.ChoiceField(label=_("Role group"), choices=RoleGroup.choices)
    family = forms.SlugField(
        label=_("Position family"),
        initial="digital",
        help_text=_("Decides the CPD policy: digital, academic, administration."),
    )
    is_leading = forms.BooleanField(label=_("Leads others"), required=False)

    def wishes(self) -> dict[str, Any]:
        """The arguments of ``services.create_post``."""
        plain: dict[str, Any] = {
            name: self.cleaned_data[name]
            for name in ("code", "grade", "family", "is_leading")
            if name in self.cleaned_data
        }
        group = RoleGroup(self.cleaned_data["role_group"])
        return {**plain, "role_group": group, "title": self.text("title")}


class ChangePostForm(PostForm):
    """A post that exists: its code stays."""

    code = None  # type: ignore[assignment]


def initial_titles(organisation: Organisation) -> dict[str, Any]:
    """The present titles, for a form."""
    return {"title": organisation.title, "short_title": organisation.short_title}
