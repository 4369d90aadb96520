from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language, gettext

from hunar.kernel.calendar import ASHGABAT
from hunar.people.models import Person


def greeting(person: Person, *, at: datetime) -> str:
    """As one greets a colleague at this hour in Ashgabat: by given name and patronymic."""
    name = person.name_in((get_language() or "")[:2]).address
    hour = at.astimezone(ASHGABAT).hour
    if hour < 12:
        return gettext("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return gettext("Good afternoon, %(name)s") % {"name": name}
    return gettext("Good evening, %(name)s") % {"name": name}
