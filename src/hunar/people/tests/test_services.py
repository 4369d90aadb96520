from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from hunar.audit.models import Entry
from hunar.kernel.errors import NotFound, NotPermitted
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.tests.makers import make_organisation, make_post
from hunar.people import errors, permissions, queries, services
from hunar.people.enums import Permission, Role
from hunar.people.models import Account, Person, RoleAssignment
from hunar.people.tests.makers import give_role, make_employment, make_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
FACTS = {
    "family": "Döwletow",
    "given": "Myrat",
    "family_cyrillic": "Довлетов",
    "given_cyrillic": "Мырат",
    "sex": "M",
    "birth_date": date(1985, 2, 3),
    "personnel_number": "7654321",
}


def make_administrator() -> Person:
    return make_person(role=Role.ADMINISTRATOR)


def test_a_person_is_created_with_keys_and_the_passport_form():
    person = services.create_person(FACTS, by=make_administrator(), at=NOON)
    assert (person.family_passport, person.given_passport) == ("DOEWLETOW", "MYRAT")
    assert queries.matching(Person.objects.all(), "довлетов").get() == person
    assert Entry.objects.get(act="people.person.created").subject_ref == person.ref


@pytest.mark.parametrize(
    "changes",
    [
        {"personnel_number": ""},
        {"personnel_number": None, "family": "Dowletow"},
        {"personnel_number": None, "family": "Довлетов", "given": "Мырат"},
    ],
)
def test_somebody_alike_is_found_before_saving(changes: dict[str, str]):
    by = make_administrator()
    services.create_person(FACTS, by=by, at=NOON)
    with pytest.raises(errors.PossibleDuplicate):
        services.create_person(FACTS | changes, by=by, at=NOON)
    again = services.create_person(FACTS | changes, by=by, at=NOON, is_somebody_else=True)
    assert again.personnel_number is None


def test_another_birth_date_is_another_person():
    by = make_administrator()
    services.create_person(FACTS, by=by, at=NOON)
    other = FACTS | {"birth_date": date(1990, 2, 3), "personnel_number": None}
    assert services.create_person(other, by=by, at=NOON).pk


def test_a_personnel_number_belongs_to_one_person():
    by = make_administrator()
    services.create_person(FACTS, by=by, at=NOON)
    with pytest.raises(errors.PersonnelNumberTaken):
        services.create_person(
            FACTS | {"family": "Orazow", "birth_date": date(1970, 1, 1)}, by=by, at=NOON
        )


def test_only_those_who_keep_people_create_them():
    for role in (None, Role.HR_OFFICER, Role.PROGRAMME_OFFICER):
        with pytest.raises(NotPermitted):
            services.create_person(FACTS, by=make_person(role=role), at=NOON)


def test_a_correction_keeps_what_stood_there_and_logs_no_name():
    by = make_administrator()
    person = services.create_person(FACTS, by=by, at=NOON)
    version = services.correct_person(
        person, {"family": "Orazowa"}, reason="marriage", by=by, at=NOON
    )
    person.refresh_from_db()
    assert (person.family, version.facts["family"], version.number) == ("Orazowa", "Döwletow", 1)
    details = Entry.objects.get(act="people.person.corrected").details
    assert details["fields"] == ["family"]
    assert "Orazowa" not in str(details)
    assert queries.matching(Person.objects.all(), "orazowa").get() == person


def test_a_correction_changes_something():
    by = make_administrator()
    person = services.create_person(FACTS, by=by, at=NOON)
    with pytest.raises(errors.NothingToCorrect):
        services.correct_person(person, {"family": "Döwletow"}, reason="-", by=by, at=NOON)


def test_the_administrator_of_an_organisation_corrects_only_its_staff():
    ministry = make_organisation()
    mine = make_employment(organisation=ministry).person
    foreign = make_employment().person
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry)
    services.correct_person(mine, {"given": "Aman"}, reason="misspelt", by=admin, at=NOON)
    with pytest.raises(NotPermitted):
        services.correct_person(foreign, {"given": "Aman"}, reason="-", by=admin, at=NOON)


