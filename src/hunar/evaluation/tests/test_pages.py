import io

import pytest
import python_calamine
import time_machine
from django.test import Client

from hunar.audit.models import Entry
from hunar.evaluation.models import Report
from hunar.evaluation.tests.makers import (
    AT,
    make_finished,
    make_me_officer,
    make_programme_officer,
    make_report,
)
from hunar.people.tests.makers import make_person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def january():
    with time_machine.travel(AT, tick=False):
        yield


def test_the_framework_shows_figures_breakdowns_and_targets(client: Client):
    cohort = make_finished(women=10, men=12, absent=2)
    programme = cohort.intake.programme
    sign_in(client, make_me_officer())
    page = f"/evidence/{programme.ref}/"
    client.post(
        f"{page}attendances/target/",
        {"baseline": "0", "baseline_year": "2024", "value": "22", "due_date": "2025-12-31"},
    )
    shown = client.get(page).content.decode()
    assert "Persons trained" in shown
    assert "reached" in shown
    assert "Who was reached" in shown
    other = make_finished(programme=programme, women=30, men=0)
    filtered = client.get(f"{page}?course={other.version.course.code}").content.decode()
    assert ">30<" in filtered
    assert ">52<" not in filtered
    rounds = client.get(f"{page}?round={cohort.intake_id}").content.decode()
    assert ">22<" in rounds


def test_each_figure_opens_its_records_with_names_for_some(client: Client):
    cohort = make_finished()
    person = cohort.enrolments.first().person
    page = f"/evidence/{cohort.intake.programme.ref}/trained-persons/"
    sign_in(client, make_programme_officer())
    assert person.family in client.get(page).content.decode()
    found = client.get(f"{page}?q={person.family}", headers={"HX-Request": "true"}).content.decode()
    assert found.count("<tr>") == 2
    sign_in(client, make_me_officer())
    shown = client.get(page).content.decode()
    assert person.family not in shown
    assert cohort.enrolments.first().ref in shown
    assert client.get(f"{page}?q={person.family}").content.decode().count("<tr>") < 2


def test_records_of_a_hidden_figure_are_not_listed_without_names(client: Client):
    cohort = make_finished(women=2, men=1)
    page = f"/evidence/{cohort.intake.programme.ref}/trained-persons/"
    sign_in(client, make_me_officer())
    shown = client.get(page).content.decode()
    assert "too few to show" in shown
    assert cohort.enrolments.first().ref not in shown


def test_the_export_holds_every_record_and_is_logged(client: Client):
    cohort = make_finished(women=20, men=20)
    sign_in(client, make_me_officer())
    answer = client.get(f"/evidence/{cohort.intake.programme.ref}/women-completed.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 41
    assert {row[5] for row in rows[1:]} == {""}
    entry = Entry.objects.get(act="evaluation.records.exported")
    assert entry.details == {"indicator": "women-completed", "count": 40, "with_names": False}


def test_a_report_is_chosen_previewed_and_released(client: Client):
    cohort = make_finished(women=20, men=20)
    sign_in(client, make_me_officer())
    page = f"/evidence/{cohort.intake.programme.ref}/report/"
    assert client.get(page).status_code == 200
    wrong = client.get(f"{page}?audience=public&since=2025-12-31&until=2025-01-01")
    assert b"would end before it begins" in wrong.content
    chosen = f"{page}?audience=public&since=2025-01-01&until=2025-12-31"
    assert b"Release the report" in client.get(chosen).content
    assert not Report.objects.exists()
    answer = client.post(chosen, {"confirmed": "yes"})
    report = Report.objects.get()
    assert answer.url == f"/evidence/reports/{report.ref}/"
    assert client.get(answer.url).status_code == 200
    assert report.ref in client.get("/evidence/reports/?audience=public").content.decode()
    make_finished(programme=cohort.intake.programme, women=3, men=0)
    assert b"Small groups could be worked out" in client.get(chosen).content
    refused = client.post(chosen, {"confirmed": "yes"})
    assert b"small-difference" in refused.content
    assert client.post(chosen, {"confirmed": "yes", "accept": "yes"}).status_code == 302


def test_a_released_report_is_paper_table_and_proof(client: Client):
    report = make_report()
    sign_in(client, make_me_officer())
    for language in ("tk", "ru", "en"):
        client.cookies["language"] = language
        assert client.get(f"/evidence/reports/{report.ref}.pdf").content[:5] == b"%PDF-"
    xlsx = client.get(f"/evidence/reports/{report.ref}.xlsx").content
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(xlsx))
    assert len(book.sheet_names) == 4
    proof = client.get(f"/evidence/reports/{report.ref}.json").json()
    assert proof["document"]["kind"] == "hunar/donor-report/1"
    assert proof["log"]["record"]["act"] == "evaluation.report.released"


def test_the_public_reads_only_what_was_published(client: Client):
    programme = make_finished(women=20, men=20).intake.programme
    inside = make_report(programme=programme)
    assert client.get(f"/evidence/public/{programme.code}/").status_code == 404
    assert client.get(f"/evidence/reports/{inside.ref}.json").status_code == 404
    outside = make_report(programme=programme, audience="public")
    shown = client.get(f"/evidence/public/{programme.code}/").content.decode()
    assert outside.ref in shown
    assert programme.code in client.get("/evidence/public/").content.decode()
    for kind in ("pdf", "xlsx", "json"):
        assert client.get(f"/evidence/reports/{outside.ref}.{kind}").status_code == 200


def test_pages_are_for_those_who_see_evidence(client: Client):
    programme = make_finished().intake.programme
    report = make_report(programme=programme)
    pages = ["", f"{programme.ref}/", f"{programme.ref}/attendances/", "reports/"]
    pages += [f"{programme.ref}/attendances.xlsx", f"reports/{report.ref}/"]
    manage = [f"{programme.ref}/report/", f"{programme.ref}/attendances/target/"]
    for person, sees, manages in (
        (make_me_officer(), 200, 200),
        (make_programme_officer(), 200, 403),
        (make_person(), 403, 403),
    ):
        sign_in(client, person)
        assert {client.get(f"/evidence/{page}").status_code for page in pages} == {sees}
        assert {client.get(f"/evidence/{page}").status_code for page in manage} == {manages}
    assert client.get(f"/evidence/{programme.ref}/happiness/").status_code == 403
    sign_in(client, make_me_officer())
    assert client.get(f"/evidence/{programme.ref}/happiness/").status_code == 404


@pytest.mark.parametrize("number", [2, 20])
def test_pages_take_few_queries_for_few_and_many(
    client: Client, django_assert_max_num_queries, number: int
):
    programme = make_finished(women=number, men=number, certified=number).intake.programme
    report = make_report(programme=programme, audience="public")
    for person in (make_me_officer(), make_programme_officer()):
        sign_in(client, person)
        for page in (
            "",
            f"{programme.ref}/",
            f"{programme.ref}/trained-persons/?q=a",
            f"{programme.ref}/women-certified/",
            f"{programme.ref}/lessons-turkmen/",
            f"{programme.ref}/obligations-fulfilled/",
            "reports/",
            f"reports/{report.ref}/",
        ):
            with django_assert_max_num_queries(12):
                assert client.get(f"/evidence/{page}").status_code == 200
    sign_in(client, make_me_officer())
    with django_assert_max_num_queries(12):
        client.get(
            f"/evidence/{programme.ref}/report/?audience=public&since=2025-01-01&until=2025-12-31"
        )
    with django_assert_max_num_queries(12):
        client.get(f"/evidence/public/{programme.code}/")
