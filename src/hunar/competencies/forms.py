from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.competencies.models import Competency, Level, Requirement
from hunar.competencies.services import Required


def _level_choices(levels: Sequence[Level], nothing: Any) -> list[tuple[str, Any]]:
    return [("", nothing), *((str(level.ordinal), str(level)) for level in levels)]


class SelfAssessmentForm(forms.Form):
    """One level per competency; what is left empty is not said."""

    def __init__(
        self,
        *args: Any,
        competencies: Sequence[Competency],
        levels: Sequence[Level],
        claimed: dict[int, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._competencies = {f"level_{row.pk}": row for row in competencies}
        choices = _level_choices(levels, _("not said"))
        for name, row in self._competencies.items():
            self.fields[name] = forms.ChoiceField(
                label=str(row), required=False, choices=choices, initial=claimed.get(row.pk, "")
            )

    def field_of(self, competency: Competency) -> forms.BoundField:
        return self[f"level_{competency.pk}"]

    def levels(self) -> dict[Competency, int]:
        """What was said."""
        return {
            row: int(self.cleaned_data[name])
            for name, row in self._competencies.items()
            if self.cleaned_data[name]
        }


class ProfileForm(forms.Form):
    """The level that a post needs in each competency, and whether it is critical."""

    def __init__(
        self,
        *args: Any,
        competencies: Sequence[Competency],
        levels: Sequence[Level],
        profile: Sequence[Requirement],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._competencies = list(competencies)
        present = {row.competency_id: row for row in profile}
        choices = _level_choices(levels, _("not needed"))
        for row in self._competencies:
            line = present.get(row.pk)
            self.fields[f"level_{row.pk}"] = forms.ChoiceField(
                label=str(row),
                required=False,
                choices=choices,
                initial=line.level if line else "",
            )
            self.fields[f"critical_{row.pk}"] = forms.BooleanField(
                label=_("critical"),
                required=False,
                initial=bool(line and line.is_critical),
                widget=forms.CheckboxInput(
                    attrs={"aria-label": _("%(code)s is critical") % {"code": row.code}}
                ),
            )

    @property
    def lines(self) -> list[tuple[Competency, forms.BoundField, forms.BoundField]]:
        """Competency, its level field and its field for critical."""
        return [
            (row, self[f"level_{row.pk}"], self[f"critical_{row.pk}"]) for row in self._competencies
        ]

    def requirements(self) -> list[Required]:
        """The profile as the service takes it."""
        return [
            Required(
                competency=row,
                level=int(self.cleaned_data[f"level_{row.pk}"]),
                is_critical=self.cleaned_data[f"critical_{row.pk}"],
            )
            for row in self._competencies
            if self.cleaned_data[f"level_{row.pk}"]
        ]
