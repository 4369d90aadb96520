"""Write the generated part of ``docs/reference`` from the code; ``--check`` only compares.

python tools/reference.py [--check]
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "reference"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
sys.path.insert(0, str(ROOT))


def settings_page() -> Iterator[str]:
    from hunar.config.environment import Environment

    yield "# Settings\n\nVariables of the environment. None must be set to start.\n"
    yield "| variable | meaning | default |\n| --- | --- | --- |"
    for name, field in Environment.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "empty" if default in ("", []) else f"`{default}`"
        yield f"| `HUNAR_{name.upper()}` | {field.description} | {shown} |"


def commands_page() -> Iterator[str]:
    import click

    from hunar.config.cli import COMMANDS, main

    yield "# Commands\n\n`hunar --help` shows the same map.\n"
    context = click.Context(main, info_name="hunar")
    for group, names in COMMANDS.items():
        yield f"## {group}\n"
        for name in names:
            command = main.get_command(context, name)
            assert command is not None
            yield f"### hunar {name}\n\n{_plain(command.help or '')}\n"
            for parameter in command.params:
                if isinstance(parameter, click.Option):
                    flags = ", ".join(parameter.opts + parameter.secondary_opts)
                    yield f"- `{flags}` {parameter.help or parameter.prompt or ''}".rstrip()
                else:
                    yield f"- `{parameter.human_readable_name}` (argument)"
            yield ""


def codes_page() -> Iterator[str]:
    from django.utils.translation import override

    from hunar.kernel.errors import RuleViolation

    yield (
        "# Codes of rule violations\n\nA code never changes. Pages show it under the message; the API"
        " returns it as `application/problem+json`.\n"
    )
    yield "| code | HTTP | what stands in the way | what to do |\n| --- | --- | --- | --- |"
    _load_everything()
    with override("en"):
        found = {
            kind.code: kind
            for kind in _below(RuleViolation)
            if "code" in vars(kind) and ".tests." not in kind.__module__
        }
        for code, kind in sorted(found.items()):
            yield f"| `{code}` | {kind.status} | {kind.message} | {kind.remedy} |"


def events_page() -> Iterator[str]:
    import inspect

    from django.conf import settings
    from django.dispatch import Signal

    yield "# Events\n\nNews that a room tells the rooms above it, inside the transaction of the act.\n"
    yield "| event | meaning | heard by |\n| --- | --- | --- |"
    _load_everything()
    for room in reversed(settings.ROOMS):
        module = sys.modules.get(f"hunar.{room}.events")
        if module is None:
            continue
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            if isinstance(value, Signal):
                words = re.search(rf'^{name} = Signal\(\)\s*\n"""(.*?)"""', source, re.S | re.M)
                heard = sorted({_room_of(receiver) for receiver in value.receivers} - {""})
                meaning = _plain(words.group(1)) if words else ""
                yield f"| `{room}.events.{name}` | {meaning} | {', '.join(heard)} |"


def roles_page() -> Iterator[str]:
    from django.utils.translation import override

    from hunar.people.enums import Permission
    from hunar.people.roles import ACADEMY_WIDE, ALLOWS

    yield (
        "# Roles\n\nA role is held for one organisation and reaches its units; roles marked with *"
        " reach every organisation when held at the academy.\n"
    )
    yield "| role | may |\n| --- | --- |"
    with override("en"):
        for role, permissions in ALLOWS.items():
            acts = ", ".join(str(Permission(p).label) for p in sorted(permissions))
            star = " *" if role in ACADEMY_WIDE else ""
            yield f"| {role.label}{star} (`{role.value}`) | {acts} |"


def documents_page() -> Iterator[str]:
    from hunar.kernel import verification

    _load_everything()
    yield (
        "# Signed documents\n\n`hunar verify FILE` knows these kinds. Each is a JSON object with a"
        " `proof` (W3C Data Integrity, `eddsa-jcs-2022`); a *proven document*"
        " (`hunar/proven-document/1`) wraps one together with its place in the log.\n"
    )
    yield "| kind | what is replayed |\n| --- | --- |"
    for kind in verification.kinds():
        check = verification.content_check(kind)
        first = (check.__doc__ or "").strip().split("\n\n")[0]
        yield f"| `{kind}` | {_plain(first)} |"


PAGES = {
    "settings": settings_page,
    "commands": commands_page,
    "codes": codes_page,
    "events": events_page,
    "roles": roles_page,
    "documents": documents_page,
}


def _load_everything() -> None:
    import importlib

    import django
    from django.apps import apps
    from django.conf import settings

    if not apps.ready:
        django.setup()
    for path in sorted(Path(settings.PACKAGE).rglob("*.py")):
        parts = path.relative_to(settings.PACKAGE).with_suffix("").parts
        named = path.name in ("errors.py", "events.py", "services.py", "founding.py")
        if (named or "services" in parts) and "tests" not in parts:
            importlib.import_module(".".join(("hunar", *parts)).removesuffix(".__init__"))


def _below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _room_of(receiver: tuple[object, ...]) -> str:
    function = receiver[1]
    function = function() if hasattr(function, "__callback__") or callable(function) else function
    module = getattr(function, "__module__", "") or ""
    return module.split(".")[1] if module.startswith("hunar.") else ""


def _plain(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def main(arguments: list[str]) -> int:
    import django

    django.setup()
    stale = []
    for name, page in PAGES.items():
        path = TARGET / f"{name}.md"
        text = "\n".join(page()).rstrip() + "\n"
        if not path.exists() or path.read_text() != text:
            stale.append(path.name)
            if "--check" not in arguments:
                path.write_text(text)
    if stale:
        print(f"{'Stale' if '--check' in arguments else 'Written'}: {', '.join(stale)}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
