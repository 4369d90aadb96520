"""Course packs beside the platform, and what the catalogue has of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from hunar.catalogue import packs
from hunar.catalogue.errors import PackBroken, PackUnknown
from hunar.catalogue.models import CourseVersion
from hunar.competencies import queries as competencies
from hunar.kernel.text import in_language

State = CourseVersion.State


@dataclass(frozen=True)
class FoundPack:
    """A folder among the course packs, and what could be done with it."""

    folder: str
    pack: packs.CoursePack | None
    problems: list[packs.Problem]
    version: CourseVersion | None

    @property
    def is_broken(self) -> bool:
        return bool(self.problems)

    @property
    def is_loadable(self) -> bool:
        loaded = self.version is not None and self.version.state != State.DRAFT
        return not self.is_broken and not loaded

    @property
    def title(self) -> str:
        return in_language(self.pack.title) if self.pack else self.folder


def found_packs(*, root: Path | None = None) -> list[FoundPack]:
    """Every course pack beside the platform, read and checked, with its loaded version."""
    codes = set(competencies.by_code())
    versions = {
        (version.course.code, version.number): version
        for version in CourseVersion.objects.select_related("course")
    }
    folders = packs.pack_folders(root or settings.COURSES_DIR)
    return [_found(folder, codes, versions) for folder in folders]


def found_pack(folder: str) -> FoundPack:
    """One of ``found_packs``, by its folder.

    :raises PackUnknown: if there is none.
    """
    for found in found_packs():
        if found.folder == folder:
            return found
    raise PackUnknown(folder=folder)


def _found(
    folder: Path, codes: set[str], versions: Mapping[tuple[str, int], CourseVersion]
) -> FoundPack:
    try:
        pack = packs.read_pack(folder)
    except PackBroken as refusal:
        return FoundPack(folder.name, None, refusal.problems, None)
    problems = packs.unknown_competencies(pack, codes)
    return FoundPack(folder.name, pack, problems, versions.get((pack.code, pack.version)))


def pack_in(folder: str, *, root: Path | None = None) -> packs.CoursePack:
    """The pack in the folder of that name.

    :raises PackUnknown: if there is none; names with a path in them are none.
    :raises PackBroken: if it cannot be read.
    """
    for path in packs.pack_folders(root or settings.COURSES_DIR):
        if path.name == folder:
            return packs.read_pack(path)
    raise PackUnknown(folder=folder)
