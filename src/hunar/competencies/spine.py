"""The spine as a file: ``spine.toml`` beside this module, read without a database."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("spine.toml")


@dataclass(frozen=True)
class SpineLevel:
    ordinal: int
    title: dict[str, str]
    descriptor: dict[str, str]


@dataclass(frozen=True)
class SpineCompetency:
    code: str
    title: dict[str, str]
    description: dict[str, str]
    anchors: dict[str, list[str]]

    @property
    def area(self) -> str:
        return self.code[0]


@dataclass(frozen=True)
class AnchorFramework:
    """Another framework: only its codes and titles are kept, never its text."""

    code: str
    title: str
    licence: str
    items: dict[str, str]


@dataclass(frozen=True)
class Spine:
    code: str
    version: str
    licence: str
    adopted_date: date
    title: dict[str, str]
    levels: tuple[SpineLevel, ...]
    competencies: tuple[SpineCompetency, ...]
    frameworks: dict[str, AnchorFramework]


@dataclass(frozen=True)
class Anchor:
    """One place in another framework to which a competency is aligned."""

    framework: AnchorFramework
    code: str

    @property
    def title(self) -> str:
        return self.framework.items.get(self.code, "")


@cache
def read() -> Spine:
    """The spine that this release carries."""
    with FILE.open("rb") as file:
        content = tomllib.load(file)
    return Spine(
        code=content["code"],
        version=content["version"],
        licence=content["licence"],
        adopted_date=content["adopted_date"],
        title=content["title"],
        levels=tuple(SpineLevel(**level) for level in content["levels"]),
        competencies=tuple(SpineCompetency(**row) for row in content["competencies"]),
        frameworks={
            code: AnchorFramework(code=code, **framework)
            for code, framework in content["anchors"].items()
        },
    )


def anchors_in_words(anchors: Mapping[str, list[str]]) -> list[Anchor]:
    """The anchors of a competency with the titles that the other frameworks give them."""
    frameworks = read().frameworks
    return [
        Anchor(frameworks[framework], code)
        for framework, codes in anchors.items()
        if framework in frameworks
        for code in codes
    ]
