from datetime import date

import pytest

from hunar.agreements import queries
from hunar.agreements.tests.makers import (
    NOON,
    make_agreement,
    make_draft,
    make_expert,
    make_officer,
    make_request,
)
from hunar.organisations.tests.makers import make_organisation
from hunar.people.enums import Permission, Role
from hunar.people.queries import may
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 2)


def test_who_sees_which_agreements():
    ministry = make_organisation()
    signed, draft = make_agreement(ministry=ministry), make_draft(ministry=ministry)
    assert set(queries.agreements_visible_to(make_officer())) == {signed, draft}
    party = make_person(role=Role.HR_OFFICER, organisation=ministry)
    unit = make_organisation(parent=ministry)
    for person in (
        party,
        make_person(role=Role.HR_OFFICER, organisation=unit),
        make_person(role=Role.ME_OFFICER),
        make_expert().person,
    ):
        assert list(queries.agreements_visible_to(person)) == [signed]
    for person in (
        make_person(role=Role.HR_OFFICER),
        make_person(role=Role.TRAINER),
        make_person(),
    ):
        assert list(queries.agreements_visible_to(person)) == []


def test_who_sees_which_requests():
    ministry, expert = make_organisation(), make_expert()
    request = make_request(make_agreement(ministry=ministry), expert=expert)
    colleague = make_person(role=Role.HR_OFFICER, organisation=ministry)
    for person in (request.asked_by, colleague, expert.person, make_officer()):
        assert list(queries.requests_visible_to(person)) == [request]
    for person in (make_person(role=Role.HR_OFFICER), make_expert().person, make_person()):
        assert list(queries.requests_visible_to(person)) == []


def test_agreements_are_found_by_the_name_of_a_party():
    ministry = make_organisation()
    agreement = make_agreement(ministry=ministry)
    make_agreement()
    visible = queries.agreements_visible_to(make_officer())
    assert queries.agreements_matching(visible, wish=ministry.title["ru"]) == [agreement]
    assert queries.agreements_matching(visible, state="draft") == []


def test_what_waits_for_whom():
    expert, officer = make_expert(), make_officer()
    request = make_request(expert=expert)
    (task,) = queries.tasks_for(expert.person, on=DAY)
    assert (task.count, task.tone) == (1, "warn")
    (late,) = queries.tasks_for(expert.person, on=date(2026, 2, 1))
    assert late.tone == "bad"
    assert queries.tasks_for(request.asked_by, on=DAY) == []
    make_request()
    labels = {str(task.label): task.count for task in queries.tasks_for(officer, on=DAY)}
    assert labels == {"Assign advisory requests": 1, "Follow overdue obligations": 2}


def test_who_has_no_business_here_costs_no_query(django_assert_num_queries):
    person = make_person()
    queries.tasks_for(person, on=DAY)
    with django_assert_num_queries(0):
        assert queries.tasks_for(person, on=DAY) == []


def test_the_export_has_a_row_per_request():
    request = make_request()
    head, rows = queries.request_table([request], on=NOON.date())
    assert len(head) == len(rows[0])
    assert rows[0][0] == request.ref


def test_who_can_be_put_on_the_roster():
    listed, free = make_expert().person, make_person(role=Role.TRAINER)
    make_person(role=Role.HR_OFFICER)
    assert list(queries.possible_experts()) == [free]
    assert may(free, Permission.ANSWER_ADVICE)
    assert may(listed, Permission.ANSWER_ADVICE)
