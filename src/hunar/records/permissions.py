from __future__ import annotations

from hunar.kernel.errors import NotPermitted
from hunar.people.models import Person
from hunar.people.queries import people_visible_to


def can_see_record(person: Person, subject: Person) -> bool:
    """Her own, and those of the staff of organisations whose staff she may see."""
    return person == subject or people_visible_to(person).filter(pk=subject.pk).exists()


def check_can_see_record(person: Person, subject: Person) -> None:
    """:raises NotPermitted: if ``person`` may not see the learning record of ``subject``."""
    if not can_see_record(person, subject):
        raise NotPermitted
