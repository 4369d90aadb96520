"""Course packs: plain folders that any programme can read, checked before use.

The form is written down in ``courses/README.md``. Reading collects every problem with
its file; a pack with a problem is never used in part. Texts that still lack a
language are no problem for a draft: they are listed apart, in ``gaps``.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from hunar.catalogue.errors import PackBroken
from hunar.kernel.text import LANGUAGES, missing_languages
from hunar.kernel.types import Words

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
OPTIONS = "abcdef"


@dataclass(frozen=True)
class Problem:
    """What is wrong in which file of the pack."""

    file: str
    reason: Words

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


@dataclass(frozen=True)
class PackObjective:
    code: str
    competency: str
    level_from: int
    level_to: int
    text: dict[str, str]


@dataclass(frozen=True)
class PackLesson:
    code: str
    module: str
    minutes: int
    objectives: tuple[str, ...]
    title: dict[str, str]
    body: dict[str, str]


@dataclass(frozen=True)
class PackModule:
    code: str
    day: int
    title: dict[str, str]
    objectives: tuple[PackObjective, ...]
    lessons: tuple[PackLesson, ...]


@dataclass(frozen=True)
class CoursePack:
    """A course as its folder tells it. ``items`` are plain dictionaries, for the item bank."""

    code: str
    version: int
    workload_minutes: int
    valid_months: int
    cpd_category: str
    title: dict[str, str]
    summary: dict[str, str]
    audience: dict[str, str]
    prerequisites: dict[str, str]
    modules: tuple[PackModule, ...]
    items: tuple[dict[str, Any], ...]
    gaps: tuple[Problem, ...]

    @property
    def objectives(self) -> list[PackObjective]:
        return [objective for module in self.modules for objective in module.objectives]

    @property
    def lessons(self) -> list[PackLesson]:
        return [lesson for module in self.modules for lesson in module.lessons]

    @property
    def lesson_minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)


def pack_folders(root: Path) -> list[Path]:
    """The folders below ``root`` that hold a ``course.toml``, by name."""
    return sorted(path.parent for path in root.glob("*/course.toml"))


def read_pack(folder: Path) -> CoursePack:
    """The pack in ``folder``.

    :raises PackBroken: with every problem that was found, each with its file.
    """
    reader = _Reader(folder)
    pack = reader.pack()
    if reader.problems or pack is None:
        raise PackBroken(folder=folder.name, problems=reader.problems)
    return pack


class _Reader:
    """Reads one folder and collects what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.gaps: list[Problem] = []

    def pack(self) -> CoursePack | None:
        course = self._toml(self.folder / "course.toml")
        if course is None:
            return None
        file = "course.toml"
        texts = {
            name: self._text(file, name, course.get(name))
            for name in ("title", "summary", "audience", "prerequisites")
        }
        modules = self._modules(course)
        objectives = {line.code for module in modules for line in module.objectives}
        pack = CoursePack(
            code=self._word(file, "code", course.get("code"), r"[A-Z]{2,4}-[A-Z0-9]{2,10}"),
            version=self._number(file, "version", course.get("version")),
            workload_minutes=self._number(file, "workload_minutes", course.get("workload_minutes")),
            valid_months=self._number(file, "valid_months", course.get("valid_months")),
            cpd_category=self._word(file, "cpd_category", course.get("cpd_category"), r"[a-z-]+"),
            modules=modules,
            items=tuple(self._items({module.code for module in modules}, objectives)),
            gaps=tuple(self.gaps),
            **texts,
        )
        self._check_minutes(pack)
        return pack

    def _check_minutes(self, pack: CoursePack) -> None:
        if pack.lesson_minutes > pack.workload_minutes > 0:
            reason = _("the lessons take %(lessons)s minutes, the course has only %(course)s")
            counts = {"lessons": pack.lesson_minutes, "course": pack.workload_minutes}
            self._problem("course.toml", reason, **counts)

    # Modules and objectives

    def _modules(self, course: Mapping[str, Any]) -> tuple[PackModule, ...]:
        file = "course.toml"
        tables = self._tables(file, "modules", course.get("modules"))
        if not tables:
            self._problem(file, _("there is no module"))
        modules = [self._module(table) for table in tables]
        self._check_unique(file, (module.code for module in modules))
        self._check_unique(file, (row.code for module in modules for row in module.objectives))
        lessons = self._lessons({module.code: module for module in modules})
        return tuple(
            PackModule(
                code=module.code,
                day=module.day,
                title=module.title,
                objectives=module.objectives,
                lessons=tuple(row for row in lessons if row.module == module.code),
            )
            for module in modules
        )

    def _module(self, table: Mapping[str, Any]) -> PackModule:
        file = "course.toml"
        code = self._word(file, "modules.code", table.get("code"), r"[A-Z0-9-]{1,10}")
        objectives = self._tables(file, f"{code} objectives", table.get("objectives"))
        if not objectives:
            self._problem(file, _("module %(module)s has no objective"), module=code)
        return PackModule(
            code=code,
            day=self._number(file, f"{code} day", table.get("day")),
            title=self._text(file, f"{code} title", table.get("title")),
            objectives=tuple(self._objective(code, row) for row in objectives),
            lessons=(),
        )

    def _objective(self, module: str, table: Mapping[str, Any]) -> PackObjective:
        file = "course.toml"
        prefix = re.escape(module)
        code = self._word(file, f"{module} code", table.get("code"), rf"{prefix}\.\d{{1,2}}")
        low = self._level(f"{code} level_from", table.get("level_from"))
        high = self._level(f"{code} level_to", table.get("level_to"))
        if low > high:
            self._problem(file, _("%(code)s begins above the level where it ends"), code=code)
        return PackObjective(
            code=code,
            competency=self._word(
                file, f"{code} competency", table.get("competency"), r"[A-Z]\d{1,2}"
            ),
            level_from=low,
            level_to=high,
            text=self._text(file, f"{code} text", table.get("text")),
        )

    # Lessons

    def _lessons(self, modules: Mapping[str, PackModule]) -> list[PackLesson]:
        lessons = []
        for folder in sorted(self.folder.glob("lessons/*/*/")):
            if folder.parent.name in modules:
                lessons.append(self._lesson(folder, modules[folder.parent.name]))
            else:
                reason = _("the course has no module %(module)s")
                self._problem(self._name(folder), reason, module=folder.parent.name)
        self._check_unique("lessons", (lesson.code for lesson in lessons))
        return lessons

    def _lesson(self, folder: Path, module: PackModule) -> PackLesson:
        path = folder / "lesson.toml"
        file, content = self._name(path), self._toml(path) or {}
        objectives = content.get("objectives")
        if not isinstance(objectives, list) or not objectives:
            self._problem(file, _("it names no objective"))
            objectives = []
        known = {objective.code for objective in module.objectives}
        for code in objectives:
            if code not in known:
                self._problem(file, _("the module has no objective %(code)s"), code=code)
        prefix = re.escape(module.code)
        return PackLesson(
            code=self._word(file, "code", content.get("code"), rf"{prefix}-\d{{2}}"),
            module=module.code,
            minutes=self._number(file, "minutes", content.get("minutes")),
            objectives=tuple(str(code) for code in objectives),
            title=self._text(file, "title", content.get("title")),
            body=self._body(folder),
        )

    def _body(self, folder: Path) -> dict[str, str]:
        body = {}
        for language in LANGUAGES:
            path = folder / f"{language}.md"
            try:
                text = path.read_text(encoding="utf-8").strip()
            except FileNotFoundError:
                text = ""
            except UnicodeDecodeError:
                self._problem(self._name(path), _("it is not written in UTF-8"))
                continue
            if text:
                body[language] = text
            else:
                self.gaps.append(Problem(self._name(path), _("the text is missing")))
        if not body:
            self._problem(self._name(folder), _("the lesson has no text in any language"))
        return body

    # Items

    def _items(self, modules: set[str], objectives: set[str]) -> Iterator[dict[str, Any]]:
        codes = []
        for path in sorted(self.folder.glob("items/*.toml")):
            file, content = self._name(path), self._toml(path) or {}
            if path.stem not in modules:
                self._problem(file, _("the course has no module %(module)s"), module=path.stem)
            for item in self._tables(file, "items", content.get("items")):
                code = self._word(file, "code", item.get("code"), r"[A-Z0-9][A-Z0-9-]+")
                codes.append(code)
                self._check_item(f"{file} {code}", item, objectives)
                yield {**item, "module": path.stem}
        self._check_unique("items", codes)

    def _check_item(self, place: str, item: Mapping[str, Any], objectives: set[str]) -> None:
        if item.get("objective") not in objectives:
            self._problem(
                place, _("the course has no objective %(code)s"), code=item.get("objective")
            )
        self._one_of(place, "bloom", item.get("bloom"), BLOOM)
        self._one_of(place, "use", item.get("use"), ("scored", "pilot"))
        self._text(place, "stem", item.get("stem"))
        self._text(place, "rationale", item.get("rationale"))
        if self._one_of(place, "type", item.get("type"), ("single", "numeric")) == "single":
            self._check_options(place, item)
        else:
            self._text(place, "unit", item.get("unit"))
            for name in ("key", "tolerance"):
                if not _is_number(item.get(name)):
                    self._problem(place, _("“%(name)s” is no number"), name=name)

    def _check_options(self, place: str, item: Mapping[str, Any]) -> None:
        options = item.get("options")
        if not isinstance(options, dict) or len(options) < 2:
            self._problem(place, _("there are fewer than two options"))
            return
        for letter, text in options.items():
            self._text(place, f"options.{letter}", text)
        if sorted(options) != list(OPTIONS[: len(options)]):
            self._problem(place, _("the options are not lettered a, b, c, d"))
        if item.get("key") not in options:
            self._problem(place, _("the key is none of the options"))

    # Values

    def _problem(self, file: str, reason: Words, **details: object) -> None:
        self.problems.append(Problem(file, str(reason) % details if details else reason))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _toml(self, path: Path) -> dict[str, Any] | None:
        try:
            with path.open("rb") as file:
                return tomllib.load(file)
        except FileNotFoundError:
            self._problem(self._name(path), _("the file is missing"))
        except UnicodeDecodeError:
            self._problem(self._name(path), _("it is not written in UTF-8"))
        except tomllib.TOMLDecodeError as error:
            self._problem(self._name(path), _("it is not valid TOML: %(error)s"), error=error)
        return None

    def _tables(self, file: str, name: str, value: object) -> list[dict[str, Any]]:
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            return value
        self._problem(file, _("“%(name)s” is no list of tables"), name=name)
        return []

    def _text(self, file: str, name: str, value: object) -> dict[str, str]:
        if not isinstance(value, dict) or not any(value.get(code) for code in LANGUAGES):
            self._problem(file, _("“%(name)s” has no text in any language"), name=name)
            return {}
        text = {code: str(value[code]).strip() for code in LANGUAGES if value.get(code)}
        if missing := missing_languages(text):
            reason = _("“%(name)s” is missing in: %(languages)s")
            words = str(reason) % {"name": name, "languages": ", ".join(missing)}
            self.gaps.append(Problem(file, words))
        return text

    def _word(self, file: str, name: str, value: object, pattern: str) -> str:
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return value
        self._problem(file, _("“%(name)s” is missing or not in the right form"), name=name)
        return str(value or "?")

    def _number(self, file: str, name: str, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        self._problem(file, _("“%(name)s” is no whole number above zero"), name=name)
        return 0

    def _level(self, name: str, value: object) -> int:
        if value in (1, 2, 3, 4) and not isinstance(value, bool):
            return int(str(value))
        self._problem("course.toml", _("“%(name)s” is no level from 1 to 4"), name=name)
        return 0

    def _one_of(self, place: str, name: str, value: object, allowed: Sequence[str]) -> str:
        if value not in allowed:
            words = ", ".join(allowed)
            self._problem(place, _("“%(name)s” is none of: %(allowed)s"), name=name, allowed=words)
        return str(value)

    def _check_unique(self, file: str, codes: Iterable[str]) -> None:
        for code, times in Counter(codes).items():
            if times > 1:
                self._problem(file, _("the code %(code)s is given twice"), code=code)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def unknown_competencies(pack: CoursePack, known: Iterable[str]) -> list[Problem]:
    """Objectives that name a competency outside the framework."""
    codes = set(known)
    reason = _("%(objective)s names the competency %(competency)s, which does not exist")
    return [
        Problem(
            "course.toml",
            str(reason) % {"objective": row.code, "competency": row.competency},
        )
        for row in pack.objectives
        if row.competency not in codes
    ]
