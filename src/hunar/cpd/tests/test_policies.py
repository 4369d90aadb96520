from datetime import UTC, date, datetime

import pytest
from django.test import Client

from hunar.audit.models import Entry
from hunar.cpd import queries, rules, services
from hunar.cpd.errors import (
    NotOpen,
    PolicyCodeTaken,
    PolicyMalformed,
    PolicyOverlaps,
    ReasonNeeded,
    SeedNeeded,
)
from hunar.cpd.models import Policy, Record
from hunar.cpd.tests.makers import make_policy, make_record
from hunar.kernel.errors import NotPermitted
from hunar.notifications.models import Message
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_employment, make_person, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 10, 7, tzinfo=UTC)


def officer() -> Person:
    return make_person(role=Role.PROGRAMME_OFFICER)


def policy(code: str, **changes: object) -> Policy:
    facts = {
        "title": {"tk": code, "ru": code, "en": code},
        "grade_from": 1,
        "grade_to": 10,
        "total_minutes": 3600,
        "valid_from": date(2026, 1, 1),
    }
    return Policy(code=code, **(facts | changes))


def test_a_policy_for_the_same_grades_follows_the_earlier_one():
    earlier = make_policy()
    services.adopt_policy(policy("next"), by=officer(), at=NOON)
    earlier.refresh_from_db()
    assert earlier.valid_to == date(2025, 12, 31)
    assert [row.code for row in queries.policies(on=date(2026, 6, 1))] == ["next"]
    assert [row.code for row in queries.policies(on=date(2025, 6, 1))] == ["digital"]


def test_policies_do_not_overlap_in_part():
    make_policy()
    with pytest.raises(PolicyOverlaps):
        services.adopt_policy(policy("part", grade_to=5), by=officer(), at=NOON)
    with pytest.raises(PolicyOverlaps):
        services.adopt_policy(
            policy("same-day", valid_from=date(2025, 1, 1)), by=officer(), at=NOON
        )
    services.adopt_policy(policy("others", grade_from=11, grade_to=12), by=officer(), at=NOON)


def test_a_code_is_given_once():
    make_policy(grade_to=3)
    with pytest.raises(PolicyCodeTaken):
        services.adopt_policy(policy("digital", grade_from=4), by=officer(), at=NOON)


@pytest.mark.parametrize(
    "changes",
    [
        {"annual_minutes": 1201},
        {"category_minutes": {"cyber": 2000, "ethics": 2000}},
        {"category_minutes": {"cyber": 600}, "category_caps": {"cyber": 500}},
        {"grade_from": 11},
    ],
)
def test_a_policy_that_nobody_could_fulfil_is_refused(changes: dict[str, object]):
    with pytest.raises(PolicyMalformed):
        services.adopt_policy(policy("broken", **changes), by=officer(), at=NOON)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.PROGRAMME_OFFICER, True),
        (Role.ADMINISTRATOR, True),
        (Role.HR_OFFICER, False),
        (None, False),
    ],
)
def test_who_may_adopt_a_policy(role: Role | None, may: bool):
    by = make_person(role=role)
    if may:
        services.adopt_policy(policy("new"), by=by, at=NOON)
    else:
        with pytest.raises(NotPermitted):
            services.adopt_policy(policy("new"), by=by, at=NOON)


def test_a_policy_is_adopted_in_the_browser(client: Client):
    sign_in(client, officer())
    body = {
        "code": "new",
        "title_tk": "Täze",
        "title_ru": "Новая",
        "title_en": "New",
        "grade_from": 1,
        "grade_to": 4,
        "valid_from": "2026-01-01",
        "cycle_years": 3,
        "total": 60,
        "annual": 12,
        "carry_over": 5,
        "audit_percent": 10,
        "least_cyber": 8,
        "most_self-study": 20,
    }
    assert client.post("/cpd/policies/new/", body).status_code == 302
    adopted = Policy.objects.get()
    assert (adopted.total_minutes, adopted.category_minutes) == (3600, {"cyber": 480})
    assert adopted.category_caps == {"self-study": 1200}
    assert "New" in client.get("/cpd/policies/").content.decode()
    assert client.post("/cpd/policies/new/", {"code": "x"}).status_code == 200
    sign_in(client, make_person())
    assert client.get("/cpd/policies/").status_code == 200
    assert client.get("/cpd/policies/new/").status_code == 403


