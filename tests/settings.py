"""The platform's settings with quick passwords, plain static files and a folder of its own."""

from __future__ import annotations

import os
import tempfile

os.environ["HUNAR_DATA_DIR"] = tempfile.mkdtemp(prefix="hunar-tests-")
os.environ["HUNAR_SECRET_KEY"] = "only-for-tests"
os.environ["HUNAR_BASE_URL"] = "http://testserver"
os.environ["HUNAR_DEMO"] = "0"
os.environ["HUNAR_SMTP_URL"] = ""
os.environ["HUNAR_REDIS_URL"] = ""
os.environ["HUNAR_DATABASE_URL"] = os.environ.get("HUNAR_TEST_DATABASE_URL", "")

from hunar.config.settings import *  # noqa: F403
from hunar.config.settings import DATABASES, MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
LANGUAGE_CODE = "en"
DATABASES["default"]["CONN_MAX_AGE"] = 0
# The folder of collected files does not exist in a test; Django finds them itself.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
if not os.environ["HUNAR_DATABASE_URL"]:
    # pytest-django would put xdist's suffix onto the path of a file.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
