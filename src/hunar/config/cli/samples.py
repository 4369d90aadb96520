from __future__ import annotations

import json
import os
import re
from pathlib import Path

import click

from hunar.config.cli import start_django, storage


@click.command("samples")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Write one of each kind of signed document out of the demo academy into FOLDER.

    The demo academy is loaded first where it is missing. Beside the documents stands
    trusted-keys.json, for: hunar verify FOLDER/credential.json --trust ...
    """
    data = Path(os.environ.setdefault("HUNAR_DATA_DIR", "var/demo")).resolve()
    os.environ["HUNAR_DEMO"] = "1"
    storage.require_writable(data)
    start_django()
    storage.upgrade()
    from hunar.audit.keys import trusted_keys_document
    from hunar.demo import academy

    if not academy.is_loaded():
        click.echo("Loading the demo academy ...")
        academy.load(say=lambda line: click.echo(f"  {line}"))
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in academy.samples():
        path = folder / f"{re.sub(r'[^a-z0-9-]', '-', name)}.json"
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
        click.echo(f"{path}")
    trust = folder / "trusted-keys.json"
    trust.write_text(json.dumps(trusted_keys_document(), indent=2) + "\n")
    click.echo(f"{trust}")
