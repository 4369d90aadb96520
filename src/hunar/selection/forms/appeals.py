from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("What do you contest, and why?"),
        help_text=_("Name the criterion or requirement and what you rest your view on."),
        widget=forms.Textarea,
        max_length=8000,
    )


class AppealDecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("upheld", _("uphold the appeal")), ("dismissed", _("dismiss the appeal"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        help_text=_("The person reads them. Name the rule and the record that decide."),
        widget=forms.Textarea,
        max_length=8000,
    )

    def wishes(self) -> dict[str, Any]:
        """What the services take."""
        return {
            "is_upheld": self.cleaned_data["outcome"] == "upheld",
            "reasons": self.cleaned_data["reasons"],
        }
