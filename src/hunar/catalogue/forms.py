from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.catalogue import queries
from hunar.catalogue.models import Programme
from hunar.kernel.forms import FormInLanguages
from hunar.ui.widgets import DateInput


class ProgrammeForm(FormInLanguages):
    """A set of courses with one purpose."""

    texts: ClassVar = {"title": _("Title"), "summary": _("Summary")}
    long_texts: ClassVar = frozenset({"summary"})
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Small Latin letters, digits and hyphens.")
    )
    starts_date = forms.DateField(label=_("Starts"), widget=DateInput)
    ends_date = forms.DateField(label=_("Ends"), required=False, widget=DateInput)

    def facts(self) -> dict[str, Any]:
        """What the service asks for."""
        names = ("code", "starts_date", "ends_date")
        texts = {name: self.text(name) for name in self.texts}
        return {**texts, **{name: self.cleaned_data[name] for name in names}}


class LoadForm(forms.Form):
    """Into which programme a course pack is loaded."""

    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ModelChoiceField)
        programme.queryset = queries.programmes()


class RetireForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": "3"}))
