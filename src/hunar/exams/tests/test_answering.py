from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hunar.exams import services
from hunar.exams.errors import (
    AnswerTooLong,
    ExamSubmitted,
    PositionUnknown,
    TimeOver,
    TokenUnknown,
)
from hunar.exams.models import Answer, Attempt
from hunar.exams.tests.makers import NOON, make_attempt
from hunar.kernel.errors import Malformed, NotFound, RuleViolation
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(minutes=5)


def save(attempt: Attempt, response: str = "b", **changes: Any) -> services.Saved:
    wish = {"position": 1, "response": response, "sequence": 10, "at": SOON, **changes}
    return services.save_answer(wish.pop("token", attempt.token), **wish)


def test_save_keeps_the_answer() -> None:
    attempt = make_attempt()
    saved = save(attempt, "c", is_flagged=True)
    answer = Answer.objects.get(attempt=attempt)
    assert (answer.position, answer.response, answer.is_flagged, answer.sequence) == (
        1,
        "c",
        True,
        10,
    )
    assert answer.saved_at == saved.saved_at == SOON


def test_save_costs_one_statement() -> None:
    attempt = make_attempt()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        save(attempt)
    statements = [
        query["sql"] for query in seen if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    assert len(statements) == 1
    assert "INSERT INTO exams_answer" in statements[0]


def test_a_later_change_replaces_the_answer() -> None:
    attempt = make_attempt()
    save(attempt, "a", sequence=10)
    assert not save(attempt, "b", sequence=11).is_superseded
    assert Answer.objects.get(attempt=attempt).response == "b"


@pytest.mark.parametrize("sequence", [9, 10])
def test_an_overtaken_or_repeated_change_is_acknowledged_and_changes_nothing(sequence: int) -> None:
    attempt = make_attempt()
    save(attempt, "a", sequence=10)
    saved = save(attempt, "b", sequence=sequence)
    assert saved.is_superseded
    assert (saved.response, saved.sequence) == ("a", 10)
    assert Answer.objects.get(attempt=attempt).response == "a"


def test_an_answer_can_be_cleared() -> None:
    attempt = make_attempt()
    save(attempt, "a", sequence=1)
    save(attempt, "", sequence=2)
    assert Answer.objects.get(attempt=attempt).response == ""


@pytest.mark.parametrize(
    ("changes", "violation", "code"),
    [
        ({"token": "forged"}, TokenUnknown, "exam-token-unknown"),
        ({"position": 99}, PositionUnknown, "exam-position-unknown"),
        ({"position": 0}, PositionUnknown, "exam-position-unknown"),
        ({"position": 2**70}, PositionUnknown, "exam-position-unknown"),
        ({"at": NOON + timedelta(minutes=60, seconds=6)}, TimeOver, "exam-time-over"),
        ({"response": "x" * 41}, AnswerTooLong, "answer-too-long"),
        ({"sequence": 0}, Malformed, "malformed"),
        ({"sequence": 2**31}, Malformed, "malformed"),
        ({"response": "a\x00"}, Malformed, "malformed"),
    ],
)
def test_save_refuses(changes: dict[str, Any], violation: type[RuleViolation], code: str) -> None:
    attempt = make_attempt()
    with pytest.raises(violation) as caught:
        save(attempt, **changes)
    assert caught.value.code == code
    assert not Answer.objects.exists()


def test_the_way_through_the_network_is_forgiven() -> None:
    attempt = make_attempt()
    save(attempt, at=attempt.ends_at + timedelta(seconds=5))
    assert Answer.objects.filter(attempt=attempt).exists()


def test_a_late_change_leaves_the_earlier_answer() -> None:
    attempt = make_attempt()
    save(attempt, "a", sequence=1)
    with pytest.raises(TimeOver):
        save(attempt, "b", sequence=2, at=attempt.ends_at + timedelta(minutes=1))
    assert Answer.objects.get(attempt=attempt).response == "a"


def test_save_refuses_a_submitted_attempt() -> None:
    attempt = make_attempt()
    services.submit(attempt, by=attempt.enrolment.person, at=SOON)
    with pytest.raises(ExamSubmitted) as caught:
        save(attempt)
    assert caught.value.code == "exam-submitted"
    assert not Answer.objects.exists()


def test_the_language_changes_for_the_candidate_only() -> None:
    attempt = make_attempt(language="en")
    services.change_language(attempt, language="tk", by=attempt.enrolment.person)
    assert Attempt.objects.get(pk=attempt.pk).language == "tk"
    with pytest.raises(NotFound):
        services.change_language(attempt, language="ru", by=make_person())
    with pytest.raises(Malformed):
        services.change_language(attempt, language="fr", by=attempt.enrolment.person)
