from datetime import date, timedelta
from typing import Any

import pytest

from hunar.competencies import queries, rules
from hunar.competencies.models import Evidence
from hunar.competencies.tests.makers import make_evidence, make_profile, make_spine
from hunar.organisations.tests.makers import make_post
from hunar.people.tests.makers import make_employment, make_person

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 10)


def test_the_query_counts_what_the_rule_counts():
    person = make_person()
    make_evidence(person=person, code="C2", level=2, source_ref="A")
    make_evidence(
        person=person, code="C2", level=3, day=DAY - timedelta(9), expires=DAY, source_ref="B"
    )
    make_evidence(person=person, code="C6", level=1, day=DAY + timedelta(1), source_ref="C")
    make_evidence(person=person, code="A1", level=4, kind=Evidence.Kind.SELF, source_ref="D")
    for day in (DAY, DAY + timedelta(1), DAY + timedelta(days=2000)):
        proofs = [
            rules.Proof(
                row.competency_id,
                row.level,
                row.date,
                row.expires_date,
                is_withdrawn=row.withdrawn_at is not None,
                is_self=row.kind == Evidence.Kind.SELF,
            )
            for row in Evidence.objects.all()
        ]
        assert queries.attainments([person.pk], on=day)[person.pk] == rules.attainment(
            proofs, on=day
        )


def test_gaps_take_as_many_queries_for_many_as_for_one(django_assert_num_queries: Any):
    post = make_post()
    make_profile(post, C2=2, C6=1)
    few = [make_employment(post=post)]
    many = few + [make_employment(post=post) for _ in range(20)]
    with django_assert_num_queries(2):
        assert queries.gaps(few, on=DAY) == {few[0].person_id: 3}
    with django_assert_num_queries(2):
        assert set(queries.gaps(many, on=DAY).values()) == {3}


def test_a_post_without_a_profile_has_no_gap():
    employment = make_employment()
    make_spine()
    assert queries.gaps([employment], on=DAY) == {employment.person_id: 0}
    assert queries.gap(employment.person, employment.post, on=DAY) == []


def test_competencies_are_found_across_alphabets():
    make_spine()
    assert [row.code for row in queries.competencies_matching(wish="töwekgelçiligi")] == ["C2"]
    assert "C1" in [row.code for row in queries.competencies_matching(wish="кибергигиена")]
    assert {row.area for row in queries.competencies_matching(area="D")} == {"D"}
