"""The message catalogues: extract, compile, check. Needs Babel only, no gettext programs.

Each room carries its own catalogues in ``locale/<language>/LC_MESSAGES/django.po``.

    python tools/messages.py extract [room ...]   write new messages into the catalogues
    python tools/messages.py compile              make the .mo files that Django reads
    python tools/messages.py check                list what is missing, fuzzy, stale or broken
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "hunar"
LANGUAGES = ("tk", "ru")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLURALS = {
    "tk": (2, "(n != 1)"),
    "ru": (
        3,
        "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
    ),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def rooms() -> list[Path]:
    return sorted(folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def messages_of(room: Path) -> Catalog:
    """Every message in the room's code and templates."""
    from django.utils.translation.template import templatize

    catalog = Catalog(charset="utf-8")
    sources = [path for path in room.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    for path in sorted(sources):
        _add(catalog, room, path, path.read_text())
    for path in sorted([*room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]):
        code = templatize(path.read_text(), origin=str(path))
        _add(catalog, room, path, "\n".join(line.lstrip() for line in code.splitlines()))
    return catalog


def _add(catalog: Catalog, room: Path, path: Path, code: str) -> None:
    for _line, function, words, _comments in extract_python(
        io.BytesIO(code.encode()), KEYWORDS, (), {"encoding": "utf-8"}
    ):
        spec = KEYWORDS[function]
        parts = list(words) if isinstance(words, tuple) else [words]
        context = None
        if spec and isinstance(spec[0], tuple):
            context = parts.pop(0)
        if function.startswith(("ngettext", "npgettext")):
            key: str | tuple[str, str] = (parts[0], parts[1])
        else:
            key = parts[0]
        if key and (not isinstance(key, tuple) or all(key)):
            catalog.add(key, locations=[(str(path.relative_to(room)), None)], context=context)


def catalogue_path(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def extract(names: list[str]) -> None:
    for room in rooms():
        if names and room.name not in names:
            continue
        found = messages_of(room)
        if not len(found):
            continue
        for language in LANGUAGES:
            path = catalogue_path(room, language)
            known = read_catalogue(path, language)
            fresh = Catalog(locale=language, charset="utf-8", fuzzy=False)
            for message in found:
                if message.id:
                    old = known.get(_lookup(message), message.context)
                    fresh.add(
                        message.id,
                        string=old.string if old else None,
                        locations=sorted(set(message.locations)),
                        context=message.context,
                        flags=old.flags if old else (),
                    )
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_po_bytes(fresh, language))
            empty = sum(1 for message in fresh if message.id and not _is_full(message))
            print(f"{room.name} {language}: {len(fresh)} messages, {empty} to translate")


def _po_bytes(catalog: Catalog, language: str) -> bytes:
    body = io.BytesIO()
    write_po(body, catalog, width=96, sort_output=True, omit_header=True, include_lineno=False)
    number, rule = PLURALS[language]
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={number}; plural={rule};\\n"\n\n'
    )
    return header.encode() + body.getvalue()


def _lookup(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def _is_full(message: Message) -> bool:
    if isinstance(message.string, tuple | list):
        return bool(message.string) and all(message.string)
    return bool(message.string)


def compile_all() -> None:
    for room in rooms():
        for language in LANGUAGES:
            source = catalogue_path(room, language)
            if not source.exists():
                continue
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            with target.open("wb") as file:
                write_mo(file, read_catalogue(source, language))


def problems() -> list[str]:
    """One line per message that is missing, fuzzy, stale or has other placeholders."""
    found: list[str] = []
    for room in rooms():
        wanted = {(m.id, m.context) for m in messages_of(room) if m.id}
        for language in LANGUAGES:
            catalogue = read_catalogue(catalogue_path(room, language), language)
            have = {(m.id, m.context): m for m in catalogue if m.id}
            where = f"{room.name} {language}"
            found += [f"{where}: missing {key[0]!r}" for key in sorted(wanted - set(have), key=str)]
            found += [f"{where}: stale {key[0]!r}" for key in sorted(set(have) - wanted, key=str)]
            for key in sorted(wanted & set(have), key=str):
                found += [f"{where}: {trouble} {key[0]!r}" for trouble in _troubles(have[key])]
    return found


def _troubles(message: Message) -> list[str]:
    if not _is_full(message):
        return ["untranslated"]
    troubles = ["fuzzy"] if message.fuzzy else []
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    allowed = {found.group(0) for text in ids for found in PLACEHOLDER.finditer(text)}
    if any({found.group(0) for found in PLACEHOLDER.finditer(text)} - allowed for text in strings):
        troubles.append("has unknown placeholders")
    if len(ids) == 1:
        needed = {found.group(0) for found in PLACEHOLDER.finditer(ids[0])}
        if needed - {found.group(0) for found in PLACEHOLDER.finditer(strings[0])}:
            troubles.append("lost a placeholder")
    return troubles


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=False)
    command, *rest = arguments or ["check"]
    if command == "extract":
        extract(rest)
    elif command == "compile":
        compile_all()
    elif command == "check":
        lines = problems()
        print("\n".join(lines) or "The catalogues are complete.")
        return 1 if lines else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
