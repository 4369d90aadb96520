from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The holder reads it. It does not appear on the public page."),
        min_length=5,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DocumentFileForm(forms.Form):
    file = forms.FileField(
        label=_("Signed file"),
        help_text=_("The JSON file of a certificate or of another document of the academy."),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )


class ForgeryForm(forms.Form):
    number = forms.CharField(label=_("Number or code on the paper"), max_length=40, required=False)
    text = forms.CharField(
        label=_("What looks wrong"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    contact = forms.CharField(
        label=_("How to reach you"),
        help_text=_("If the academy may ask back: a telephone number or an e-mail address."),
        max_length=120,
        required=False,
    )
