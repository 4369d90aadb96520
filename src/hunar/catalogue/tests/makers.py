"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from hunar.catalogue import packs, services
from hunar.catalogue.models import CourseVersion, Programme
from hunar.competencies.tests.makers import make_spine
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_person

NOON = datetime(2025, 10, 27, 7, tzinfo=UTC)
_numbers = count(1)


def words(english: str) -> dict[str, str]:
    """A text in three languages."""
    return {"tk": f"{english} (tk)", "ru": f"{english} (ru)", "en": english}


def make_officer() -> Person:
    return make_person(role=Role.PROGRAMME_OFFICER)


def make_programme(*, by: Person | None = None) -> Programme:
    return services.create_programme(
        code=f"programme-{next(_numbers)}",
        title=words("Programme"),
        summary=words("About the programme"),
        starts_date=date(2025, 11, 1),
        by=by or make_officer(),
        at=NOON,
    )


def make_pack(
    *, code: str = "", version: int = 1, lesson: str = "## Text", competency: str = "C2"
) -> packs.CoursePack:
    """A pack of one module with two objectives and one lesson, not read from a folder."""
    code = code or f"DG-T{next(_numbers)}"
    objectives = tuple(
        packs.PackObjective(f"M1.{number}", competency, 1, 2, words(f"Objective {number}"))
        for number in (1, 2)
    )
    return packs.CoursePack(
        code=code,
        version=version,
        workload_minutes=1440,
        valid_months=36,
        cpd_category="cyber",
        title=words(f"Course {code}"),
        summary=words("What the course is about"),
        audience=words("For digital officers"),
        prerequisites=words("None"),
        modules=(
            packs.PackModule(
                code="M1",
                day=1,
                title=words("Module"),
                objectives=objectives,
                lessons=(
                    packs.PackLesson("M1-01", "M1", 60, ("M1.1",), words("Lesson"), words(lesson)),
                ),
            ),
        ),
        items=(),
        gaps=(),
    )


def make_draft(
    pack: packs.CoursePack | None = None,
    *,
    programme: Programme | None = None,
    by: Person | None = None,
) -> CourseVersion:
    make_spine()
    officer = by or make_officer()
    return services.load_pack(
        pack or make_pack(), programme=programme or make_programme(by=officer), by=officer, at=NOON
    )


def make_version(
    pack: packs.CoursePack | None = None,
    *,
    programme: Programme | None = None,
    by: Person | None = None,
) -> CourseVersion:
    """A published version."""
    officer = by or make_officer()
    draft = make_draft(pack, programme=programme, by=officer)
    return services.publish_version(draft, by=officer, at=NOON)


COURSE = """
code = "DG-TST"
version = 1
workload_minutes = 120
valid_months = 12
cpd_category = "cyber"
title = { en = "Test", ru = "Тест", tk = "Synag" }
summary = { en = "a", ru = "b", tk = "c" }
audience = { en = "a", ru = "b", tk = "c" }
prerequisites = { en = "a", ru = "b", tk = "c" }
[[modules]]
code = "M1"
day = 1
title = { en = "a", ru = "b", tk = "c" }
[[modules.objectives]]
code = "M1.1"
competency = "C2"
level_from = 1
level_to = 2
text = { en = "a", ru = "b", tk = "c" }
"""
LESSON = """
code = "M1-01"
minutes = 60
objectives = ["M1.1"]
title = { en = "a", ru = "b", tk = "c" }
"""
ITEM = """
[[items]]
code = "TST-M1-001"
objective = "M1.1"
bloom = "apply"
use = "scored"
type = "single"
key = "b"
stem = { en = "a", ru = "b", tk = "c" }
rationale = { en = "a", ru = "b", tk = "c" }
[items.options]
a = { en = "a", ru = "b", tk = "c" }
b = { en = "a", ru = "b", tk = "c" }
"""


def write_pack(root: Path, *, course: str = COURSE, lesson: str = LESSON, item: str = ITEM) -> Path:
    """A small sound pack as files; give other texts to break it."""
    folder = root / "dg-tst"
    place = folder / "lessons" / "M1" / "01-first"
    place.mkdir(parents=True)
    (folder / "items").mkdir()
    (folder / "course.toml").write_text(course)
    (place / "lesson.toml").write_text(lesson)
    for language in ("en", "ru", "tk"):
        (place / f"{language}.md").write_text(f"## {language}")
    (folder / "items" / "M1.toml").write_text(item)
    return folder
