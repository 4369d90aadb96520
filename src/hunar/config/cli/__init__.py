"""The ``hunar`` command line: a map of the product for whoever runs it."""

from __future__ import annotations

import importlib
import os
from typing import Any

import click

COMMANDS = {
    "Start": {
        "demo": "Serve an invented academy on this machine, to try everything.",
        "init": "Set up a real, empty academy: its name, languages, first administrator.",
        "upgrade": "Bring database, words and static files up to this version.",
        "serve": "Serve the academy (and do its background work).",
        "worker": "Do the background work alone, beside several servers.",
    },
    "Keep": {
        "check": "Tell the health of database, keys, storage, mail and log.",
        "backup": "Write database, keys and files into one archive.",
        "restore": "Put an archive back.",
    },
    "Prove": {
        "verify": "Check a document that an academy signed, offline.",
        "samples": "Write one of each kind of signed document, to try verify.",
        "trust": "Write the public keys that others need to verify our documents.",
    },
}


class MapOfCommands(click.Group):
    """Loads a command's module only when it is called, and groups the help by purpose."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for group in COMMANDS.values() for name in group]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"hunar.config.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, group in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl(list(group.items()))


@click.group(cls=MapOfCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hunar", prog_name="hunar")
def main() -> None:
    """Hünär: continuous professional education for the civil service, with proof.

    Settings are HUNAR_... variables; none is needed to start. Data stands in ./var
    unless HUNAR_DATA_DIR says otherwise.
    """


def start_django() -> Any:
    """Load the platform; returns Django's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hunar.config.settings")
    import django
    from django.conf import settings

    django.setup()
    return settings
