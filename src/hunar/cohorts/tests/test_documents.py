from datetime import UTC, datetime

import pytest

from hunar.cohorts import documents, printing
from hunar.cohorts.models import Cohort
from hunar.cohorts.tests.makers import (
    make_cohort,
    make_document,
    make_enrolment,
    make_room,
    make_session,
    make_trainer,
)
from hunar.kernel.text import LANGUAGES
from hunar.people.models import Person
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 1, 7, tzinfo=UTC)


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(code="CYB-2025", room=make_room())


def enrol(cohort: Cohort, family: str, **facts: str) -> Person:
    person = make_person(family=family)
    for name, value in facts.items():
        setattr(person, name, value)
    person.save()
    make_enrolment(cohort=cohort, person=person, source_ref="PLC-1")
    return person


def test_a_list_is_in_turkmen_order_and_cyrillic_for_russian_readers(cohort: Cohort):
    enrol(cohort, "Zäkirowa")
    enrol(cohort, "Çaryýewa", family_cyrillic="Чарыева", given_cyrillic="Марал")
    rows = documents.group_list(cohort, at=NOON)["tables"][0]["rows"]
    assert [row[0] for row in rows] == ["1", "2"]
    assert rows[0][1]["tk"] == "Çaryýewa Maral"
    assert rows[0][1]["ru"] == "Чарыева Марал"
    assert rows[1][1]["ru"] == "Zäkirowa Maral"


def test_an_order_says_how_many_and_when_in_each_language(cohort: Cohort):
    enrol(cohort, "Annaýewa")
    enrol(cohort, "Orazowa")
    content = documents.enrolment_order(cohort, at=NOON)
    (sentence,) = content["paragraphs"]
    assert "2 people" in sentence["en"]
    assert "from 2 December 2025 to 5 December 2025" in sentence["en"]
    assert "2025-nji ýylyň 2-nji dekabry" in sentence["tk"]
    assert "2 декабря 2025 года" in sentence["ru"]
    assert content["facts"][0][1] == "PLC-1"


def test_a_withdrawn_person_stands_on_no_paper(cohort: Cohort):
    make_enrolment(cohort=cohort, state="withdrawn")
    assert documents.group_list(cohort, at=NOON)["tables"][0]["rows"] == []


def test_a_sheet_has_a_table_per_day_and_a_box_per_session(cohort: Cohort):
    enrol(cohort, "Annaýewa")
    make_trainer(cohort)
    for day, hour in ((2, 9), (2, 14), (3, 9)):
        make_session(cohort=cohort, day=cohort.starts_date.replace(day=day), hour=hour)
    content = documents.attendance_sheet(cohort, at=NOON)
    first, second = content["tables"]
    assert first["head"][2:] == ["09:00–10:30", "14:00–15:30"]
    assert second["head"][2:] == ["09:00–10:30"]
    assert first["rows"][0][2:] == ["", ""]
    assert content["page"] == f"/cohorts/{cohort.ref}/attendance/"
    assert not content["flipped"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_printed_in_each_language(cohort: Cohort, language: str):
    enrol(cohort, "Şyhyýewa")
    document = make_document(cohort)
    document.content = documents.enrolment_order(cohort, at=NOON)
    assert printing.document_pdf(document, language=language).startswith(b"%PDF-1.7")
