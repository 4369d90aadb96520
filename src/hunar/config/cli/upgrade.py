from __future__ import annotations

import click

from hunar.config.cli import start_django, storage


@click.command("upgrade")
def command() -> None:
    """Bring database and static files up to this version. Back up first."""
    settings = start_django()
    storage.require_writable(settings.DATA_DIR)
    storage.upgrade(quiet=False)
    click.echo("Up to date.")
