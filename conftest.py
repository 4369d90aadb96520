"""Settings that only the tests need; fixtures that every room uses."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("HUNAR_DATA_DIR", tempfile.mkdtemp(prefix="hunar-tests-"))
os.environ.setdefault("HUNAR_SECRET_KEY", "only-for-tests")
os.environ.setdefault("HUNAR_BASE_URL", "http://testserver")
os.environ.setdefault("HUNAR_DEMO", "0")
if url := os.environ.get("HUNAR_TEST_DATABASE_URL"):
    os.environ["HUNAR_DATABASE_URL"] = url

import pytest
from django.conf import LazySettings


@pytest.fixture(autouse=True)
def _plain_settings(settings: LazySettings, tmp_path: object) -> None:
    """Quick hashes, no manifest of static files, tasks at once, an empty cache per test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    settings.MEDIA_ROOT = tmp_path
    settings.LANGUAGE_CODE = "en"
