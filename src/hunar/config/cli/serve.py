from __future__ import annotations

import os

import click

from hunar.config.cli import serving, start_django, storage


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="An IP address.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=max(1, min(os.cpu_count() or 1, 4)), show_default=True)
@click.option("--threads", default=4, show_default=True, help="Threads per process.")
@click.option("--worker/--no-worker", default=True, show_default=True)
def command(host: str, port: int, processes: int, threads: int, worker: bool) -> None:
    """Serve the academy over HTTP, with its background worker."""
    settings = start_django()
    storage.require_writable(settings.DATA_DIR)
    storage.require_free_port(host, port)
    if storage.pending_migrations():
        raise click.ClickException("The database is older than this version. Run: hunar upgrade")
    storage.collect_static()
    serving.run(
        host=host,
        port=port,
        processes=processes,
        threads=threads,
        with_worker=worker,
        when_ready=lambda: click.echo(f"Hünär answers at {settings.BASE_URL} (Ctrl+C stops it)."),
    )
