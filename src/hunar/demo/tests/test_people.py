from __future__ import annotations

from datetime import date

import pytest

from hunar.demo import organisations, people
from hunar.demo.names import patronymic_of, russian_usage
from hunar.demo.people import DEMO_PASSWORD, EPOCH
from hunar.demo.stage import Stage
from hunar.kernel.queries import setting
from hunar.organisations.enums import RoleGroup
from hunar.people.models import Account, Person
from hunar.portal.demo import PARTS


@pytest.fixture
def stage(db: None) -> Stage:
    stage = Stage(today=date(2026, 3, 2), say=lambda line: None)
    organisations.load(stage)
    people.load(stage)
    return stage


def test_names_agree_with_sex_and_spelling():
    assert russian_usage("Güljan Öwezowa") == "Гульджан Овезова"
    assert patronymic_of("Çary", "F", 0.0) == "Çaryýewna"
    assert patronymic_of("Çary", "M", 0.8) == "Çary ogly"


def test_the_academy_is_peopled_as_designed(stage: Stage):
    assert 410 <= Person.objects.count() <= 440
    women = Person.objects.filter(sex="F").count() / Person.objects.count()
    assert 0.38 <= women <= 0.46
    seniors = [row.person for row in stage.staff if row.post.role_group == RoleGroup.SENIOR]
    assert sum(person.sex == "F" for person in seniors) / len(seniors) < women
    ages = [person.age_on(EPOCH) for person in Person.objects.exclude(birth_date=None)]
    assert min(ages) >= 23
    assert max(ages) <= 58
    for person in Person.objects.exclude(personnel_number=None):
        assert person.family.endswith("a") == (person.sex == "F")


def test_the_same_people_at_every_load(stage: Stage):
    again = Stage(today=date(2027, 1, 1), say=lambda line: None)
    again.organisations, again.posts = stage.organisations, stage.posts
    again.random.random()
    fresh = Stage(today=date(2027, 1, 1), say=lambda line: None)
    fresh.organisations, fresh.posts = stage.organisations, stage.posts
    names = [person.name.full for person, _ in people._people(fresh)]
    assert names == [row.person.name.full for row in stage.staff if row.person.personnel_number]
    assert names != [person.name.full for person, _ in people._people(again)]


def test_every_part_is_played_and_only_the_cast_has_a_password(stage: Stage):
    logins = setting("demo.cast")
    assert {part.key for part in PARTS} <= set(logins)
    learner = Account.objects.get(login=logins["learner"])
    assert learner.check_password(DEMO_PASSWORD)
    others = Account.objects.exclude(login__in=logins.values())
    assert others.count() > 300
    assert not any(account.has_usable_password() for account in others[:20])
