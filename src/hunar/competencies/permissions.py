from __future__ import annotations

from hunar.kernel.errors import NotPermitted
from hunar.organisations.models import Organisation, Post
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person
from hunar.people.permissions import check


def can_edit_profile(person: Person | None, post: Post) -> bool:
    """Who manages the organisation of the post writes its profile."""
    return people.may(person, Permission.MANAGE_ORGANISATIONS, post.organisation)


def check_can_edit_profile(person: Person | None, post: Post) -> None:
    """:raises NotPermitted: if ``person`` may not manage the organisation of the post."""
    check(person, Permission.MANAGE_ORGANISATIONS, post.organisation)


def can_see_gaps(person: Person | None, organisation: Organisation | None = None) -> bool:
    """Who may see the staff of an organisation may see what it lacks."""
    return people.may(person, Permission.SEE_STAFF, organisation)


def check_can_see_gaps(person: Person | None, organisation: Organisation | None = None) -> None:
    """:raises NotPermitted: if ``person`` may not see the staff."""
    check(person, Permission.SEE_STAFF, organisation)


def can_see_attainment(person: Person, subject: Person) -> bool:
    """Her own, and that of the staff she may see."""
    return person == subject or people.people_visible_to(person).filter(pk=subject.pk).exists()


def check_can_see_attainment(person: Person, subject: Person) -> None:
    """:raises NotPermitted: if ``person`` may not see the competencies of ``subject``."""
    if not can_see_attainment(person, subject):
        raise NotPermitted