def test_a_draw_takes_each_policys_share_and_is_logged():
    make_policy()
    employment = make_employment()
    records = [make_record(person=employment.person) for _ in range(30)]
    make_record(person=employment.person, ended=date(2024, 5, 1))
    make_record(person=employment.person, source_ref="CRD-1")
    make_record(person=employment.person, state=Record.State.CLAIMED)
    draw = services.draw_audit(year=2025, seed="seed-2025", by=officer(), at=NOON)
    refs = [record.ref for record in records]
    assert draw.details["claims"] == 30
    expected = rules.audit_sample(refs, seed="seed-2025", percent=5)
    assert draw.details["drawn"] == sorted(expected)
    assert {row.ref for row in queries.drawn_records(draw)} == set(expected)
    with pytest.raises(SeedNeeded):
        services.draw_audit(year=2025, seed=" 12 ", by=officer(), at=NOON)
    with pytest.raises(NotPermitted):
        services.draw_audit(year=2025, seed="seed-2025", by=employment.person, at=NOON)


def test_the_draw_page_lists_what_to_look_at(client: Client, django_assert_max_num_queries):
    make_policy()
    employment = make_employment()
    for _ in range(30):
        make_record(person=employment.person)
    sign_in(client, officer())
    assert "Nothing drawn yet" in client.get("/cpd/audit/").content.decode()
    client.post("/cpd/audit/", {"year": 2025, "seed": "seed-2025"})
    with django_assert_max_num_queries(12):
        page = client.get("/cpd/audit/").content.decode()
    assert employment.person.name.full in page
    assert "2 of 30 claims, seed seed-2025" in page
    sign_in(client, employment.person)
    assert client.get("/cpd/audit/").status_code == 403


def test_a_claim_that_does_not_hold_is_reversed_with_a_reason(client: Client):
    record = make_record(person=make_person())
    by = officer()
    with pytest.raises(ReasonNeeded):
        services.reverse_claim(record, reason="no", by=by, at=NOON)
    with pytest.raises(NotPermitted):
        services.reverse_claim(record, reason="A reason", by=make_person(), at=NOON)
    sign_in(client, by)
    assert "second look" in client.get(f"/cpd/{record.ref}/").content.decode()
    client.post(f"/cpd/{record.ref}/reverse/", {"reason": "The letter is forged"})
    record.refresh_from_db()
    assert record.state == Record.State.REVERSED
    assert "forged" in Message.objects.get(code="cpd.claim-reversed").body["en"]
    assert "forged" not in str(Entry.objects.filter(act="cpd.record.reversed").values())
    with pytest.raises(NotOpen):
        services.reverse_claim(record, reason="A reason", by=by, at=NOON)
    credited = make_record(person=make_person(), source_ref="CRD-9")
    with pytest.raises(NotOpen):
        services.reverse_claim(credited, reason="A reason", by=by, at=NOON)


def test_staff_are_sorted_by_what_is_missing(client: Client):
    make_policy()
    one = make_employment()
    two = make_employment(organisation=one.organisation)
    make_record(person=two.person)
    sign_in(client, make_person(role=Role.HR_OFFICER, organisation=one.organisation))

    def order(sort: str) -> bool:
        page = client.get(f"/cpd/staff/?sort={sort}").content.decode()
        return page.index(one.person.name.full) < page.index(two.person.name.full)

    assert order("-missing") is True
    assert order("missing") is False
    assert client.get("/cpd/staff.xlsx?sort=missing").content[:2] == b"PK"


def test_htmx_gets_the_claims_alone(client: Client):
    make_record(person=make_person(), state=Record.State.CLAIMED)
    sign_in(client, officer())
    fragment = client.get("/cpd/claims/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "<table" in fragment