def test_take_on_keeps_nothing_when_the_post_is_refused():
    ministry, foreign_post = make_organisation(), make_post()
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry)
    with pytest.raises(NotPermitted):
        services.take_on(
            FACTS | {"post": foreign_post, "started_date": date(2026, 3, 1)}, by=admin, at=NOON
        )
    assert not Person.objects.filter(family="Döwletow").exists()


def test_a_change_of_post_ends_the_former_one_the_day_before():
    ministry = make_organisation()
    employment = make_employment(organisation=ministry)
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry)
    services.employ(
        employment.person,
        post=make_post(organisation=ministry),
        started_date=date(2026, 3, 1),
        by=admin,
        at=NOON,
    )
    employment.refresh_from_db()
    assert employment.ended_date == date(2026, 2, 28)


def test_nobody_is_taken_from_another_organisation():
    ministry = make_organisation()
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry)
    with pytest.raises(errors.EmployedElsewhere):
        services.employ(
            make_employment().person,
            post=make_post(organisation=ministry),
            started_date=date(2026, 3, 1),
            by=admin,
            at=NOON,
        )


def test_a_post_cannot_begin_before_the_present_one():
    by = make_administrator()
    employment = make_employment(since=date(2024, 1, 1))
    with pytest.raises(errors.EmploymentDatesOutOfOrder):
        services.employ(
            employment.person, post=make_post(), started_date=date(2023, 1, 1), by=by, at=NOON
        )
    with pytest.raises(errors.EmploymentDatesOutOfOrder):
        services.end_employment(employment.person, ended_date=date(2023, 1, 1), by=by, at=NOON)


def test_an_employment_ends_once():
    by = make_administrator()
    person = make_employment().person
    assert services.end_employment(person, ended_date=date(2026, 3, 1), by=by, at=NOON)
    assert services.end_employment(person, ended_date=date(2026, 3, 1), by=by, at=NOON) is None


def test_an_account_opens_with_a_code_that_is_kept_nowhere():
    person = make_employment().person
    account, code = services.open_account(person, by=make_administrator(), at=NOON)
    assert account.login == person.personnel_number
    assert account.check_password(code)
    assert account.code_until == NOON + timedelta(days=14)
    assert code not in str(list(Entry.objects.values_list("details", flat=True)))
    with pytest.raises(errors.AccountExists):
        services.open_account(person, by=make_administrator(), at=NOON)


def test_without_a_personnel_number_a_login_is_needed_and_unique():
    by = make_administrator()
    expert, other = make_person(), make_person()
    Person.objects.filter(pk__in=[expert.pk, other.pk]).update(personnel_number=None)
    expert.refresh_from_db()
    other.refresh_from_db()
    with pytest.raises(errors.LoginMissing):
        services.open_account(expert, by=by, at=NOON)
    services.open_account(expert, login="liis-tamm", by=by, at=NOON)
    with pytest.raises(errors.LoginTaken):
        services.open_account(other, login="Liis-Tamm", by=by, at=NOON)


def test_a_new_code_replaces_password_and_second_factors():
    from allauth.mfa.models import Authenticator

    by, person = make_administrator(), make_person()
    account, first = services.open_account(person, by=by, at=NOON)
    services.choose_password(account, password="a long enough sentence", at=NOON)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    account, second = services.print_new_code(person, by=by, at=NOON)
    assert account.has_one_time_code
    assert second != first
    assert not account.check_password("a long enough sentence")
    assert not Authenticator.objects.exists()


def test_a_code_needs_an_account():
    with pytest.raises(errors.AccountMissing):
        services.print_new_code(make_person(), by=make_administrator(), at=NOON)


def test_whoever_could_not_grant_a_role_cannot_take_over_its_account():
    """Printing a code for somebody means being able to sign in as her."""
    ministry = make_organisation()
    judge = make_employment(organisation=ministry).person
    give_role(judge, Role.APPEALS_OFFICER)
    officer = make_employment(organisation=ministry).person
    give_role(officer, Role.HR_OFFICER, ministry)
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry)
    assert permissions.can_manage_account(admin, officer)
    assert not permissions.can_manage_account(admin, judge)
    assert permissions.can_manage_account(make_administrator(), judge)
    with pytest.raises(NotPermitted):
        services.open_account(judge, by=admin, at=NOON)


def test_nobody_manages_her_own_account_this_way():
    admin = make_administrator()
    assert not permissions.can_manage_account(admin, admin)


