from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ConsistencyForm(forms.Form):
    """Two checkpoints, by their size."""

    old = forms.IntegerField(label=_("Size of the older checkpoint"), min_value=1)
    new = forms.IntegerField(label=_("Size of the newer checkpoint"), min_value=1)
