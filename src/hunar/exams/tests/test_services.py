from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.dispatch import receiver

from hunar.audit.models import Entry
from hunar.cohorts.models import Enrolment
from hunar.cohorts.tests.makers import make_cohort, make_enrolment, make_version, words
from hunar.exams import events, queries, services, tasks
from hunar.exams.errors import (
    AccessCodeLocked,
    AccessCodeWrong,
    BankTooSmall,
    BlueprintMalformed,
    ExamClosed,
    ExamNotOpen,
    FormCodeTaken,
    ItemMalformed,
    NothingToRelease,
    ResultsReleased,
    SittingOfOtherCourse,
    SittingStillOpen,
    SittingWindowWrong,
)
from hunar.exams.models import Answer, Attempt, Item, Sitting
from hunar.exams.tests.makers import (
    NOON,
    give_answers,
    make_attempt,
    make_candidate,
    make_entry,
    make_exam,
    make_examiner,
    make_finished,
    make_form,
    make_numeric_entry,
    make_released,
    make_sitting,
    right_answers,
)
from hunar.kernel.errors import Malformed, NotFound, NotPermitted, RuleViolation
from hunar.kernel.signing import digest, verify
from hunar.notifications.models import Message
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person
from hunar.records.models import Statement

pytestmark = pytest.mark.django_db


# The bank


def test_load_items_is_repeatable() -> None:
    course, examiner = make_version(days=2).course, make_examiner()
    entries = [make_entry("A-1"), make_numeric_entry("A-2")]
    assert services.load_items(course, entries, by=examiner, at=NOON).added == ["A-1", "A-2"]
    again = services.load_items(course, entries, by=examiner, at=NOON)
    assert (again.added, again.changed, again.unchanged) == ([], [], ["A-1", "A-2"])
    assert Item.objects.count() == 2
    assert Entry.objects.filter(act="exams.items.loaded").count() == 1


def test_changed_content_is_a_new_version_and_the_old_one_stays() -> None:
    course, examiner = make_version(days=2).course, make_examiner()
    services.load_items(course, [make_entry("A-1", key="a")], by=examiner, at=NOON)
    loaded = services.load_items(course, [make_entry("A-1", key="c")], by=examiner, at=NOON)
    assert loaded.changed == ["A-1"]
    assert list(Item.objects.order_by("number").values_list("number", "key")) == [
        (1, "a"),
        (2, "c"),
    ]
    assert [item.number for item in queries.items_visible_to(examiner)] == [2]


def test_a_number_is_kept_exactly() -> None:
    course = make_version(days=2).course
    services.load_items(course, [make_numeric_entry()], by=make_examiner(), at=NOON)
    assert Item.objects.get().key == {"value": "20.88", "tolerance": "0.01"}


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "essay"},
        {"bloom": "guess"},
        {"use": "maybe"},
        {"objective": ""},
        {"module": "M7"},
        {"key": "e"},
        {"options": {"a": words("only")}},
        {"stem": {"en": "Only English"}},
        {"rationale": None},
        {"type": "numeric"},
        {"type": "numeric", "unit": words("s"), "key": "much", "tolerance": 1},
        {"type": "numeric", "unit": words("s"), "key": 1, "tolerance": -1},
        {"type": "numeric", "unit": words("s"), "key": float("nan"), "tolerance": 1},
    ],
)
def test_load_items_refuses_a_malformed_item_and_loads_nothing(changes: dict[str, Any]) -> None:
    course = make_version(days=2).course
    entries = [make_entry("A-1"), {**make_entry("A-2"), **changes}]
    with pytest.raises(ItemMalformed) as caught:
        services.load_items(course, entries, by=make_examiner(), at=NOON)
    assert caught.value.details["item"] == "A-2"
    assert not Item.objects.exists()


# Exams, forms, sittings


def test_a_form_follows_the_blueprint_and_freezes_the_exam() -> None:
    exam = make_exam()
    form = make_form(exam=exam)
    lines = queries.key_of_form(form)
    assert len([line for line in lines if line.use == "scored"]) == 6
    assert len([line for line in lines if line.use == "pilot"]) == 1
    assert [line.position for line in lines] == list(range(1, 8))
    exam.refresh_from_db()
    assert exam.frozen_at == NOON


def test_make_exam_refuses_a_blueprint_of_another_course() -> None:
    with pytest.raises(BlueprintMalformed):
        make_exam(blueprint={"M9": {"apply": 1}})


def test_make_form_refuses_a_bank_that_is_too_small() -> None:
    exam = make_exam(blueprint={"M1": {"apply": 9}})
    with pytest.raises(BankTooSmall):
        make_form(exam=exam)


def test_make_form_refuses_a_code_that_is_taken() -> None:
    form = make_form(code="A")
    with pytest.raises(FormCodeTaken):
        make_form(exam=form.exam, code="A")


def test_plan_sitting_refuses_a_cohort_of_another_course() -> None:
    with pytest.raises(SittingOfOtherCourse):
        make_sitting(cohort=make_cohort())


