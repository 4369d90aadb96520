from __future__ import annotations

import click

from hunar.config.cli import start_django


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, and stop.")
def command(once: bool) -> None:
    """Send mail, offer freed seats, close expired exams, sign checkpoints of the log."""
    start_django()
    from hunar.config import worker

    worker.run(once=once)
