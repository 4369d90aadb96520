"""The settings that an operator may give, read from ``HUNAR_...`` variables.

Nothing must be set to start. A value of the wrong form stops the start with the
variable's name and the form that is expected.
"""

from __future__ import annotations

import secrets
import sys
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Environment(BaseSettings):
    """One field is one variable: ``data_dir`` is read from ``HUNAR_DATA_DIR``."""

    model_config = SettingsConfigDict(env_prefix="HUNAR_", extra="ignore")

    data_dir: Path = Field(
        default=Path("var"),
        description="Folder of the database, keys and files. Back it up.",
    )
    database_url: str = Field(
        default="",
        pattern=r"^$|^postgres(ql)?://.+",
        description="postgresql://user:password@host:5432/name; empty for SQLite in the data folder.",
    )
    redis_url: str = Field(
        default="",
        pattern=r"^$|^rediss?://.+",
        description="redis://host:6379/0 for a cache shared by several processes.",
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^/]+$",
        description="Address under which people reach the academy, without a final slash.",
    )
    hosts: Annotated[list[str], NoDecode] = Field(
        default_factory=list,
        description="Further host names that are answered, separated by commas.",
    )
    secret_key: str = Field(
        default="",
        description="Key for sessions and form tokens; empty: made once and kept in the data folder.",
    )
    smtp_url: str = Field(
        default="",
        pattern=r"^$|^smtps?://.+",
        description="smtp://user:password@host:587; empty: messages stay on the page.",
    )
    mail_from: str = Field(
        default="hunar@localhost", description="Sender address of outgoing mail."
    )
    demo: bool = Field(
        default=False, description="Offer the demo sign-in page. Never in production."
    )
    debug: bool = Field(default=False, description="Django's debug pages, for developers.")
    trusted_proxy: bool = Field(
        default=False,
        description="A reverse proxy in front sets X-Forwarded-Proto and X-Forwarded-For.",
    )

    def model_post_init(self, context: Any, /) -> None:
        self.data_dir = self.data_dir.expanduser().resolve()

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


@cache
def environment() -> Environment:
    """The variables of this process; exits with a sentence when one is malformed."""
    try:
        return Environment()
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"])
            field = Environment.model_fields.get(name)
            expected = field.description if field else problem["msg"]
            print(f"HUNAR_{name.upper()} is not understood. Expected: {expected}", file=sys.stderr)
        raise SystemExit(2) from None


def kept_secret(path: Path) -> str:
    """The text in ``path``, made at random and readable only by its owner at first use."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        secret = secrets.token_urlsafe(50)
        path.touch(mode=0o600)
        path.write_text(secret)
        return secret


def postgresql_from(url: str) -> dict[str, Any]:
    """Django's database entry for ``url``; query parameters become driver options."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}, **dict(parse_qsl(parts.query))},
    }
