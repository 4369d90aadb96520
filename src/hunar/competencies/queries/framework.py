from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from hunar.competencies.enums import Area
from hunar.competencies.models import Competency, Framework, Level, Requirement
from hunar.kernel.collation import search_key
from hunar.kernel.types import Words


def frameworks() -> QuerySet[Framework]:
    return Framework.objects.order_by("code", "version")


def competencies() -> QuerySet[Competency]:
    """The spine in its order."""
    return Competency.objects.order_by("order")


def competencies_matching(*, area: str = "", wish: str = "") -> list[Competency]:
    """The spine narrowed to an area and to words of title, description or code."""
    rows = competencies().filter(area=area) if area else competencies()
    words = search_key(wish).split()
    return [
        row
        for row in rows
        if all(
            word in search_key(row.code, *row.title.values(), *row.description.values())
            for word in words
        )
    ]


def by_code() -> dict[str, Competency]:
    """Every competency by its code."""
    return {competency.code: competency for competency in competencies()}


def levels() -> QuerySet[Level]:
    """The four levels of the scale."""
    return Level.objects.order_by("framework_id", "ordinal")


@dataclass(frozen=True)
class AreaPart:
    """An area with its competencies, as the framework's page shows it."""

    area: str
    title: Words
    competencies: list[Competency]


def in_areas(rows: list[Competency]) -> list[AreaPart]:
    """Competencies under their areas; areas without any are left out."""
    parts = [
        AreaPart(area.value, area.label, [row for row in rows if row.area == area.value])
        for area in Area
    ]
    return [part for part in parts if part.competencies]


def posts_needing(competency: Competency) -> QuerySet[Requirement]:
    """The posts whose profile asks for ``competency``, the highest level first."""
    return (
        Requirement.objects.filter(competency=competency)
        .select_related("post__organisation")
        .order_by("-level", "post__organisation__sort_key", "post__code")
    )
