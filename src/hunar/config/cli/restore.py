from __future__ import annotations

from pathlib import Path

import click

from hunar.config.cli import start_django


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace an academy that is already there.")
def command(file: Path, force: bool) -> None:
    """Put the archive FILE back. Stop the server first. Nothing is changed if FILE is damaged."""
    start_django()
    from hunar.config import archive

    try:
        archive.put_back(file, force=force)
    except archive.ArchiveProblem as problem:
        raise click.ClickException(str(problem)) from None
    click.echo("Restored. Start the academy with: hunar serve")
