"""Paper ids in addresses: ``path("<NOM:pk>/", ...)`` matches ``NOM-XT6-GTYK`` and gives 1."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import get_converters

from hunar.kernel.ids import UnreadablePaperId, paper_id, read_paper_id


def register_paper_id(*prefixes: str) -> None:
    """Make ``<PREFIX:name>`` usable in URL patterns; call it above ``urlpatterns``."""
    for prefix in prefixes:
        if prefix not in get_converters():
            register_converter(_converter(prefix), prefix)


def _converter(prefix: str) -> type:
    class PaperIdConverter:
        regex = prefix + r"-[0-9A-Z]{3}-[0-9A-Z]{4}"

        def to_python(self, value: str) -> int:
            try:
                return read_paper_id(value).number
            except UnreadablePaperId:
                raise ValueError(value) from None

        def to_url(self, value: int | str) -> str:
            return value if isinstance(value, str) else paper_id(prefix, value)

    return PaperIdConverter
