from datetime import date, timedelta

import pytest

from hunar.audit.models import Entry
from hunar.competencies import queries, services
from hunar.competencies.errors import CompetencyTwice, ExpiresBeforeStart, LevelOutOfScale
from hunar.competencies.models import Competency, Evidence, Framework, Requirement
from hunar.competencies.tests.makers import NOON, make_evidence, make_profile, make_spine
from hunar.kernel.errors import NotPermitted
from hunar.organisations.tests.makers import make_post
from hunar.people.enums import Role
from hunar.people.tests.makers import make_employment, make_person

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 10)


def test_loading_the_spine_twice_changes_nothing():
    first = services.load_spine(by=None, at=NOON)
    assert services.load_spine(by=None, at=NOON + timedelta(days=1)) == first
    assert (Framework.objects.count(), Competency.objects.count()) == (1, 24)
    assert Entry.objects.filter(act="competencies.framework.adopted").count() == 1
    assert queries.by_code()["C2"].anchors["nice"] == ["OG-WRL-002", "OG-WRL-014"]


def test_a_profile_is_replaced_and_the_log_keeps_both():
    post = make_post()
    make_profile(post, C2=2, C6=1)
    make_profile(post, C2=3)
    assert [str(row) for row in queries.profile_of(post)] == ["C2 ≥ 3"]
    entry = Entry.objects.filter(act="competencies.profile.set").order_by("id").last()
    assert entry
    assert entry.details == {"before": {"C2": "2", "C6": "1"}, "after": {"C2": "3"}}


def test_who_may_write_a_profile():
    post, spine = make_post(), make_spine()
    lines = [services.Required(spine["C2"], 2)]
    may = make_person(role=Role.ORGANISATION_ADMIN, organisation=post.organisation)
    shares = make_person(role=Role.ORGANISATION_ADMIN)
    must_not = make_person(role=Role.HR_OFFICER, organisation=post.organisation)
    services.set_profile(post, requirements=lines, by=may, at=NOON)
    for stranger in (shares, must_not):
        with pytest.raises(NotPermitted):
            services.set_profile(post, requirements=[], by=stranger, at=NOON)
    assert Requirement.objects.filter(post=post).count() == 1


def test_a_profile_with_a_wrong_level_or_a_competency_twice_is_refused():
    post, spine = make_post(), make_spine()
    admin = make_person(role=Role.ADMINISTRATOR)
    with pytest.raises(LevelOutOfScale):
        services.set_profile(
            post, requirements=[services.Required(spine["C2"], 5)], by=admin, at=NOON
        )
    with pytest.raises(CompetencyTwice) as refusal:
        services.set_profile(
            post, requirements=[services.Required(spine["C2"], 1)] * 2, by=admin, at=NOON
        )
    assert refusal.value.code == "competency-twice"
    assert not Requirement.objects.exists()


def test_a_source_counts_once():
    person = make_person()
    first = make_evidence(person=person, level=2)
    again = make_evidence(person=person, level=3)
    assert again == first
    assert again.level == 2
    assert Entry.objects.filter(act="competencies.evidence.recorded").count() == 1


def test_evidence_for_many_is_logged_once_per_person_and_source():
    spine, people = make_spine(), [make_person(), make_person()]
    found = [
        services.Found(
            person=person,
            competency=spine[code],
            level=2,
            kind=Evidence.Kind.CREDENTIAL,
            date=DAY,
            expires_date=None,
            source_ref=f"CRD-{person.pk}",
        )
        for person in people
        for code in ("C2", "C6")
    ]
    assert services.record_many(found, by=None, at=NOON) == 4
    assert services.record_many(found, by=None, at=NOON) == 0
    entries = Entry.objects.filter(act="competencies.evidence.recorded")
    assert entries.count() == 2
    assert entries[0].details["levels"] == {"C2": 2, "C6": 2}


def test_evidence_that_expires_before_it_begins_is_refused():
    with pytest.raises(ExpiresBeforeStart) as refusal:
        make_evidence(day=DAY, expires=DAY - timedelta(days=1))
    assert refusal.value.code == "evidence-dates"
    with pytest.raises(LevelOutOfScale):
        make_evidence(level=0)


def test_withdrawn_evidence_counts_no_longer_but_stays():
    employment = make_employment()
    make_profile(employment.post, C2=2)
    make_evidence(person=employment.person, source_ref="CRD-9")
    withdrawn = NOON + timedelta(days=10)
    assert queries.gaps([employment], on=DAY) == {employment.person_id: 0}
    assert services.withdraw_evidence(source_ref="CRD-9", by=None, at=withdrawn) == 1
    assert services.withdraw_evidence(source_ref="CRD-9", by=None, at=withdrawn) == 0
    assert queries.gaps([employment], on=DAY) == {employment.person_id: 0}
    assert queries.gaps([employment], on=withdrawn.date()) == {employment.person_id: 2}
    assert Evidence.objects.count() == 1


def test_a_self_assessment_stands_beside_and_raises_nothing():
    employment = make_employment()
    make_profile(employment.post, C2=3)
    make_evidence(person=employment.person, level=1)
    spine = make_spine()
    services.assess_self(employment.person, levels={spine["C2"]: 4}, at=NOON)
    services.assess_self(employment.person, levels={spine["C2"]: 3}, at=NOON)
    (row,) = queries.gap(employment.person, employment.post, on=DAY)
    assert (row.required, row.attained, row.claimed, row.missing) == (3, 1, 3, 2)
    assert Evidence.objects.filter(kind=Evidence.Kind.SELF).count() == 1
