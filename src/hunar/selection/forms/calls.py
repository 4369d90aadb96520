from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.cohorts.models import Cohort, Intake
from hunar.kernel.text import LANGUAGES
from hunar.selection.models import Call
from hunar.ui.widgets import DateTimeInput

NAMES = {"tk": _("in Turkmen"), "ru": _("in Russian"), "en": _("in English")}
DATE_TIME = "%Y-%m-%dT%H:%M"


class CohortChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code}: {obj.version} ({obj.starts_date:%d.%m.%Y}, {obj.seats})"


class CallForm(forms.Form):
    """What a call is about; its rules are a page of their own."""

    intake = forms.ModelChoiceField(Intake.objects.order_by("-starts_date"), label=_("Round"))
    title_tk = forms.CharField(label=_("Title in Turkmen"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    summary_tk = forms.CharField(label=_("Summary in Turkmen"), widget=forms.Textarea)
    summary_ru = forms.CharField(label=_("Summary in Russian"), widget=forms.Textarea)
    summary_en = forms.CharField(label=_("Summary in English"), widget=forms.Textarea)
    opens_at = forms.DateTimeField(
        label=_("Nominations open"), widget=DateTimeInput, input_formats=[DATE_TIME]
    )
    closes_at = forms.DateTimeField(
        label=_("Nominations end"), widget=DateTimeInput, input_formats=[DATE_TIME]
    )
    cohorts = CohortChoice(
        Cohort.objects.filter(state=Cohort.State.PLANNED)
        .select_related("version__course")
        .order_by("starts_date", "code"),
        label=_("Cohorts that the call fills"),
        widget=forms.CheckboxSelectMultiple,
    )

    @staticmethod
    def initial_of(call: Call, cohorts: Sequence[Cohort]) -> dict[str, Any]:
        """The form's values for an existing draft."""
        texts = {
            f"{name}_{code}": getattr(call, name).get(code, "")
            for name in ("title", "summary")
            for code in LANGUAGES
        }
        return {
            **texts,
            "intake": call.intake_id,
            "opens_at": call.opens_at,
            "closes_at": call.closes_at,
            "cohorts": [each.pk for each in cohorts],
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The end lies before the opening."))
        intake = cleaned.get("intake")
        strangers = (
            [each for each in cleaned.get("cohorts", ()) if each.intake_id != intake.pk]
            if intake
            else []
        )
        if strangers:
            self.add_error("cohorts", _("Choose cohorts of this round only."))
        return cleaned

    def wishes(self) -> dict[str, Any]:
        """What the services take."""
        cleaned = self.cleaned_data
        return {
            "intake": cleaned["intake"],
            "title": {code: cleaned[f"title_{code}"] for code in LANGUAGES},
            "summary": {code: cleaned[f"summary_{code}"] for code in LANGUAGES},
            "opens_at": cleaned["opens_at"],
            "closes_at": cleaned["closes_at"],
            "cohorts": list(cleaned["cohorts"]),
        }
