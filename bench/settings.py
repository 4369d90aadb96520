"""Production's settings, but one client may sign in as often as it likes."""

from __future__ import annotations

from hunar.config.settings import *  # noqa: F403

ACCOUNT_RATE_LIMITS = False
