"""Model fields that more than one room uses."""

from __future__ import annotations

from typing import Any

from django.db import models

from hunar.kernel.collation import search_key, sort_key


class _KeyField(models.TextField[str, str]):
    """A key computed from other columns whenever a row is saved or bulk-created."""

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        kwargs |= {"editable": False, "default": ""}
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        for fixed in ("editable", "default"):
            kwargs.pop(fixed, None)
        return name, path, list(self.sources), kwargs

    def key(self, *parts: str) -> str:
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        parts: list[str] = []
        for source in self.sources:
            part = getattr(model_instance, source) or ""
            parts.extend(part.values() if isinstance(part, dict) else [str(part)])
        key = self.key(*parts)
        setattr(model_instance, self.attname, key)
        return key


class SortKeyField(_KeyField):
    """Orders rows by the Turkmen alphabet of ``sources`` (see ``kernel.collation``)."""

    def key(self, *parts: str) -> str:
        return sort_key(*parts)


class SearchKeyField(_KeyField):
    """Finds rows by ``sources`` without marks and across alphabets: filter with ``contains``
    and ``kernel.collation.search_key(wish)``."""

    def key(self, *parts: str) -> str:
        return search_key(*parts)


class TextField(models.JSONField):
    """One text per language: ``{"tk": ..., "ru": ..., "en": ...}``; see ``kernel.text``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(**kwargs)
