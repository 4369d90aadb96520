from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hunar.audit import services as audit
from hunar.catalogue.models import Course
from hunar.exams import permissions, rules
from hunar.exams.errors import ItemMalformed
from hunar.exams.models import Item
from hunar.kernel.signing import digest
from hunar.kernel.text import LANGUAGES
from hunar.people.models import Person


@dataclass(frozen=True)
class Loaded:
    """What loading did: codes of new items, of items with a new version, and the rest."""

    added: list[str]
    changed: list[str]
    unchanged: list[str]


@transaction.atomic
def load_items(
    course: Course, items: Iterable[Mapping[str, Any]], *, by: Person, at: datetime
) -> Loaded:
    """Take the items of a course pack into the bank: all of them, or none.

    An item is known by its code and a hash of its content. The same content changes
    nothing, however often it is loaded; other content becomes the item's next version.

    :param items: as in ``items/<MODULE>.toml`` of a pack (see ``courses/README.md``).
    :raises NotPermitted: unless ``by`` manages exams.
    :raises ItemMalformed: naming the first item that could not be asked or marked.
    """
    permissions.check_can_manage_exams(by)
    newest: dict[str, Item] = {}
    for item in Item.objects.filter(course=course).order_by("code", "number"):
        newest[item.code] = item
    loaded = Loaded([], [], [])
    fresh = []
    for entry in items:
        content = _content(entry)
        code, sha256 = str(entry["code"]), digest(content)
        known = newest.get(code)
        if known and known.content_sha256 == sha256:
            loaded.unchanged.append(code)
            continue
        (loaded.changed if known else loaded.added).append(code)
        number = known.number + 1 if known else 1
        item = Item(course=course, code=code, number=number, content_sha256=sha256, **content)
        newest[code] = item
        fresh.append(item)
    Item.objects.bulk_create(fresh)
    if fresh:
        facts = {item.code: item.content_sha256 for item in fresh}
        details = {"items": len(fresh), "sha256": digest(facts)}
        audit.record("exams.items.loaded", subject=course, by=by, at=at, details=details)
    return loaded


def _content(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The item's columns. Their hash is the version's hash.

    :raises ItemMalformed: if something is missing or does not fit.
    """
    code = str(entry.get("code", "?"))
    kind = entry.get("type")
    if kind not in Item.Kind.values:
        raise ItemMalformed(item=code, reason=_("the type is neither single nor numeric"))
    if entry.get("bloom") not in rules.BLOOM:
        raise ItemMalformed(item=code, reason=_("the Bloom level is unknown"))
    if entry.get("use") not in Item.Use.values:
        raise ItemMalformed(item=code, reason=_("the use is neither scored nor pilot"))
    objective = str(entry.get("objective", ""))
    module = str(entry.get("module") or objective.partition(".")[0])
    if not objective or not objective.startswith(f"{module}."):
        raise ItemMalformed(item=code, reason=_("the objective is not one of the module"))
    single = kind == Item.Kind.SINGLE
    return {
        "kind": kind,
        "use": entry["use"],
        "module_code": module,
        "objective_code": objective,
        "bloom": entry["bloom"],
        "stem": _text(code, entry.get("stem")),
        "options": _options(code, entry.get("options")) if single else {},
        "key": _letter(code, entry) if single else _number(code, entry),
        "unit": {} if single else _text(code, entry.get("unit")),
        "rationale": _text(code, entry.get("rationale")),
        "source": str(entry.get("source", "")),
    }


def _text(code: str, value: object) -> dict[str, str]:
    text = value if isinstance(value, dict) else {}
    missing = [language for language in LANGUAGES if not str(text.get(language, "")).strip()]
    if missing:
        reason = _("a text lacks the languages %(languages)s") % {"languages": ", ".join(missing)}
        raise ItemMalformed(item=code, reason=reason)
    return {language: str(text[language]) for language in LANGUAGES}


def _options(code: str, value: object) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict) or len(value) < 2:
        raise ItemMalformed(item=code, reason=_("there are fewer than two options"))
    return {str(letter): _text(code, text) for letter, text in sorted(value.items())}


def _letter(code: str, entry: Mapping[str, Any]) -> str:
    if entry.get("key") not in entry["options"]:
        raise ItemMalformed(item=code, reason=_("the key is none of the options"))
    return str(entry["key"])


def _number(code: str, entry: Mapping[str, Any]) -> dict[str, str]:
    try:
        key = {name: Decimal(str(entry[name])) for name in ("key", "tolerance")}
    except (KeyError, InvalidOperation):
        reason = _("the key or the tolerance is no number")
        raise ItemMalformed(item=code, reason=reason) from None
    if not key["key"].is_finite() or not key["tolerance"].is_finite() or key["tolerance"] < 0:
        raise ItemMalformed(item=code, reason=_("the key or the tolerance is no number"))
    return {"value": str(key["key"]), "tolerance": str(key["tolerance"])}
