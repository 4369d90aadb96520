import pytest

from hunar.careers import queries, services
from hunar.careers.models import Candidacy
from hunar.careers.tests.makers import (
    AFTER,
    DURING,
    make_candidacy,
    make_competition,
    make_draft,
    make_officer,
)
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db


def test_drafts_are_seen_by_the_officers_of_the_organisation_only():
    draft = make_draft()
    assert draft in queries.competitions_visible_to(make_officer(draft.post))
    assert draft not in queries.competitions_visible_to(make_person(role=Role.HR_OFFICER))
    assert draft not in queries.competitions_visible_to(make_person())
    assert make_competition() in queries.competitions_visible_to(make_person())


def test_lists_are_for_participants_and_their_officers():
    competition = make_competition()
    candidacy = make_candidacy(competition)
    officer = make_officer(competition.post)
    merit_list = services.rank(competition, by=officer, at=AFTER)
    assert merit_list in queries.lists_visible_to(candidacy.person)
    assert merit_list in queries.lists_visible_to(officer)
    assert merit_list not in queries.lists_visible_to(make_person(role=Role.HR_OFFICER))
    assert merit_list not in queries.lists_visible_to(make_person())


def test_only_the_officer_reads_names():
    competition = make_competition()
    candidacy = make_candidacy(competition)
    officer = make_officer(competition.post)
    merit_list = services.rank(competition, by=officer, at=AFTER)
    own = queries.list_view(merit_list, seen_by=candidacy.person)
    assert [row.name for row in own.standings] == [""]
    assert own.standings[0].is_own
    assert queries.list_view(merit_list, seen_by=officer).standings[0].name


def test_evidence_takes_the_same_queries_for_two_and_twenty(django_assert_num_queries):
    competition = make_competition()
    for _ in range(2):
        make_candidacy(competition)
    terms = competition.terms
    with django_assert_num_queries(3):
        queries.evidence_of(_people(), formula=terms, at=DURING)
    for _ in range(18):
        make_candidacy(competition)
    with django_assert_num_queries(3):
        queries.evidence_of(_people(), formula=terms, at=DURING)


def _people() -> list[int]:
    return list(Candidacy.objects.values_list("person_id", flat=True))


def test_tasks_say_what_waits():
    competition = make_competition()
    person = make_person()
    officer = make_officer(competition.post)
    import time_machine

    with time_machine.travel(DURING, tick=False):
        assert [task.count for task in queries.tasks_for(person, on=DURING.date())] == [1]
        assert queries.tasks_for(officer, on=DURING.date()) == []
    with time_machine.travel(AFTER, tick=False):
        assert queries.tasks_for(person, on=AFTER.date()) == []
        assert [task.count for task in queries.tasks_for(officer, on=AFTER.date())] == [1]
