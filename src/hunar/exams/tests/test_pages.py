from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hunar.cohorts.tests.makers import make_cohort, make_room, make_trainer, make_version
from hunar.exams import services
from hunar.exams.models import Answer, Attempt, Exam, Sitting
from hunar.exams.tests.makers import (
    NOON,
    SHORT,
    give_answers,
    make_attempt,
    make_bank,
    make_candidate,
    make_exam,
    make_examiner,
    make_finished,
    make_form,
    make_released,
    make_sitting,
)
from hunar.kernel import home
from hunar.organisations.tests.makers import make_organisation
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _soon() -> Any:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        yield


def queries_of(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


# The candidate


def test_the_candidate_sees_her_open_sitting_and_starts(client: Client) -> None:
    sitting = make_sitting(access_code="AB12")
    person = make_candidate(sitting).person
    sign_in(client, person)
    assert "Final exam" in client.get("/exams/own/").content.decode()
    page = client.get(reverse("exams:start", args=[sitting.pk]))
    assert "Start the exam" in page.content.decode()
    answer = client.post(
        reverse("exams:start", args=[sitting.pk]), {"language": "ru", "access_code": "AB12"}
    )
    attempt = Attempt.objects.get()
    assert answer["Location"] == reverse("exams:attempt", args=[attempt.pk])
    assert attempt.language == "ru"


def test_a_wrong_access_code_starts_nothing(client: Client) -> None:
    sitting = make_sitting(access_code="AB12")
    sign_in(client, make_candidate(sitting).person)
    answer = client.post(
        reverse("exams:start", args=[sitting.pk]), {"language": "en", "access_code": "no"}
    )
    assert answer.status_code == 403
    assert "exam-access-code-wrong" in answer.content.decode()
    assert not Attempt.objects.exists()


def test_the_exam_page_stands_in_the_language_of_the_attempt(client: Client) -> None:
    attempt = make_attempt(language="ru")
    sign_in(client, attempt.enrolment.person)
    url = reverse("exams:attempt", args=[attempt.pk])
    assert "(ru)" in client.get(url).content.decode()
    client.post(reverse("exams:language", args=[attempt.pk]), {"language": "tk"})
    page = client.get(url).content.decode()
    assert "(tk)" in page
    assert "(ru)" not in page


def test_the_exam_page_gives_no_key_away(client: Client) -> None:
    attempt = make_attempt()
    sign_in(client, attempt.enrolment.person)
    page = client.get(reverse("exams:attempt", args=[attempt.pk])).content.decode()
    for secret in ("Why b", "TST-M1-001/", "20.88", "House rules", "pilot", "rationale"):
        assert secret not in page


def test_the_exam_page_is_quick_and_light(client: Client) -> None:
    attempt = make_attempt()
    give_answers(attempt, {1: "a", 2: "b"})
    sign_in(client, attempt.enrolment.person)
    url = reverse("exams:attempt", args=[attempt.pk])
    assert queries_of(client, url) <= 6
    assert client.get(url)["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_without_javascript_an_answer_is_posted_and_the_next_question_follows(
    client: Client,
) -> None:
    attempt = make_attempt()
    sign_in(client, attempt.enrolment.person)
    url = reverse("exams:answer", args=[attempt.pk, 1])
    answer = client.post(url, {"response": "c", "is_flagged": "on"})
    assert answer["Location"].endswith("#q2")
    saved = Answer.objects.get(attempt=attempt)
    assert (saved.response, saved.is_flagged) == ("c", True)
    client.post(url, {"response": "d"})
    saved.refresh_from_db()
    assert (saved.response, saved.is_flagged) == ("d", False)
    client.post(url, {"response": "d", "clear": "yes"})
    saved.refresh_from_db()
    assert saved.response == ""
    last = client.post(reverse("exams:answer", args=[attempt.pk, 7]), {"response": "a"})
    assert last["Location"].endswith("#review")


@pytest.mark.parametrize(
    ("position", "response", "code"),
    [(99, "a", "exam-position-unknown"), (1, "x" * 41, "answer-too-long")],
)
def test_a_bad_post_is_explained(client: Client, position: int, response: str, code: str) -> None:
    attempt = make_attempt()
    sign_in(client, attempt.enrolment.person)
    url = reverse("exams:answer", args=[attempt.pk, position])
    answer = client.post(url, {"response": response})
    assert code in answer.content.decode()
    assert not Answer.objects.exists()


def test_submitting_asks_first_and_gives_the_receipt(client: Client) -> None:
    attempt = make_attempt()
    give_answers(attempt, {1: "a"})
    sign_in(client, attempt.enrolment.person)
    url = reverse("exams:submit", args=[attempt.pk])
    page = client.get(url).content.decode()
    assert "Not answered" in page
    assert Attempt.objects.get().submitted_at is None
    client.post(url, {"confirmed": "yes"})
    page = client.get(reverse("exams:attempt", args=[attempt.pk])).content.decode()
    assert "Your exam is handed in" in page
    download = client.get(reverse("exams:receipt", args=[attempt.pk]))
    assert json.loads(download.content)["document"]["answers"] == {"1": "a"}
    assert f"{attempt.ref}-receipt.json" in download["Content-Disposition"]


def test_an_expired_attempt_is_submitted_when_somebody_looks(client: Client) -> None:
    attempt = make_attempt()
    sign_in(client, attempt.enrolment.person)
    with time_machine.travel(attempt.ends_at + timedelta(seconds=10), tick=False):
        page = client.get(reverse("exams:attempt", args=[attempt.pk])).content.decode()
    assert "when the time was over" in page
    attempt.refresh_from_db()
    assert attempt.is_timed_out


def test_an_unreleased_result_is_not_shown(client: Client) -> None:
    sitting = make_sitting()
    attempt = make_finished(sitting, wrong=(0,))[0]
    sign_in(client, attempt.enrolment.person)
    page = client.get(reverse("exams:attempt", args=[attempt.pk])).content.decode()
    assert "By module" not in page
    answer = client.get(reverse("exams:result", args=[attempt.pk]))
    assert answer.status_code == 409
    assert "result-not-released" in answer.content.decode()


def test_a_released_result_is_shown_by_module_and_objective(client: Client) -> None:
    make_released(wrong=(2,))
    attempt = Attempt.objects.get()
    sign_in(client, attempt.enrolment.person)
    page = client.get(reverse("exams:attempt", args=[attempt.pk])).content.decode()
    assert "66.67 %" in page
    assert "Module 1" in page
    assert "M2.1" in page
    document = json.loads(client.get(reverse("exams:result", args=[attempt.pk])).content)
    assert document["document"]["result"]["marks"] == 4


def test_somebody_elses_attempt_does_not_exist(client: Client) -> None:
    attempt = make_attempt()
    for stranger in (make_candidate(attempt.sitting).person, make_examiner(), make_person()):
        sign_in(client, stranger)
        for name in ("attempt", "submit", "receipt", "result"):
            assert client.get(reverse(f"exams:{name}", args=[attempt.pk])).status_code == 404
        for name in ("language", "submit"):
            assert client.post(reverse(f"exams:{name}", args=[attempt.pk])).status_code == 404
        answer = client.post(reverse("exams:answer", args=[attempt.pk, 1]), {"response": "a"})
        assert answer.status_code == 404
    assert not Answer.objects.exists()


def test_a_stranger_cannot_start(client: Client) -> None:
    sitting = make_sitting()
    sign_in(client, make_person())
    url = reverse("exams:start", args=[sitting.pk])
    assert client.get(url).status_code == client.post(url, {"language": "en"}).status_code == 404


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/exams/own/")["Location"].startswith("/account/login/")


def test_the_course_card_leads_to_the_exam(client: Client) -> None:
    sitting = make_sitting()
    enrolment = make_candidate(sitting)
    sign_in(client, enrolment.person)
    answer = client.get(reverse("exams:course", args=[enrolment.pk]))
    assert answer["Location"] == reverse("exams:start", args=[sitting.pk])


def test_the_home_page_reminds_of_an_open_exam() -> None:
    sitting = make_sitting()
    person = make_candidate(sitting).person
    on = NOON.date()
    assert [task.href for task in home.tasks_for(person, on=on) if "exams" in task.href] == [
        reverse("exams:start", args=[sitting.pk])
    ]
    make_finished(sitting, wrong=(0,))
    attempt = services.start(sitting, language="tk", by=person, at=NOON)
    assert len([task for task in home.tasks_for(person, on=on) if "exams" in task.href]) == 1
    services.submit(attempt, by=person, at=NOON + timedelta(minutes=1))
    assert [task for task in home.tasks_for(person, on=on) if "exams" in task.href] == []


# Staff


@pytest.fixture
def officer() -> Person:
    return make_person(role=Role.PROGRAMME_OFFICER)


def pages_of_staff(sitting: Sitting) -> dict[str, str]:
    code = sitting.form.form_items.get(position=1).item.code
    return {
        "sittings": reverse("exams:sittings"),
        "plan": reverse("exams:plan"),
        "sitting": reverse("exams:sitting", args=[sitting.pk]),
        "results": reverse("exams:results", args=[sitting.pk]),
        "table": reverse("exams:results_table", args=[sitting.pk]),
        "statistics": reverse("exams:statistics", args=[sitting.pk]),
        "release": reverse("exams:release", args=[sitting.pk]),
        "exams": reverse("exams:exams"),
        "new_exam": reverse("exams:new_exam"),
        "exam": reverse("exams:exam", args=[sitting.form.exam_id]),
        "items": reverse("exams:items"),
        "item": reverse("exams:item", args=[code]),
    }


def statuses(client: Client, pages: dict[str, str]) -> dict[str, int]:
    return {name: client.get(url).status_code for name, url in pages.items()}


@pytest.mark.parametrize("role", [Role.PROGRAMME_OFFICER, Role.EXAMINER])
def test_who_manages_exams_sees_everything(client: Client, role: Role) -> None:
    pages = pages_of_staff(make_released())
    sign_in(client, make_person(role=role))
    assert set(statuses(client, pages).values()) == {200}


@pytest.mark.parametrize("role", [None, Role.HR_OFFICER, Role.PANEL_MEMBER])
def test_others_see_nothing(client: Client, role: Role | None) -> None:
    pages = pages_of_staff(make_released())
    sign_in(client, make_person(role=role))
    assert set(statuses(client, pages).values()) <= {403, 404}


def test_an_invigilator_sees_the_room_of_her_own_house_only(client: Client) -> None:
    house = make_organisation()
    sitting = make_sitting(room=make_room(organisation=house), access_code="KEY9")
    make_finished(sitting)
    pages = pages_of_staff(sitting)
    sign_in(client, make_person(role=Role.INVIGILATOR, organisation=house))
    own = statuses(client, pages)
    assert (own["sittings"], own["sitting"]) == (200, 200)
    assert {own[name] for name in ("results", "statistics", "release", "plan")} == {403}
    assert "KEY9" in client.get(pages["sitting"]).content.decode()
    assert own["item"] == 404
    sign_in(client, make_person(role=Role.INVIGILATOR, organisation=make_organisation()))
    assert client.get(pages["sitting"]).status_code == 404


def test_a_trainer_sees_keys_and_results_only_after_the_release(client: Client) -> None:
    sitting = make_sitting()
    trainer = make_person(role=Role.TRAINER)
    make_trainer(sitting.cohort, person=trainer)
    make_finished(sitting)
    pages = pages_of_staff(sitting)
    sign_in(client, trainer)
    before = statuses(client, pages)
    assert before["sitting"] == 200
    assert (before["results"], before["statistics"], before["table"], before["item"]) == (
        403,
        403,
        403,
        404,
    )
    services.release(sitting, by=make_examiner(), at=NOON + timedelta(days=1))
    after = statuses(client, pages)
    assert (after["results"], after["statistics"], after["item"]) == (200, 200, 200)
    assert after["release"] == 403
    sign_in(client, make_person(role=Role.TRAINER))
    assert statuses(client, pages)["sitting"] == 404


def test_the_officer_lays_down_an_exam_makes_a_form_and_plans_a_sitting(
    client: Client, officer: Person
) -> None:
    version = make_version(days=2)
    make_bank(version)
    cohort = make_cohort(version=version)
    sign_in(client, officer)
    url = reverse("exams:new_exam")
    assert str(version) in client.get(url).content.decode()
    facts: dict[str, Any] = {"minutes": 60, "cut_score": "60"}
    facts |= {f"title_{code}": f"Exam {code}" for code in ("tk", "ru", "en")}
    for module in ("M1", "M2"):
        for bloom in ("remember", "understand", "apply", "analyse", "evaluate", "create"):
            facts[f"{module}-{bloom}"] = SHORT[module].get(bloom, 0)
    answer = client.post(f"{url}?version={version.pk}", facts)
    exam = Exam.objects.get()
    assert answer["Location"] == reverse("exams:exam", args=[exam.pk])
    assert exam.blueprint == SHORT
    client.post(reverse("exams:new_form", args=[exam.pk]), {"code": "A"})
    form = exam.forms.get()
    answer = client.post(
        reverse("exams:plan"),
        {
            "cohort": cohort.pk,
            "form": form.pk,
            "opens_at": "2025-12-05T14:30",
            "closes_at": "2025-12-05T16:00",
            "access_code": "",
        },
    )
    sitting = Sitting.objects.get()
    assert answer["Location"] == reverse("exams:sitting", args=[sitting.pk])
    assert sitting.opens_at.isoformat() == "2025-12-05T09:30:00+00:00"


def test_a_window_that_ends_before_it_begins_is_explained(client: Client, officer: Person) -> None:
    form = make_form()
    sign_in(client, officer)
    page = client.post(
        reverse("exams:plan"),
        {
            "cohort": make_cohort(version=form.exam.version).pk,
            "form": form.pk,
            "opens_at": "2025-12-05T14:30",
            "closes_at": "2025-12-05T14:00",
        },
    )
    assert "must close after it opens" in page.content.decode()
    assert not Sitting.objects.exists()


def test_a_bank_that_does_not_cover_the_blueprint_is_shown(client: Client, officer: Person) -> None:
    exam = make_exam(blueprint={"M1": {"apply": 9}})
    make_bank(exam.version)
    sign_in(client, officer)
    page = client.get(reverse("exams:exam", args=[exam.pk])).content.decode()
    assert "too few" in page
    answer = client.post(reverse("exams:new_form", args=[exam.pk]), {"code": "A"})
    assert "bank-too-small" in answer.content.decode()


def test_releasing_needs_the_tick(client: Client, officer: Person) -> None:
    sitting = make_sitting()
    make_finished(sitting, wrong=(0, 1))
    sign_in(client, officer)
    url = reverse("exams:release", args=[sitting.pk])
    client.post(url)
    assert not Sitting.objects.get().is_released
    client.post(url, {"confirmed": "yes"})
    assert Sitting.objects.get().is_released


def test_the_workbook_holds_candidates_and_items(client: Client, officer: Person) -> None:
    import python_calamine

    sitting = make_released(wrong=(0, 1, 6))
    sign_in(client, officer)
    answer = client.get(reverse("exams:results_table", args=[sitting.pk]))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 4
    assert sorted(row[5] for row in rows[1:]) == [0, 5, 6]
    assert len(book.get_sheet_by_index(1).to_python()) == 8


def test_items_are_found_by_words_and_narrowed(client: Client, officer: Person) -> None:
    version = make_version(days=2)
    make_bank(version)
    sign_in(client, officer)
    url = reverse("exams:items")
    assert client.get(url, {"use": "pilot"}).content.decode().count("TST-") == 3
    item = version.course.items.get(kind="numeric")
    found = client.get(url, {"q": item.code.lower()}).content.decode()
    assert item.code in found
    assert "No items found" in client.get(url, {"q": "zebra"}).content.decode()


STAFF_PAGES: list[tuple[str, Callable[[Sitting], list[Any]]]] = [
    ("sittings", lambda sitting: []),
    ("sitting", lambda sitting: [sitting.pk]),
    ("results", lambda sitting: [sitting.pk]),
    ("statistics", lambda sitting: [sitting.pk]),
    ("exams", lambda sitting: []),
    ("exam", lambda sitting: [sitting.form.exam_id]),
    ("items", lambda sitting: []),
]


@pytest.mark.parametrize(("name", "arguments"), STAFF_PAGES)
def test_queries_do_not_grow_with_rows(
    client: Client, officer: Person, name: str, arguments: Callable[[Sitting], list[Any]]
) -> None:
    sign_in(client, officer)
    sitting = make_sitting()
    make_finished(sitting, wrong=(0, 1))
    url = reverse(f"exams:{name}", args=arguments(sitting))
    few = queries_of(client, url)
    make_finished(sitting, wrong=range(6))
    for _ in range(3):
        make_sitting(form=sitting.form)
        make_sitting()
    assert queries_of(client, url) == few <= 12


def test_own_exams_cost_the_same_queries_for_many(client: Client) -> None:
    sitting = make_sitting()
    person = make_candidate(sitting).person
    sign_in(client, person)
    few = queries_of(client, "/exams/own/")
    for _ in range(4):
        make_candidate(make_sitting(), person=person)
    assert queries_of(client, "/exams/own/") == few <= 12
