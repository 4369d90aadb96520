"""Who is asking. Views take the person from here and never read ``request.user``."""

from __future__ import annotations

from django.http import HttpRequest

from hunar.kernel.access import signed_in
from hunar.people.models import Person

__all__ = ["PersonRequest", "signed_in"]


class PersonRequest(HttpRequest):
    """A request of somebody who has signed in."""

    person: Person
