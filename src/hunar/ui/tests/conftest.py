from __future__ import annotations

from typing import Any

import pytest

from hunar.ui import navigation


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """No manifest: the tests run without ``collectstatic``."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def empty_navigation(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry without what the other rooms registered."""
    for name in ("_entries", "_account", "_footer", "_counters"):
        monkeypatch.setattr(navigation, name, {})
