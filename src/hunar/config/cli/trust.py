from __future__ import annotations

import json
from pathlib import Path

import click

from hunar.config.cli import start_django


@click.command("trust")
@click.argument("file", type=click.Path(path_type=Path), default=Path("trusted-keys.json"))
def command(file: Path) -> None:
    """Write the academy's public keys to FILE, to hand over to those who verify."""
    start_django()
    from hunar.audit.keys import trusted_keys_document

    file.write_text(json.dumps(trusted_keys_document(), indent=2) + "\n")
    click.echo(f"Written: {file}")
