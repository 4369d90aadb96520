"""Forms whose texts are written in three languages: one field per language and text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from hunar.kernel.text import LANGUAGES
from hunar.kernel.types import Words

_LANGUAGE_NAMES: dict[str, Words] = {
    "tk": _("in Turkmen"),
    "ru": _("in Russian"),
    "en": _("in English"),
}


class FormInLanguages(forms.Form):
    """A form with texts in three languages.

    ``texts`` names them with their labels; ``long_texts`` get several lines, texts outside
    ``optional_texts`` need all three languages. ``initial`` takes whole texts, and
    ``text(name)`` gives them back. The fields of a text are ``name_tk`` and so on.
    """

    texts: ClassVar[Mapping[str, Words]] = {}
    long_texts: ClassVar[frozenset[str]] = frozenset()
    optional_texts: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = dict(kwargs.pop("initial", None) or {})
        for name in self.texts:
            wordings = initial.pop(name, None) or {}
            initial |= {f"{name}_{code}": wording for code, wording in wordings.items()}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        own = dict(self.fields)
        self.fields = {
            f"{name}_{code}": self._text_field(name, label, code)
            for name, label in self.texts.items()
            for code in LANGUAGES
        }
        self.fields.update(own)

    def _text_field(self, name: str, label: Words, code: str) -> forms.CharField:
        attrs = {"lang": code}
        is_long = name in self.long_texts
        return forms.CharField(
            label=f"{label}, {_LANGUAGE_NAMES[code]}",
            required=name not in self.optional_texts,
            widget=forms.Textarea(attrs={**attrs, "rows": "3"})
            if is_long
            else forms.TextInput(attrs),
        )

    def text(self, name: str) -> dict[str, str]:
        """The cleaned text ``name`` by language, languages without words left out."""
        wordings = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in LANGUAGES}
        return {code: wording for code, wording in wordings.items() if wording}
