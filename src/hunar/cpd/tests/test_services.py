from __future__ import annotations

import copy
import io
from datetime import UTC, date, datetime

import pytest

from hunar.audit.models import Entry
from hunar.cpd import queries, rules, services
from hunar.cpd.errors import FutureActivity, NotOpen, OwnClaim, ReasonNeeded, UnreadableEvidence
from hunar.cpd.models import Record
from hunar.cpd.tests.makers import make_policy, make_record
from hunar.cpd.verification import check_statement
from hunar.kernel.errors import NotPermitted
from hunar.notifications.models import Message
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_employment, make_person

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 10, 7, tzinfo=UTC)
COURSE = {"tk": "Okuw", "ru": "Курс", "en": "Course"}


def credit(person: Person, source: str = "ENR-1") -> Record:
    return services.credit(
        person,
        title=COURSE,
        category="cyber",
        minutes=1440,
        started_date=date(2025, 12, 2),
        ended_date=date(2025, 12, 5),
        source_ref=source,
        at=NOON,
    )


def claim(person: Person, content: bytes = b"%PDF-1.7", ended: date = date(2025, 11, 1)) -> Record:
    return services.claim(
        by=person,
        title="Conference",
        category="digital",
        provider="University",
        minutes=120,
        started_date=ended,
        ended_date=ended,
        evidence=io.BytesIO(content),
        at=NOON,
    )


def test_the_same_source_is_credited_once():
    person = make_person()
    assert credit(person) == credit(person)
    assert Entry.objects.filter(act="cpd.record.credited").count() == 1


def test_a_reversal_keeps_the_record():
    person = make_person()
    record = credit(person)
    assert services.reverse_credit(source_ref="ENR-1", by=None, at=NOON) == 1
    record.refresh_from_db()
    assert record.state == Record.State.REVERSED
    assert services.reverse_credit(source_ref="ENR-1", by=None, at=NOON) == 0


def test_a_claim_counts_only_after_an_officer_confirmed_it():
    person, officer = make_person(), make_person(role=Role.PROGRAMME_OFFICER)
    make_policy()
    make_employment(person=person)
    record = claim(person)
    assert queries.balance(person, on=NOON.date()).counted == 0
    services.verify(record, by=officer, at=NOON)
    assert queries.balance(person, on=NOON.date()).counted == 120
    assert Message.objects.get(person=person).code == "cpd.claim-verified"


def test_a_claim_is_decided_once():
    officer = make_person(role=Role.PROGRAMME_OFFICER)
    record = claim(make_person())
    services.verify(record, by=officer, at=NOON)
    with pytest.raises(NotOpen):
        services.reject(record, reason="No evidence at all", by=officer, at=NOON)
    record.refresh_from_db()
    assert record.state == Record.State.VERIFIED


def test_nobody_decides_on_her_own_claim():
    officer = make_person(role=Role.PROGRAMME_OFFICER)
    with pytest.raises(OwnClaim):
        services.verify(claim(officer), by=officer, at=NOON)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HR_OFFICER, None])
def test_who_does_not_verify_cannot_decide(role: Role | None):
    with pytest.raises(NotPermitted):
        services.verify(claim(make_person()), by=make_person(role=role), at=NOON)


def test_a_rejection_needs_a_reason_and_tells_it():
    officer, person = make_person(role=Role.PROGRAMME_OFFICER), make_person()
    record = claim(person)
    with pytest.raises(ReasonNeeded):
        services.reject(record, reason=" ", by=officer, at=NOON)
    services.reject(record, reason="The letter is unsigned.", by=officer, at=NOON)
    assert "unsigned" in Message.objects.get(person=person).body["en"]


@pytest.mark.parametrize("content", [b"MZ executable", b"", b"%PDF-" + b"0" * rules.EVIDENCE_BYTES])
def test_unreadable_evidence_is_refused_and_nothing_is_kept(content: bytes):
    with pytest.raises(UnreadableEvidence):
        claim(make_person(), content)
    assert not Record.objects.exists()


def test_an_activity_that_has_not_ended_is_refused():
    with pytest.raises(FutureActivity):
        claim(make_person(), ended=date(2025, 12, 24))


def test_only_the_claimant_takes_a_claim_back():
    person = make_person()
    record = claim(person)
    with pytest.raises(NotOpen):
        services.withdraw(record, by=make_person(), at=NOON)
    services.withdraw(record, by=person, at=NOON)


def test_a_statement_is_replayed_and_a_changed_one_is_found():
    person = make_person()
    make_policy()
    make_employment(person=person)
    make_record(person=person, source_ref="ENR-9")
    document, entry = services.statement(person, by=person, at=NOON)
    assert all(check.holds for check in check_statement(document))
    assert entry.details["document_sha256"]
    for path, value in ((("balance", "counted"), 9999), (("policy", "total"), 1)):
        tampered = copy.deepcopy(document)
        tampered[path[0]][path[1]] = value
        assert not all(check.holds for check in check_statement(tampered))


def test_accounts_of_many_take_a_fixed_number_of_queries(django_assert_num_queries):
    make_policy()
    employments = [make_employment() for _ in range(6)]
    for employment in employments:
        make_record(person=employment.person)
    with django_assert_num_queries(2):
        found = queries.accounts(employments, on=NOON.date())
    assert {account.balance.counted for account in found if account.balance} == {1440}
