"""Several officers at once: the database decides, and the register stays whole."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from hunar.audit.models import Entry
from hunar.credentials import errors, queries, services
from hunar.credentials.models import Credential
from hunar.credentials.tests.makers import (
    AT,
    make_closed_cohort,
    make_credential,
    make_graduate,
    make_officer,
)

pytestmark = [
    pytest.mark.django_db(transaction=connection.vendor != "sqlite"),
    pytest.mark.usefixtures("shared_database"),
]
THREADS = 4


def at_once(act):
    """Run ``act`` in several threads that begin together; their results or errors."""
    barrier = Barrier(THREADS)

    def run(place: int):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return act(place)
        except errors.AlreadyRevoked as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_one_place_gets_one_certificate_however_many_issue_it():
    enrolment = make_graduate(make_closed_cohort())
    officer = make_officer()
    found = at_once(lambda place: services.issue_for_enrolment(enrolment, by=officer, at=AT))
    assert {row.pk for row in found} == {Credential.objects.get().pk}
    assert Entry.objects.filter(act=queries.ISSUED).count() == 1


def test_numbers_have_no_gaps_when_many_issue_at_once():
    cohort = make_closed_cohort()
    places = [make_graduate(cohort) for _ in range(THREADS)]
    officer = make_officer()
    at_once(lambda place: services.issue_for_enrolment(places[place], by=officer, at=AT))
    numbers = Credential.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]


def test_only_one_of_several_revocations_counts():
    credential = make_credential(kind=Credential.Kind.PARTICIPATION)
    officer = make_officer()

    def revoke(place: int):
        row = Credential.objects.get(pk=credential.pk)
        return services.revoke(row, reason="A real reason", by=officer, at=AT)

    found = at_once(revoke)
    assert sum(isinstance(one, errors.AlreadyRevoked) for one in found) == THREADS - 1
    assert Entry.objects.filter(act="credentials.credential.revoked").count() == 1
