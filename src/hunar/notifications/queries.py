from __future__ import annotations

from django.db.models import QuerySet

from hunar.notifications.models import Message
from hunar.people.models import Person


def messages_visible_to(person: Person) -> QuerySet[Message]:
    """Her own messages, newest first."""
    return Message.objects.filter(person=person).order_by("-created_at", "-id")


def unread_count(person: Person) -> int:
    return Message.objects.filter(person=person, read_at__isnull=True).count()
