from __future__ import annotations

import click

from hunar.config.cli import start_django


@click.command("check")
@click.option("--full", is_flag=True, help="Recompute every record of the log (slow).")
def command(full: bool) -> None:
    """Tell the health of database, keys, storage, mail and log. Exit status 1 if one is ill."""
    start_django()
    from hunar.config.health import findings

    ill = False
    for finding in findings(full=full):
        ill = ill or not finding.is_well
        click.echo(f"{'well' if finding.is_well else 'ILL '}  {finding.name}: {finding.sentence}")
    raise SystemExit(1 if ill else 0)
