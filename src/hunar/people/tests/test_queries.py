from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hunar.organisations.enums import OrganisationKind
from hunar.organisations.tests.makers import make_organisation
from hunar.people import queries
from hunar.people.enums import Permission, Role
from hunar.people.roles import ALLOWS
from hunar.people.tests.makers import give_role, make_employment, make_person

pytestmark = pytest.mark.django_db


def test_staff_is_visible_to_its_officer_and_to_nobody_elsewhere():
    ministry, other = make_organisation(), make_organisation()
    person = make_employment(organisation=ministry).person
    may, shares = (
        make_person(role=Role.HR_OFFICER, organisation=ministry),
        make_person(role=Role.HR_OFFICER, organisation=other),
    )
    must_not = make_person(role=Role.TRAINER)
    assert [row.person for row in queries.staff_visible_to(may)] == [person]
    assert not queries.staff_visible_to(shares).exists()
    assert not queries.staff_visible_to(must_not).exists()
    assert queries.people_visible_to(must_not).get() == must_not


def test_a_role_reaches_the_units_of_its_organisation():
    ministry = make_organisation()
    unit = make_organisation(kind=OrganisationKind.UNIT, parent=ministry)
    person = make_employment(organisation=unit).person
    officer = make_person(role=Role.HR_OFFICER, organisation=ministry)
    assert queries.may(officer, Permission.NOMINATE, unit)
    assert queries.staff_visible_to(officer, organisation=ministry.code).get().person == person


def test_staff_stands_in_turkmen_order():
    ministry = make_organisation()
    for family in ("Zäkirow", "Çaryýew", "Döwletow", "Baýramow", "Şyhyýew", "Saparow"):
        make_employment(person=make_person(family=family), organisation=ministry)
    officer = make_person(role=Role.HR_OFFICER, organisation=ministry)
    found = [row.person.family for row in queries.staff_visible_to(officer)]
    assert found == ["Baýramow", "Çaryýew", "Döwletow", "Saparow", "Şyhyýew", "Zäkirow"]
    downwards = [row.person.family for row in queries.staff_visible_to(officer, order="-name")]
    assert downwards == found[::-1]


@pytest.mark.parametrize("wish", ["döwletow", "DOWLETOW", "Довлетов", "dowlet mar"])
def test_search_forgives_marks_and_alphabets(wish: str):
    ministry = make_organisation()
    row = make_employment(person=make_person(family="Döwletow"), organisation=ministry)
    make_employment(organisation=ministry)
    officer = make_person(role=Role.HR_OFFICER, organisation=ministry)
    assert queries.staff_visible_to(officer, wish=wish).get() == row


def test_an_ended_role_allows_nothing():
    person = make_person()
    give_role(person, Role.ADMINISTRATOR)
    person.role_assignments.update(valid_to=date(2024, 1, 1))
    assert not queries.may(person, Permission.ADMINISTER)
    assert queries.roles_of(person, on=date(2023, 1, 1))


def test_people_without_a_post_can_be_taken_on_by_those_who_keep_people():
    free, busy = make_person(), make_employment().person
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=make_organisation())
    officer = make_person(role=Role.HR_OFFICER, organisation=make_organisation())
    reach = set(queries.people_within_reach(admin))
    assert free in reach
    assert busy not in reach
    assert set(queries.people_within_reach(officer)) == {officer}


def test_the_table_of_powers_is_the_rule_itself():
    table = queries.powers()
    for line in table.lines:
        for role, allowed in zip(table.roles, line.allowed, strict=True):
            assert allowed == (line.permission in ALLOWS[role])
    assert {line.permission for line in table.lines} == set(Permission)


def test_a_dossier_takes_as_many_queries_for_a_long_career():
    admin = make_person(role=Role.ADMINISTRATOR)
    short, long = make_employment().person, make_employment().person
    for year in range(2000, 2015):
        row = make_employment(person=make_person(), since=date(year, 1, 1))
        row.person, row.ended_date = long, date(year, 12, 31)
        row.save()
    queries.roles_of(admin)
    counts = []
    for person in (short, long):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            queries.dossier(person, seen_by=admin)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 7


def test_an_officer_sees_no_corrections_nor_openings():
    ministry = make_organisation()
    person = make_employment(organisation=ministry).person
    officer = make_person(role=Role.HR_OFFICER, organisation=ministry)
    assert not queries.dossier(person, seen_by=officer).shows_everything
    assert queries.dossier(person, seen_by=person).shows_everything
