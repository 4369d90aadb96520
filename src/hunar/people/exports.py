"""Staff lists as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from hunar.people.models import Employment


def staff_table(
    employments: Iterable[Employment],
) -> tuple[list[str], Iterator[tuple[object, ...]]]:
    """Headings in the reader's language, and one row per employment."""
    headings = [
        _("Personnel number"),
        _("Family name"),
        _("Given name"),
        _("Patronymic"),
        _("Sex"),
        _("Post"),
        _("Grade"),
        _("Role group"),
        _("Organisation"),
        _("Region"),
        _("Since"),
    ]
    return headings, (_row(employment) for employment in employments)


def _row(employment: Employment) -> tuple[object, ...]:
    person, post, organisation = employment.person, employment.post, employment.organisation
    return (
        person.personnel_number,
        person.family,
        person.given,
        person.patronymic,
        person.get_sex_display(),
        post,
        post.grade,
        post.get_role_group_display(),
        organisation,
        organisation.region or "",
        employment.started_date,
    )
