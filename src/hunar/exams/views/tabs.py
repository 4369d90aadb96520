"""The tabs of the staff's pages, and who may look at them at all."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.exams import permissions
from hunar.kernel.errors import NotPermitted
from hunar.kernel.types import Words
from hunar.people import queries as people
from hunar.people.enums import Role
from hunar.people.models import Person


def works_with_exams(person: Person | None) -> bool:
    """Whether the staff's pages are for this person; looks at her roles only."""
    return people.has_role(
        person, Role.PROGRAMME_OFFICER, Role.EXAMINER, Role.INVIGILATOR, Role.TRAINER
    )


def check_may_look(person: Person) -> None:
    """:raises NotPermitted: for people without a role in exams."""
    if not works_with_exams(person):
        raise NotPermitted


def staff_tabs(person: Person, *, current: str) -> list[tuple[Words, str, bool]]:
    """Sittings for everybody here; exams for whoever manages them; items, for trainers the
    released ones."""
    names: list[tuple[Words, str]] = [(_("Sittings"), "exams:sittings")]
    if permissions.can_manage_exams(person):
        names.append((_("Exams"), "exams:exams"))
    if permissions.can_manage_exams(person) or people.has_role(person, Role.TRAINER):
        names.append((_("Item bank"), "exams:items"))
    return [(label, reverse(name), name == current) for label, name in names]


def sitting_tabs(sitting: Any, *, person: Person, current: str) -> list[tuple[Words, str, bool]]:
    """The pages of one sitting."""
    names: list[tuple[Words, str]] = [(_("Room"), "exams:sitting")]
    if permissions.can_see_results(person, sitting):
        names += [(_("Results"), "exams:results"), (_("Items"), "exams:statistics")]
    return [(label, reverse(name, args=[sitting.pk]), name == current) for label, name in names]
