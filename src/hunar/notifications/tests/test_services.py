from datetime import UTC, datetime

import pytest
from django.core import mail
from django.utils.translation import gettext_lazy as _

from hunar.notifications import services, tasks
from hunar.notifications.models import Message
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 1, 7, tzinfo=UTC)


def test_tell_keeps_the_words_in_three_languages():
    message = services.tell(
        make_person(), code="test", subject=_("Messages"), body=_("read"), at=NOON
    )
    assert message.subject["en"] == "Messages"
    assert set(message.subject) == {"tk", "ru", "en"}


def test_mail_goes_out_once(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person = make_person(email="a@example.test", language="en")
    message = services.tell(person, code="test", subject=_("Messages"), body=_("read"), at=NOON)
    tasks.mail_message.call(message.pk)
    tasks.mail_message.call(message.pk)
    assert [sent.subject for sent in mail.outbox] == ["Messages"]
    assert Message.objects.get().mailed_at is not None


def test_mark_read_keeps_the_first_moment():
    message = services.tell(make_person(), code="t", subject=_("new"), body=_("new"), at=NOON)
    services.mark_read(message, at=NOON)
    services.mark_read(message, at=datetime(2026, 1, 1, tzinfo=UTC))
    message.refresh_from_db()
    assert message.read_at == NOON
