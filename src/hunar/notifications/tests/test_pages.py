from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy as _

from hunar.notifications import services
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 1, 7, tzinfo=UTC)


def test_a_person_reads_her_message_and_nobody_elses(client: Client):
    mine, other = make_person(), make_person()
    message = services.tell(mine, code="t", subject=_("Messages"), body=_("read"), at=NOON)
    sign_in(client, other)
    assert client.get(f"/messages/{message.pk}/").status_code == 404
    sign_in(client, mine)
    assert client.get(f"/messages/{message.pk}/").status_code == 200
    message.refresh_from_db()
    assert message.read_at


def test_an_empty_list_says_what_will_come(client: Client):
    sign_in(client, make_person())
    assert b"Results, offers and reminders" in client.get("/messages/").content
