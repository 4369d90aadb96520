"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from datetime import date
from itertools import count

from hunar.organisations.enums import OrganisationKind, RegionKind, RoleGroup
from hunar.organisations.models import Organisation, Post, Region

_numbers = count(1)


def make_region(*, code: str = "TM-A") -> Region:
    region, _ = Region.objects.get_or_create(
        code=code,
        defaults={
            "kind": RegionKind.VELAYAT,
            "title": {"tk": f"Welaýat {code}", "ru": f"Велаят {code}", "en": f"Region {code}"},
            "valid_from": date(1991, 1, 1),
        },
    )
    return region


def make_organisation(
    *,
    kind: str = OrganisationKind.MINISTRY,
    code: str = "",
    region: Region | None = None,
    parent: Organisation | None = None,
) -> Organisation:
    number = next(_numbers)
    title = {
        "tk": f"Ministrlik {number}",
        "ru": f"Министерство {number}",
        "en": f"Ministry {number}",
    }
    return Organisation.objects.create(
        code=code or f"org-{number}",
        kind=kind,
        title=title,
        short_title={},
        region=region or make_region(),
        parent=parent,
        valid_from=date(2000, 1, 1),
    )


def make_post(
    *,
    organisation: Organisation | None = None,
    grade: int = 5,
    role_group: str = RoleGroup.SPECIALIST,
) -> Post:
    number = next(_numbers)
    return Post.objects.create(
        organisation=organisation or make_organisation(),
        code=f"P-{number}",
        title={"tk": f"Wezipe {number}", "ru": f"Должность {number}", "en": f"Post {number}"},
        grade=grade,
        role_group=role_group,
    )
