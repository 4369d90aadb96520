"""Production's settings, plus one header that tells how many queries a page made."""

from __future__ import annotations

from hunar.config.settings import *  # noqa: F403
from hunar.config.settings import MIDDLEWARE

MIDDLEWARE = ["tests.query_count.QueryCount", *MIDDLEWARE]
