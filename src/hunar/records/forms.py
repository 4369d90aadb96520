from __future__ import annotations

from django import forms
from django.utils.translation import pgettext_lazy

from hunar.records.queries import Wish
from hunar.ui.widgets import DateInput


class FilterForm(forms.Form):
    """How the record is narrowed; what cannot be read narrows nothing."""

    since = forms.DateField(label=pgettext_lazy("period", "From"), required=False, widget=DateInput)
    until = forms.DateField(label=pgettext_lazy("period", "To"), required=False, widget=DateInput)
    verb = forms.CharField(required=False, widget=forms.HiddenInput)

    def wish(self) -> Wish:
        """What was asked for."""
        self.is_valid()
        return Wish(
            verb=self.cleaned_data.get("verb", ""),
            since=self.cleaned_data.get("since"),
            until=self.cleaned_data.get("until"),
        )
