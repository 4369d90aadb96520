from __future__ import annotations

from pathlib import Path

import click

from hunar.config.cli import start_django


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Write database, keys and files into FILE (.tar.gz), while the academy is served.

    The archive holds the private key: keep it where only you can read it.
    """
    start_django()
    from hunar.config import archive

    if file.exists():
        raise click.ClickException(f"{file} exists. Choose another name: backups are not replaced.")
    try:
        contents = archive.write(file)
    except archive.ArchiveProblem as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"Written: {file} ({file.stat().st_size / 1e6:.1f} MB, {contents} files)")
