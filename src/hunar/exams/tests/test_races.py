"""What happens at once. Both databases; on SQLite the writers queue, on PostgreSQL rows lock."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from hunar.audit.models import Entry
from hunar.cohorts.tests.makers import make_enrolment
from hunar.exams import queries, services
from hunar.exams.errors import ExamSubmitted
from hunar.exams.models import Answer, Attempt
from hunar.exams.tests.makers import NOON, make_attempt, make_sitting

pytestmark = [
    pytest.mark.django_db(transaction=connection.vendor != "sqlite"),
    pytest.mark.usefixtures("shared_database"),
]
SOON = NOON + timedelta(minutes=5)
Result = TypeVar("Result")


def at_once(*acts: Callable[[], Result]) -> list[Result]:
    """Run all ``acts``, each in a thread with a connection of its own, from one barrier."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def test_of_changes_that_arrive_together_the_latest_stays() -> None:
    attempt = make_attempt()
    order = list(range(1, 7))  # the pool has eight connections
    random.Random(5).shuffle(order)

    def save(sequence: int) -> Callable[[], services.Saved]:
        return lambda: services.save_answer(
            attempt.token, position=1, response=f"r{sequence}", sequence=sequence, at=SOON
        )

    for _ in range(3):
        at_once(*(save(sequence) for sequence in order))
    answer = Answer.objects.get(attempt=attempt)
    assert (answer.response, answer.sequence) == ("r6", 6)


def test_two_submissions_at_once_give_one_receipt() -> None:
    attempt = make_attempt()
    person = attempt.enrolment.person
    done = at_once(*[lambda: services.submit(attempt, by=person, at=SOON)] * 4)
    assert len({entry.receipt["salt"] for entry in done}) == 1
    assert Entry.objects.filter(act=queries.SUBMITTED).count() == 1


def test_no_confirmed_answer_is_missing_from_the_receipt() -> None:
    """Saves race with the submission: each is either in the receipt or was refused."""
    for _ in range(5):
        attempt = make_attempt()
        person = attempt.enrolment.person
        places = range(1, 7)

        def save(position: int, token: str = attempt.token) -> Callable[[], int]:
            def act() -> int:
                try:
                    services.save_answer(
                        token, position=position, response="b", sequence=1, at=SOON
                    )
                except ExamSubmitted:
                    return 0
                return position

            return act

        def submit(attempt: Attempt = attempt, person: object = person) -> int:
            services.submit(attempt, by=person, at=SOON)  # type: ignore[arg-type]
            return 0

        confirmed = {
            place for place in at_once(submit, *(save(place) for place in places)) if place
        }
        attempt.refresh_from_db()
        assert {int(place) for place in attempt.receipt["answers"]} == confirmed
        assert Answer.objects.filter(attempt=attempt).count() == len(confirmed)


def test_a_double_click_starts_one_attempt() -> None:
    sitting = make_sitting()
    person = make_enrolment(cohort=sitting.cohort).person
    begun = at_once(*[lambda: services.start(sitting, language="tk", by=person, at=NOON)] * 3)
    assert len({attempt.pk for attempt in begun}) == 1
    assert Attempt.objects.count() == 1
    assert Entry.objects.filter(act="exams.attempt.started").count() == 1
