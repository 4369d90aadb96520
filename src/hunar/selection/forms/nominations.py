from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.cohorts.models import Cohort
from hunar.selection.rules import Facts


class NominationForm(forms.Form):
    """Wished cohorts in order, the reason, the supervisor's consent."""

    def __init__(self, *args: Any, cohorts: Sequence[Cohort], facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ordered = sorted(cohorts, key=lambda each: -facts.gap.get(each.code, 0))
        choices = [(each.code, f"{each.code}: {each.version}") for each in cohorts]
        self.wish_names = []
        for number, cohort in enumerate(ordered, start=1):
            name = f"wish_{number}"
            self.wish_names.append(name)
            self.fields[name] = forms.ChoiceField(
                label=_("Wish %(number)s") % {"number": number},
                choices=choices if number == 1 else [("", _("no further wish")), *choices],
                required=number == 1,
                initial=cohort.code,
            )
        self.fields["motivation"] = forms.CharField(
            label=_("Why this person and why this course"),
            help_text=_("The panel reads this text without names; write about the work."),
            widget=forms.Textarea,
            max_length=4000,
        )
        self.fields["has_consent"] = forms.BooleanField(
            label=_("The supervisor agrees to the absence"), required=False
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wished = [cleaned[name] for name in self.wish_names if cleaned.get(name)]
        if len(set(wished)) < len(wished):
            raise forms.ValidationError(_("Each cohort can be wished for once only."))
        return cleaned

    def wishes(self) -> dict[str, Any]:
        """What the services take."""
        cleaned = self.cleaned_data
        return {
            "preferences": [cleaned[name] for name in self.wish_names if cleaned[name]],
            "motivation": cleaned["motivation"],
            "has_consent": cleaned["has_consent"],
        }


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("List of nominations"),
        help_text=_(
            "XLSX or CSV, at most 20 MB. UTF-8 and CP1251, commas and semicolons are read."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
