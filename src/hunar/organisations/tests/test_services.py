from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hunar.audit.models import Entry
from hunar.kernel import access
from hunar.kernel.errors import NotPermitted
from hunar.organisations import errors, queries, services
from hunar.organisations.enums import OrganisationKind, RoleGroup
from hunar.organisations.models import Organisation
from hunar.organisations.tests.makers import make_organisation, make_post

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 7, tzinfo=UTC)
TITLE = {"tk": "Ministrlik", "ru": "Министерство", "en": "Ministry"}


class Doer:
    """Somebody with a number; what she may is set by each test."""

    ref = "PER-TST-TEST"

    def __init__(self, *permissions: str, at: Organisation | None = None) -> None:
        self.permissions = permissions
        self.at = at


@pytest.fixture(autouse=True)
def _judge(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(person: Doer, permission: str, organisation: Organisation | None) -> bool:
        if permission not in person.permissions:
            return False
        here = organisation and person.at and {organisation.pk, organisation.parent_id}
        return person.at is None or organisation is None or person.at.pk in (here or ())

    monkeypatch.setattr(access, "_judge", [judge])


def administrator() -> Doer:
    return Doer("organisations.manage", "config.administer")


def create(**changes: object) -> Organisation:
    wish = {
        "code": "minmaliye",
        "kind": OrganisationKind.MINISTRY,
        "title": TITLE,
        "valid_from": date(2020, 1, 1),
        "by": administrator(),
        "at": NOON,
    }
    return services.create_organisation(**(wish | changes))  # type: ignore[arg-type]


def test_an_organisation_is_entered_and_recorded():
    made = create()
    assert Entry.objects.get(act="organisations.organisation.created").subject_ref == made.ref
    assert queries.organisations(on=date(2026, 1, 1), wish="минист").get() == made


def test_a_code_is_taken_once():
    create()
    with pytest.raises(errors.CodeTaken):
        create()
    assert Organisation.objects.count() == 1


def test_a_title_is_written_in_three_languages():
    with pytest.raises(errors.TitleMissing):
        create(title={"tk": "Ministrlik", "ru": " "})


def test_only_the_administrator_enters_institutions():
    ministry = make_organisation()
    for doer in (Doer("organisations.manage", at=ministry), Doer(), Doer("people.see-staff")):
        with pytest.raises(NotPermitted):
            create(by=doer)


def test_a_delegated_administrator_adds_units_to_her_own_organisation_only():
    mine, other = make_organisation(), make_organisation()
    doer = Doer("organisations.manage", at=mine)
    unit = create(code="unit-1", parent=mine, by=doer)
    assert (unit.kind, unit.region) == (OrganisationKind.UNIT, mine.region)
    with pytest.raises(NotPermitted):
        create(code="unit-2", parent=other, by=doer)
    with pytest.raises(errors.UnitOfUnit):
        create(code="unit-3", parent=unit, by=doer)


def test_a_renamed_organisation_keeps_its_former_title():
    made = create()
    new = {"tk": "Täze", "ru": "Новое", "en": "New"}
    services.rename(
        made,
        title=new,
        short_title={},
        from_date=date(2024, 5, 1),
        by=administrator(),
        at=NOON,
    )
    made.refresh_from_db()
    assert made.title == new
    assert queries.title_on(made, date(2024, 4, 30)) == TITLE
    assert queries.title_on(made, date(2024, 5, 1)) == new
    assert queries.organisations(on=date(2026, 1, 1), wish="новое").get() == made
    with pytest.raises(errors.DatesOutOfOrder):
        services.rename(
            made,
            title=new,
            short_title={},
            from_date=date(2024, 5, 1),
            by=administrator(),
            at=NOON,
        )


def test_a_delegated_administrator_renames_units_but_not_the_institution():
    mine = make_organisation()
    doer = Doer("organisations.manage", at=mine)
    unit = create(code="unit-1", parent=mine, by=doer)
    wish = {"title": TITLE, "short_title": {}, "from_date": date(2024, 5, 1), "at": NOON}
    assert services.rename(unit, **wish, by=doer).title == TITLE  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        services.rename(mine, **wish, by=doer)  # type: ignore[arg-type]


def test_an_organisation_closes_when_nobody_and_nothing_is_left():
    made = create()
    unit = create(code="unit-1", parent=made)
    doer = administrator()
    with pytest.raises(errors.StillHasUnits):
        services.close(made, last_day=date(2026, 1, 1), by=doer, at=NOON)
    services.close(unit, last_day=date(2026, 1, 1), by=doer, at=NOON)
    with pytest.raises(errors.DatesOutOfOrder):
        services.close(made, last_day=date(2019, 1, 1), by=doer, at=NOON)
    services.close(made, last_day=date(2026, 1, 1), by=doer, at=NOON)
    with pytest.raises(errors.ClosedAlready):
        services.close(made, last_day=date(2026, 1, 1), by=doer, at=NOON)
    assert not queries.organisations(on=date(2026, 1, 2)).exists()
    assert queries.organisations(on=date(2026, 1, 2), with_closed=True).get() == made


def test_a_post_is_added_once_and_changed_with_a_record():
    ministry = make_organisation()
    doer = Doer("organisations.manage", at=ministry)
    wish = {"code": "IT", "title": TITLE, "grade": 4, "role_group": RoleGroup.SPECIALIST}
    post = services.create_post(ministry, **wish, by=doer, at=NOON)  # type: ignore[arg-type]
    with pytest.raises(errors.CodeTaken):
        services.create_post(ministry, **wish, by=doer, at=NOON)  # type: ignore[arg-type]
    services.change_post(
        post,
        title=TITLE,
        grade=6,
        role_group=RoleGroup.MIDDLE,
        family="digital",
        is_leading=False,
        by=doer,
        at=NOON,
    )
    details = Entry.objects.get(act="organisations.post.changed").details
    assert (details["before"]["grade"], details["after"]["grade"]) == (4, 6)


def test_a_post_elsewhere_is_out_of_reach():
    doer = Doer("organisations.manage", at=make_organisation())
    with pytest.raises(NotPermitted):
        services.change_post(
            make_post(),
            title=TITLE,
            grade=6,
            role_group=RoleGroup.MIDDLE,
            family="digital",
            is_leading=False,
            by=doer,
            at=NOON,
        )
