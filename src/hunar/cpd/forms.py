from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.cpd.enums import Category
from hunar.cpd.models import Policy
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


class DrawForm(forms.Form):
    """Which claims are looked at again: reproducible from year and seed."""

    year = forms.IntegerField(label=_("year of the activities"), min_value=2000, max_value=2100)
    seed = forms.CharField(
        label=_("seed"),
        max_length=80,
        help_text=_("A public number that nobody chose, such as the root of a checkpoint."),
    )


class PolicyForm(forms.Form):
    """A policy in hours, as an order words it; kept in minutes."""

    code = forms.SlugField(label=_("code"), max_length=40)
    title_tk = forms.CharField(label=_("title, Turkmen"), max_length=200)
    title_ru = forms.CharField(label=_("title, Russian"), max_length=200)
    title_en = forms.CharField(label=_("title, English"), max_length=200)
    grade_from = forms.IntegerField(label=_("from grade"), min_value=1, max_value=30)
    grade_to = forms.IntegerField(label=_("to grade"), min_value=1, max_value=30)
    valid_from = forms.DateField(label=_("in force from"), widget=DateInput())
    cycle_years = forms.IntegerField(
        label=_("years of a cycle"), min_value=1, max_value=10, initial=3
    )
    total = forms.IntegerField(label=_("hours in a cycle"), min_value=1, max_value=2000)
    annual = forms.IntegerField(
        label=_("hours in each year at least"), min_value=0, max_value=700, initial=0
    )
    carry_over = forms.IntegerField(
        label=_("hours carried over at most"), min_value=0, max_value=700, initial=0
    )
    audit_percent = forms.IntegerField(
        label=_("claims looked at again, per cent"), min_value=0, max_value=100, initial=5
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in Category.choices:
            for kind, label in (
                ("least", _("%(category)s: at least, hours")),
                ("most", _("%(category)s: at most, hours")),
            ):
                self.fields[f"{kind}_{code}"] = forms.IntegerField(
                    label=label % {"category": words}, min_value=0, max_value=2000, required=False
                )

    def policy(self) -> Policy:
        """The policy as entered, not yet in force."""
        given = self.cleaned_data
        hours = {name: given[name] * 60 for name in ("total", "annual", "carry_over")}
        return Policy(
            code=given["code"],
            title={code: given[f"title_{code}"] for code in ("tk", "ru", "en")},
            grade_from=given["grade_from"],
            grade_to=given["grade_to"],
            valid_from=given["valid_from"],
            cycle_years=given["cycle_years"],
            total_minutes=hours["total"],
            annual_minutes=hours["annual"],
            carry_over_minutes=hours["carry_over"],
            audit_percent=given["audit_percent"],
            category_minutes=self._by_category("least"),
            category_caps=self._by_category("most"),
        )

    def _by_category(self, kind: str) -> dict[str, int]:
        entered = {code: self.cleaned_data.get(f"{kind}_{code}") for code in Category.values}
        return {code: hours * 60 for code, hours in entered.items() if hours}
