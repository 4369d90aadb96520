from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.evaluation.models import Report
from hunar.ui.widgets import DateInput


class TargetForm(forms.Form):
    """What the framework promises for one indicator."""

    baseline = forms.DecimalField(label=_("Baseline"), max_digits=12, decimal_places=2, initial=0)
    baseline_year = forms.IntegerField(
        label=_("Year of the baseline"), min_value=1990, max_value=2100
    )
    value = forms.DecimalField(label=_("Target"), max_digits=12, decimal_places=2)
    due_date = forms.DateField(label=_("Due"), widget=DateInput)


class ReportForm(forms.Form):
    """For whom and about which time a report speaks."""

    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=Report.Audience.choices,
        widget=forms.RadioSelect,
        help_text=_("Counts of people below 5 (academy and donor) or 10 (public) are hidden."),
    )
    since = forms.DateField(label=_("From"), widget=DateInput)
    until = forms.DateField(label=_("To"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("The period would end before it begins."))
        return cleaned
