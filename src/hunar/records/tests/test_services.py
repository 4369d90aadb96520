from datetime import timedelta

import pytest

from hunar.people.tests.makers import make_person
from hunar.records import queries, services
from hunar.records.enums import Verb
from hunar.records.errors import StatementMalformed
from hunar.records.models import Statement
from hunar.records.tests.makers import NOON, make_statement

pytestmark = pytest.mark.django_db


def test_a_statement_names_an_account_and_no_person():
    person = make_person(family="Orazowa")
    statement = make_statement(person=person, result={"completion": True, "duration": "PT45M"})
    raw = statement.raw
    assert raw["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": "http://testserver", "name": person.ref},
    }
    assert raw["verb"]["id"] == "http://adlnet.gov/expapi/verbs/completed"
    assert set(raw["verb"]["display"]) == {"tk", "ru", "en"}
    assert raw["object"]["id"] == "http://testserver/learn/lessons/1/"
    assert raw["timestamp"] == "2025-12-02T07:00:00.000Z"
    assert raw["result"] == {"completion": True, "duration": "PT45M"}
    assert "context" not in raw
    assert "Orazowa" not in str(raw)
    assert raw["id"] == str(statement.pk)


def test_record_many_writes_all_or_none():
    person = make_person()
    facts = [
        services.Fact(
            person=person,
            verb=Verb.ATTENDED,
            object_id=f"cohorts/sessions/{number}/",
            object_name={"en": "Session"},
            at=NOON + timedelta(hours=number),
            result=result,
        )
        for number, result in [(1, None), (2, {"score": {"scaled": 3}})]
    ]
    with pytest.raises(StatementMalformed):
        services.record_many(facts)
    assert not Statement.objects.exists()
    assert len(services.record_many(facts[:1])) == 1
    assert queries.statements_about("cohorts/sessions/1/").get().person == person
