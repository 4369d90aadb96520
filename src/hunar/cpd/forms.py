from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.cpd.enums import Category
from hunar.ui.widgets import DateInput


class ClaimForm(forms.Form):
    """An activity outside the platform."""

    title = forms.CharField(label=_("activity"), max_length=200)
    provider = forms.CharField(label=_("provider"), max_length=200)
    category = forms.ChoiceField(label=_("category"), choices=Category.choices)
    started_date = forms.DateField(label=_("first day"), widget=DateInput())
    ended_date = forms.DateField(label=_("last day"), widget=DateInput())
    hours = forms.IntegerField(label=_("hours"), min_value=0, max_value=400, initial=0)
    rest = forms.IntegerField(label=_("and minutes"), min_value=0, max_value=59, initial=0)
    evidence = forms.FileField(
        label=_("evidence"),
        help_text=_("Certificate or letter as PDF, JPEG or PNG; at most 10 MB."),
    )
    note = forms.CharField(
        label=_("note"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("started_date"), cleaned.get("ended_date")
        if first and last and last < first:
            self.add_error("ended_date", _("The last day is before the first."))
        cleaned["minutes"] = (cleaned.get("hours") or 0) * 60 + (cleaned.get("rest") or 0)
        if not cleaned["minutes"]:
            self.add_error("hours", _("Enter how long the activity took."))
        return cleaned


class RejectForm(forms.Form):
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("The person will read it."),
    )
