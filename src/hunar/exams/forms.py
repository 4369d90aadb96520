from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hunar.exams import queries, rules
from hunar.exams.errors import AnswerTooLong
from hunar.kernel.errors import Malformed, RuleViolation
from hunar.kernel.text import LANGUAGES
from hunar.ui.widgets import DateTimeInput

LANGUAGE_NAMES = (("tk", "Türkmençe"), ("ru", "Русский"), ("en", "English"))


class StartForm(forms.Form):
    """The language of the questions and, where the sitting has one, the access code."""

    language = forms.ChoiceField(
        label=_("Language of the questions"),
        choices=LANGUAGE_NAMES,
        widget=forms.RadioSelect,
        help_text=_("You can change it at any time during the exam."),
    )
    access_code = forms.CharField(
        label=_("Access code"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The invigilator shows it in the room."),
    )

    def __init__(self, *args: Any, sitting: Any, person: Any, **kwargs: Any) -> None:
        shown = (get_language() or person.language)[:2]
        kwargs["initial"] = {"language": shown if shown in LANGUAGES else person.language}
        super().__init__(*args, **kwargs)
        if not sitting.access_code:
            del self.fields["access_code"]


class AnswerForm(forms.Form):
    """One answer posted without JavaScript."""

    response = forms.CharField(required=False, max_length=rules.RESPONSE_LENGTH)
    is_flagged = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return cleaned | {"response": ""} if "clear" in self.data else cleaned

    @property
    def violation(self) -> RuleViolation:
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        return AnswerTooLong() if "max_length" in codes else Malformed()


class ExamForm(forms.Form):
    """An exam: title, time, cut score and one number per module and Bloom level."""

    title_tk = forms.CharField(label=_("Title in Turkmen"), max_length=200)
    title_ru = forms.CharField(label=_("Title in Russian"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480, initial=60)
    cut_score = forms.DecimalField(
        label=_("Cut score, % of marks"),
        min_value=1,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=60,
    )

    def __init__(self, *args: Any, cells: list[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = cells
        for module, bloom, available in cells:
            self.fields[f"{module}-{bloom}"] = forms.IntegerField(
                label=f"{module}, {bloom}",
                min_value=0,
                max_value=200,
                initial=available,
                widget=forms.NumberInput(attrs={"aria-label": f"{module}, {bloom}"}),
            )

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """Module and its bound fields, in the order of the Bloom levels."""
        rows: dict[str, list[Any]] = {}
        for module, bloom, _available in self.cells:
            rows.setdefault(module, []).append(self[f"{module}-{bloom}"])
        return list(rows.items())

    def facts(self) -> dict[str, Any]:
        """What ``services.make_exam`` takes."""
        blueprint: dict[str, dict[str, int]] = {}
        for module, bloom, _available in self.cells:
            blueprint.setdefault(module, {})[bloom] = self.cleaned_data[f"{module}-{bloom}"]
        return {
            "title": {code: self.cleaned_data[f"title_{code}"] for code in LANGUAGES},
            "minutes": self.cleaned_data["minutes"],
            "cut_score": self.cleaned_data["cut_score"],
            "blueprint": blueprint,
        }


class FormForm(forms.Form):
    """A new form of an exam."""

    code = forms.CharField(label=_("Code of the form"), max_length=10)


class SittingForm(forms.Form):
    """Who takes which form where and when."""

    cohort: Any = forms.ModelChoiceField(label=_("Cohort"), queryset=None)
    form: Any = forms.ModelChoiceField(label=_("Form of the exam"), queryset=None)
    room: Any = forms.ModelChoiceField(label=_("Room"), queryset=None, required=False)
    opens_at = forms.DateTimeField(label=_("Opens"), widget=DateTimeInput)
    closes_at = forms.DateTimeField(label=_("Closes"), widget=DateTimeInput)
    access_code = forms.CharField(
        label=_("Access code"),
        max_length=12,
        required=False,
        help_text=_("Shown in the room; leave it empty where candidates need none."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = self.fields
        chosen["cohort"].queryset = queries.cohorts_to_examine(on=on)
        chosen["form"].queryset = queries.forms_to_sit()
        chosen["room"].queryset = queries.rooms()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("The sitting must close after it opens."))
        elif opens_at and closes_at and closes_at - opens_at > timedelta(days=60):
            self.add_error("closes_at", _("A sitting lasts at most 60 days."))
        return cleaned
