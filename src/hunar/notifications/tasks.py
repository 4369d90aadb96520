from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django_tasks import task

from hunar.kernel import clock
from hunar.kernel.text import in_language
from hunar.notifications.models import Message


def enqueue_mail(message_id: int) -> None:
    """Mail in the background, where the academy has a mail server at all."""
    if settings.EMAIL_BACKEND != "django.core.mail.backends.dummy.EmailBackend":
        mail_message.enqueue(message_id)


@task()
def mail_message(message_id: int) -> None:
    """Send one message by e-mail in the person's language; a second run sends nothing."""
    message = Message.objects.select_related("person").get(pk=message_id)
    if message.mailed_at or not message.person.email:
        return
    language = message.person.language
    link = f"\n\n{settings.BASE_URL}{message.url}" if message.url else ""
    send_mail(
        in_language(message.subject, language),
        in_language(message.body, language) + link,
        settings.DEFAULT_FROM_EMAIL,
        [message.person.email],
    )
    Message.objects.filter(pk=message.pk).update(mailed_at=clock.now())