def test_plan_sitting_refuses_a_window_that_is_too_short() -> None:
    with pytest.raises(SittingWindowWrong):
        make_sitting(form=make_form(exam=make_exam(minutes=121)), hours=2)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HR_OFFICER, Role.INVIGILATOR, None])
def test_only_who_manages_exams_makes_them(role: Role | None) -> None:
    stranger = make_person(role=role)
    exam, form, sitting = make_exam(), make_form(), make_released()
    cohort = make_cohort(version=form.exam.version)
    window = {"opens_at": NOON, "closes_at": NOON + timedelta(hours=2)}
    for act in (
        lambda: services.load_items(exam.version.course, [], by=stranger, at=NOON),
        lambda: make_exam(by=stranger),
        lambda: services.make_form(exam, code="B", by=stranger, at=NOON),
        lambda: services.plan_sitting(form, cohort=cohort, by=stranger, at=NOON, **window),
        lambda: services.release(sitting, by=stranger, at=NOON),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_programme_officer_may_make_an_exam() -> None:
    officer = make_person(role=Role.PROGRAMME_OFFICER)
    assert make_exam(by=officer).cut_score == Decimal(60)


# Starting


def test_start_gives_the_whole_time() -> None:
    attempt = make_attempt()
    assert attempt.ends_at == NOON + timedelta(minutes=60)
    assert len(attempt.token) == 43


def test_start_ends_with_the_window() -> None:
    attempt = make_attempt(at=NOON + timedelta(minutes=90))
    assert attempt.ends_at == attempt.sitting.closes_at


def test_start_again_returns_to_the_same_attempt() -> None:
    attempt = make_attempt()
    again = services.start(
        attempt.sitting,
        language="ru",
        by=attempt.enrolment.person,
        at=NOON + timedelta(hours=3),
    )
    assert again == attempt
    assert again.token == attempt.token


@pytest.mark.parametrize(
    ("at", "violation"),
    [(NOON - timedelta(seconds=1), ExamNotOpen), (NOON + timedelta(hours=2), ExamClosed)],
)
def test_start_keeps_to_the_window(at: Any, violation: type[RuleViolation]) -> None:
    with pytest.raises(violation):
        make_attempt(at=at)


def test_start_is_for_people_of_the_cohort() -> None:
    sitting = make_sitting()
    elsewhere = make_enrolment()
    withdrawn = make_enrolment(cohort=sitting.cohort, state=Enrolment.State.WITHDRAWN)
    for enrolment in (elsewhere, withdrawn):
        with pytest.raises(NotFound):
            services.start(sitting, language="tk", by=enrolment.person, at=NOON)


def test_start_refuses_a_language_that_is_not_spoken() -> None:
    with pytest.raises(Malformed):
        make_attempt(language="fr")


def test_start_asks_for_the_access_code() -> None:
    sitting = make_sitting(access_code="OK-77")
    person = make_candidate(sitting).person
    with pytest.raises(AccessCodeWrong):
        services.start(sitting, language="tk", access_code="", by=person, at=NOON)
    assert services.start(sitting, language="tk", access_code=" ok-77 ", by=person, at=NOON).pk


def test_guessing_the_access_code_is_stopped() -> None:
    sitting = make_sitting(access_code="OK-77")
    person = make_candidate(sitting).person
    for _ in range(10):
        with pytest.raises(AccessCodeWrong):
            services.start(sitting, language="tk", access_code="no", by=person, at=NOON)
    with pytest.raises(AccessCodeLocked):
        services.start(sitting, language="tk", access_code="OK-77", by=person, at=NOON)


# Submitting


def test_submit_gives_a_signed_receipt_and_logs_its_digest() -> None:
    attempt = make_attempt()
    give_answers(attempt, {1: "a", 2: "", 3: "b"})
    done = services.submit(attempt, by=attempt.enrolment.person, at=NOON + timedelta(minutes=9))
    receipt = done.receipt
    assert receipt["answers"] == {"1": "a", "3": "b"}
    assert receipt["form"]["sha256"] == attempt.sitting.form.content_sha256
    assert done.submitted_at == NOON + timedelta(minutes=9)
    assert not done.is_timed_out
    entry = queries.receipt_entry(attempt)
    assert entry is not None
    assert entry.details["answers_sha256"] == receipt["answers_sha256"]
    assert entry.details["document_sha256"] == digest(receipt)
    assert "salt" not in str(entry.details)


def test_a_second_submission_gets_the_same_receipt() -> None:
    attempt = make_attempt()
    first = services.submit(attempt, by=attempt.enrolment.person, at=NOON)
    second = services.submit(attempt, by=attempt.enrolment.person, at=NOON + timedelta(minutes=1))
    assert second.receipt == first.receipt
    assert second.submitted_at == first.submitted_at
    assert Entry.objects.filter(act=queries.SUBMITTED).count() == 1


def test_nobody_submits_for_somebody_else() -> None:
    attempt = make_attempt()
    for stranger in (make_examiner(), make_person()):
        with pytest.raises(NotFound):
            services.submit(attempt, by=stranger, at=NOON)


def test_expired_attempts_are_submitted_by_the_platform() -> None:
    attempt = make_attempt()
    give_answers(attempt, {1: "a"})
    assert tasks.submit_expired(attempt.ends_at + timedelta(seconds=5)) == 0
    assert tasks.submit_expired(attempt.ends_at + timedelta(seconds=6)) == 1
    assert tasks.submit_expired(attempt.ends_at + timedelta(seconds=9)) == 0
    attempt.refresh_from_db()
    assert attempt.is_timed_out
    assert attempt.receipt["answers"] == {"1": "a"}
    entry = queries.receipt_entry(attempt)
    assert entry is not None
    assert entry.actor_ref == ""


# Results


def test_release_marks_every_attempt() -> None:
    sitting = make_released(wrong=(0, 2, 6))
    marks = Attempt.objects.order_by("id").values_list("marks", "marks_max", "is_passed")
    assert list(marks) == [(6, 6, True), (4, 6, True), (0, 6, False)]
    assert sitting.state == Sitting.State.RELEASED


def test_release_tells_each_candidate_and_announces_and_records() -> None:
    heard = []

    @receiver(events.result_released, weak=False, dispatch_uid="test")
    def listen(attempt: Attempt, **_: object) -> None:
        heard.append((attempt.ref, attempt.is_passed))

    try:
        sitting = make_released(wrong=(0, 6))
    finally:
        events.result_released.disconnect(dispatch_uid="test")
    attempts = list(Attempt.objects.order_by("id"))
    assert sorted(heard) == sorted((attempt.ref, attempt.is_passed) for attempt in attempts)
    assert Message.objects.filter(code="exams.result-released").count() == 2
    about = Statement.objects.filter(object_id__endswith=f"/exams/{sitting.ref}")
    verbs = sorted(row.raw["verb"]["display"]["en"] for row in about)
    assert verbs == ["failed", "initialized", "initialized", "passed"]


def test_release_signs_and_logs_each_result() -> None:
    from hunar.audit.keys import academy_key

    make_released()
    key = academy_key().public
    for attempt in Attempt.objects.all():
        assert verify(attempt.result, {key.id: key}) == key
        assert attempt.result["receipt_sha256"] == digest(attempt.receipt)
        entry = queries.result_entry(attempt)
        assert entry is not None
        assert entry.details == {"document_sha256": digest(attempt.result)}


def test_release_waits_for_the_end_of_the_window() -> None:
    sitting = make_sitting()
    make_candidate(sitting)
    make_finished(sitting, wrong=(0,))
    with pytest.raises(SittingStillOpen):
        services.release(sitting, by=make_examiner(), at=sitting.closes_at - timedelta(minutes=1))
    assert Sitting.objects.get(pk=sitting.pk).state == Sitting.State.PLANNED
    services.release(sitting, by=make_examiner(), at=sitting.closes_at + timedelta(minutes=1))


def test_release_may_come_early_when_everybody_has_submitted() -> None:
    sitting = make_sitting()
    make_finished(sitting, wrong=(0, 1))
    services.release(sitting, by=make_examiner(), at=NOON + timedelta(minutes=40))


def test_release_waits_for_whoever_still_writes() -> None:
    attempt = make_attempt()
    with pytest.raises(SittingStillOpen):
        services.release(attempt.sitting, by=make_examiner(), at=NOON + timedelta(minutes=40))


def test_release_submits_what_was_left_open() -> None:
    attempt = make_attempt()
    give_answers(attempt, right_answers(attempt.sitting.form))
    services.release(attempt.sitting, by=make_examiner(), at=NOON + timedelta(days=1))
    attempt.refresh_from_db()
    assert (attempt.marks, attempt.is_timed_out) == (6, True)


def test_results_are_released_once() -> None:
    sitting = make_released()
    with pytest.raises(ResultsReleased):
        services.release(sitting, by=make_examiner(), at=NOON + timedelta(days=9))


def test_release_refuses_a_sitting_that_nobody_took() -> None:
    sitting = make_sitting()
    with pytest.raises(NothingToRelease):
        services.release(sitting, by=make_examiner(), at=NOON + timedelta(days=1))
    assert Sitting.objects.get(pk=sitting.pk).state == Sitting.State.PLANNED


def test_nobody_starts_after_the_release() -> None:
    sitting = make_sitting()
    make_finished(sitting, wrong=(0,))
    services.release(sitting, by=make_examiner(), at=NOON + timedelta(minutes=40))
    late = make_candidate(sitting).person
    with pytest.raises(ExamClosed):
        services.start(
            Sitting.objects.get(pk=sitting.pk),
            language="tk",
            by=late,
            at=NOON + timedelta(minutes=41),
        )
    assert Answer.objects.filter(attempt__enrolment__person=late).count() == 0
