from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.kernel.text import in_language
from hunar.selection.models import Mark
from hunar.selection.rules import Criterion


class MarkForm(forms.Form):
    """One mark per criterion, with its rubric as help."""

    def __init__(
        self,
        *args: Any,
        criteria: tuple[Criterion, ...],
        own: Mapping[str, Mark],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [each.code for each in criteria]
        for criterion in criteria:
            given = own.get(criterion.code)
            self.fields[criterion.code] = forms.DecimalField(
                label=_("%(title)s (0 to %(maximum)s)")
                % {"title": in_language(criterion.title), "maximum": f"{criterion.maximum:f}"},
                help_text=in_language(criterion.rubric),
                min_value=Decimal(0),
                max_value=criterion.maximum,
                decimal_places=2,
                initial=given.value.normalize() if given else None,
                widget=forms.NumberInput(attrs={"step": "0.5", "inputmode": "decimal"}),
            )
        comment = next((mark.comment for mark in own.values()), "")
        self.fields["comment"] = forms.CharField(
            label=_("Note to the file"), required=False, initial=comment, widget=forms.Textarea
        )

    def wishes(self) -> dict[str, Any]:
        """What the services take."""
        cleaned = self.cleaned_data
        return {
            "values": {code: cleaned[code] for code in self.codes},
            "comment": cleaned["comment"],
        }