def test_a_closed_account_can_be_opened_again():
    by, person = make_administrator(), make_person()
    services.open_account(person, by=by, at=NOON)
    assert not services.close_account(person, by=by, at=NOON).is_active
    assert services.reopen_account(person, by=by, at=NOON).is_active
    acts = Entry.objects.filter(subject_ref=person.ref).values_list("act", flat=True)
    assert {"people.account.closed", "people.account.reopened"} <= set(acts)


def test_an_organisation_grants_only_its_delegated_roles_and_only_for_itself():
    ministry, other = make_organisation(), make_organisation()
    admin = make_person(role=Role.ORGANISATION_ADMIN, organisation=ministry)
    officer = make_person()
    held = services.grant_role(
        officer,
        role=Role.HR_OFFICER,
        organisation=ministry,
        valid_from=date(2026, 1, 1),
        by=admin,
        at=NOON,
    )
    assert held.granted_by == admin
    for role, where in [(Role.HR_OFFICER, other), (Role.TRAINER, ministry)]:
        with pytest.raises(errors.RoleBeyondReach):
            services.grant_role(
                officer,
                role=role,
                organisation=where,
                valid_from=date(2026, 1, 1),
                by=admin,
                at=NOON,
            )


def test_nobody_grants_or_ends_a_role_of_her_own():
    admin = make_administrator()
    own = RoleAssignment.objects.get(person=admin)
    with pytest.raises(errors.RoleNotYours):
        services.grant_role(
            admin,
            role=Role.EXAMINER,
            organisation=own.organisation,
            valid_from=date(2026, 1, 1),
            by=admin,
            at=NOON,
        )
    with pytest.raises(errors.RoleNotYours):
        services.end_role(own, ended_date=date(2026, 1, 1), by=admin, at=NOON)


def test_roles_that_reach_everybody_are_held_at_the_academy():
    with pytest.raises(errors.RoleOfTheAcademy):
        services.grant_role(
            make_person(),
            role=Role.APPEALS_OFFICER,
            organisation=make_organisation(kind=OrganisationKind.MINISTRY),
            valid_from=date(2026, 1, 1),
            by=make_administrator(),
            at=NOON,
        )


def test_a_role_is_held_once_and_ends_once():
    by, person, ministry = make_administrator(), make_person(), make_organisation()
    wish = {"role": Role.TRAINER, "organisation": ministry, "valid_from": date(2026, 1, 1)}
    held = services.grant_role(person, **wish, by=by, at=NOON)
    with pytest.raises(errors.RoleHeldAlready):
        services.grant_role(person, **wish, by=by, at=NOON)
    services.end_role(held, ended_date=date(2026, 2, 1), by=by, at=NOON)
    assert not queries.roles_of(person, on=date(2026, 2, 2))
    with pytest.raises(errors.RoleEnded):
        services.end_role(held, ended_date=date(2026, 2, 1), by=by, at=NOON)
    assert services.grant_role(person, **wish, by=by, at=NOON).pk != held.pk


def test_opening_a_dossier_is_remembered_once_a_day():
    ministry = make_organisation()
    person = make_employment(organisation=ministry).person
    officer = make_person(role=Role.HR_OFFICER, organisation=ministry)
    for hours in (0, 1, 30):
        services.open_dossier(person.pk, by=officer, at=NOON + timedelta(hours=hours))
    services.open_dossier(person.pk, by=person, at=NOON)
    assert [opening.by for opening in queries.openings_of(person)] == [officer.name.full] * 2


def test_who_may_not_see_a_dossier_does_not_open_it():
    person = make_employment().person
    with pytest.raises(NotFound):
        services.open_dossier(person.pk, by=make_person(role=Role.TRAINER), at=NOON)


def test_the_judge_below_asks_the_same_table():
    from hunar.kernel import access

    me_officer, trainer = make_person(role=Role.ME_OFFICER), make_person(role=Role.TRAINER)
    assert access.may(me_officer, "audit.see")
    assert not access.may(trainer, "audit.see")
    assert not access.may(None, Permission.SEE_AUDIT)


def test_an_account_needs_no_email():
    account, _ = services.open_account(make_person(), by=make_administrator(), at=NOON)
    assert Account.objects.get(pk=account.pk).email == ""
