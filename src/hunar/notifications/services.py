from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from hunar.kernel.text import in_all_languages
from hunar.kernel.types import Words
from hunar.notifications import tasks
from hunar.notifications.models import Message
from hunar.people.models import Person


@transaction.atomic
def tell(
    person: Person,
    *,
    code: str,
    subject: Words,
    body: Words,
    at: datetime,
    url: str = "",
    details: dict[str, Any] | None = None,
) -> Message:
    """Put a message on the person's page, and mail it where she has an address.

    :param subject, body: marked for translation, with named placeholders filled from
        ``details``; they are kept in all three languages.
    :param url: address of the page where she can act, without the host.
    """
    message = Message.objects.create(
        person=person,
        code=code,
        subject=in_all_languages(subject, **(details or {})),
        body=in_all_languages(body, **(details or {})),
        url=url,
        created_at=at,
    )
    if person.email:
        transaction.on_commit(lambda: tasks.enqueue_mail(message.pk))
    return message


def mark_read(message: Message, *, at: datetime) -> None:
    """Remember when the message was first read."""
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(person: Person, *, at: datetime) -> int:
    """Mark every message of ``person`` as read; returns how many were new."""
    return Message.objects.filter(person=person, read_at__isnull=True).update(read_at=at)
