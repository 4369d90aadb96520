from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import click

from hunar.config.cli import start_django


def _own_keys() -> Path | None:
    """None, for the keys of the academy on this machine (``HUNAR_DATA_DIR``, or the demo).

    Verifying never makes keys: a document of others would then seem to be forged.
    """
    if (Path(os.environ.get("HUNAR_DATA_DIR", "var")) / "keys" / "signing.pem").exists():
        return None
    demo = Path("var/demo/keys/signing.pem")
    if "HUNAR_DATA_DIR" not in os.environ and demo.exists():
        os.environ["HUNAR_DATA_DIR"] = "var/demo"
        return None
    raise click.ClickException(
        "No trusted keys are known here. Name the issuer's: --trust trusted-keys.json"
    )


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--trust",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The issuer's trusted-keys.json; without it, this installation's own keys.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
def command(file: Path, trust: Path | None, as_json: bool) -> None:
    """Check a document that an academy signed. Needs no network and no database.

    Exit status 0 only if everything holds; otherwise each thing that does not is named.
    """
    trust = trust or _own_keys()
    start_django()
    from hunar.config.verifying import verify_document

    try:
        document: Any = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        raise click.ClickException(f"{file} is not JSON.") from None
    checks = verify_document(document, trust=trust)
    if as_json:
        click.echo(json.dumps([vars(check) for check in checks], indent=2, ensure_ascii=False))
    else:
        for check in checks:
            click.echo(f"{'holds ' if check.holds else 'BROKEN'}  {check.name}: {check.sentence}")
    broken = [check for check in checks if not check.holds]
    if broken:
        click.echo(f"\nNot valid: {', '.join(check.name for check in broken)}.", err=True)
        raise SystemExit(1)
    if not as_json:
        click.echo("\nEverything holds.")
