"""Types that every room shares."""

from __future__ import annotations

from typing import TypeAlias

from django.utils.functional import Promise

Words: TypeAlias = str | Promise
"""Words for people: translated now or when shown."""

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
