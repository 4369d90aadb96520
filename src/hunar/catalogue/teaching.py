"""What the catalogue tells the competencies room: which courses teach what."""

from __future__ import annotations

from django.urls import reverse

from hunar.catalogue import queries
from hunar.competencies.models import Competency
from hunar.competencies.queries import Teaching


def teachings(competency: Competency) -> list[Teaching]:
    """The published courses that serve ``competency``."""
    return [
        Teaching(
            code=version.course.code,
            title=str(version),
            href=reverse("catalogue:version", args=[version.pk]),
            level=level,
        )
        for version, level in queries.versions_serving(competency)
    ]
