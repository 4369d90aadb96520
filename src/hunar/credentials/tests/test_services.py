from datetime import timedelta

import pytest

from hunar.audit.models import Entry
from hunar.competencies import queries as competencies
from hunar.credentials import errors, queries, rules, services, status
from hunar.credentials.events import credential_issued, credential_revoked
from hunar.credentials.models import Credential
from hunar.credentials.tests.makers import (
    AT,
    make_closed_cohort,
    make_credential,
    make_exam_sitting,
    make_graduate,
    make_officer,
    make_results,
    release,
    take_exam,
)
from hunar.kernel.errors import NotPermitted
from hunar.kernel.signing import digest
from hunar.notifications.models import Message
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person
from hunar.records.models import Statement

pytestmark = pytest.mark.django_db


def test_released_results_issue_by_themselves_and_once():
    cohort = make_closed_cohort(with_exam=True)
    passed, failed, absent = (make_graduate(cohort) for _ in range(3))
    lazy = make_graduate(cohort, missed=2)
    make_results(cohort, [passed, failed, lazy], wrong=[0, 4, 0])
    kinds = {row.enrolment_id: row.kind for row in queries.register_of(cohort)}
    assert kinds == {
        passed.pk: "achievement",
        failed.pk: "participation",
        absent.pk: "participation",
    }
    services.issue_for_cohort(cohort, by=make_officer(), at=AT)
    assert queries.register_of(cohort).count() == 3


def test_closing_a_cohort_without_an_exam_issues_participation():
    from hunar.cohorts.events import cohort_closed

    cohort = make_closed_cohort()
    make_graduate(cohort)
    make_graduate(cohort, missed=1)
    make_graduate(cohort, missed=2)
    cohort_closed.send(sender=None, cohort=cohort, by=make_officer(), at=AT)
    assert [row.kind for row in queries.register_of(cohort)] == ["participation"] * 2


def test_closing_waits_for_the_results_of_a_planned_exam():
    cohort = make_closed_cohort(with_exam=True)
    enrolment = make_graduate(cohort)
    assert services.issue_for_enrolment(enrolment, by=make_officer(), at=AT) is None
    issued = services.issue_for_cohort(cohort, by=make_officer(), at=AT, without_exam=True)
    assert [row.kind for row in issued] == ["participation"]


def test_who_passes_later_gets_the_achievement_beside_the_participation():
    cohort = make_closed_cohort(with_exam=True)
    enrolment = make_graduate(cohort)
    make_results(cohort, [enrolment], wrong=[4])
    second = make_exam_sitting(cohort)
    take_exam(second, enrolment, wrong=0)
    release(second, at=AT + timedelta(days=10))
    assert {row.kind for row in queries.register_of(cohort)} == {"participation", "achievement"}


def test_the_register_has_numbers_without_gaps_and_codes_that_are_not_guessed():
    cohort = make_closed_cohort()
    for _ in range(4):
        make_graduate(cohort)
    issued = services.issue_what_is_due(cohort, by=make_officer(), at=AT)
    assert [row.number for row in issued] == [1, 2, 3, 4]
    assert [row.register_number for row in issued][:1] == ["2025-00001"]
    assert len({row.code for row in issued}) == len({row.status_index for row in issued}) == 4
    assert all(rules.read_code(row.code) == row.code for row in issued)


def test_issuing_leaves_a_signed_and_logged_document_evidence_a_statement_and_a_message():
    credential = make_credential()
    entry = queries.log_entry(credential)
    assert entry is not None
    assert entry.details["document_sha256"] == digest(credential.document)
    attained = competencies.attainments([credential.person_id], on=AT.date())
    assert list(attained[credential.person_id].values()) == [2]
    assert Statement.objects.filter(person=credential.person, verb__endswith="earned").exists()
    assert Message.objects.filter(code="credentials.credential-issued").count() == 1


def test_participation_proves_no_competency():
    credential = make_credential(kind=Credential.Kind.PARTICIPATION)
    attained = competencies.attainments([credential.person_id], on=AT.date())
    assert attained[credential.person_id] == {}
    assert "alignment" not in credential.document["credentialSubject"]["achievement"]


def test_events_are_sent_once_per_certificate(django_capture_on_commit_callbacks):
    heard: list[str] = []

    def issued(sender, *, credential, by, at, **rest):
        heard.append(f"issued {credential.kind}")

    def revoked(sender, *, credential, by, at, **rest):
        heard.append(f"revoked {credential.kind}")

    credential_issued.connect(issued)
    credential_revoked.connect(revoked)
    try:
        credential = make_credential(kind=Credential.Kind.PARTICIPATION)
        services.issue_for_enrolment(credential.enrolment, by=make_officer(), at=AT)
        services.revoke(credential, reason="Issued by mistake", by=make_officer(), at=AT)
    finally:
        credential_issued.disconnect(issued)
        credential_revoked.disconnect(revoked)
    assert heard == ["issued participation", "revoked participation"]


def test_revoking_withdraws_evidence_sets_the_bit_and_tells_the_holder():
    credential = make_credential()
    before = status.status_list(1)
    services.revoke(credential, reason="Breach of the exam rules", by=make_officer(), at=AT)
    after = status.status_list(1)
    index = credential.status_index
    assert not rules.is_set(before["credentialSubject"]["encodedList"], index)
    assert rules.is_set(after["credentialSubject"]["encodedList"], index)
    assert after == status.status_list(1)
    entry = Entry.objects.get(act="credentials.credential.revoked")
    assert entry.details["status_list"] == digest(after)
    assert "Breach" not in str(entry.details)
    attained = competencies.attainments([credential.person_id], on=AT.date() + timedelta(days=1))
    assert attained[credential.person_id] == {}
    message = Message.objects.get(code="credentials.credential-revoked")
    assert "Breach of the exam rules" in message.body["en"]


def test_a_revoked_certificate_is_not_issued_again_by_the_rule():
    credential = make_credential()
    services.revoke(credential, reason="Breach of rules", by=make_officer(), at=AT)
    assert services.issue_for_enrolment(credential.enrolment, by=make_officer(), at=AT) is None
    due = queries.due_for(credential.enrolment)
    assert due.finding.reason == "revoked"


def test_revoke_refuses_a_second_time_and_an_empty_reason():
    credential = make_credential()
    with pytest.raises(errors.ReasonMissing):
        services.revoke(credential, reason="  no ", by=make_officer(), at=AT)
    services.revoke(credential, reason="A real reason", by=make_officer(), at=AT)
    stale = Credential.objects.get(pk=credential.pk)
    with pytest.raises(errors.AlreadyRevoked):
        services.revoke(stale, reason="A real reason", by=make_officer(), at=AT)


@pytest.mark.parametrize("role", [None, Role.HR_OFFICER, Role.EXAMINER, Role.ADMINISTRATOR])
def test_only_who_issues_may_revoke_replace_and_issue_by_hand(role: Role | None):
    credential = make_credential()
    somebody = make_person(role=role)
    with pytest.raises(NotPermitted):
        services.revoke(credential, reason="A real reason", by=somebody, at=AT)
    with pytest.raises(NotPermitted):
        services.supersede(credential, reason="A real reason", by=somebody, at=AT)
    with pytest.raises(NotPermitted):
        services.issue_for_cohort(credential.enrolment.cohort, by=somebody, at=AT)
    with pytest.raises(NotPermitted):
        services.revoke(credential, reason="A real reason", by=credential.person, at=AT)


def test_supersede_corrects_the_name_and_keeps_award_and_term():
    credential = make_credential()
    with pytest.raises(errors.NothingToCorrect):
        services.supersede(credential, reason="Name corrected", by=make_officer(), at=AT)
    person = credential.person
    person.family = "Öwezowa"
    person.save()
    later = AT + timedelta(days=7)
    new = services.supersede(credential, reason="Name corrected", by=make_officer(), at=later)
    credential.refresh_from_db()
    assert credential.is_revoked
    assert new.document["credentialSubject"]["name"].startswith("Öwezowa")
    assert new.facts["replaces"] == credential.register_number
    assert new.document["awardedDate"] == credential.document["awardedDate"]
    assert new.valid_until == credential.valid_until
    assert (new.number, new.code != credential.code) == (2, True)
    assert queries.replacement_of(credential) == new
    attained = competencies.attainments([person.pk], on=later.date())
    assert list(attained[person.pk].values()) == [2]


def test_the_register_of_a_cohort_becomes_a_numbered_paper():
    credential = make_credential()
    cohort = credential.enrolment.cohort
    document = services.register_document(cohort, by=make_officer(), at=AT)
    assert document.kind == "certificate-register"
    assert credential.register_number in str(document.content)
    with pytest.raises(errors.NothingIssued):
        services.register_document(make_closed_cohort(), by=make_officer(), at=AT)


def test_a_suspected_forgery_reaches_every_programme_officer():
    officers = [make_officer(), make_officer()]
    told = services.report_forgery(
        number="2025-99999", text="The seal looks wrong", contact="", credential=None, at=AT
    )
    assert told == 2
    assert set(
        Message.objects.filter(code="credentials.forgery-reported").values_list(
            "person_id", flat=True
        )
    ) == {officer.pk for officer in officers}
    entry = Entry.objects.get(act="credentials.forgery.reported")
    assert "seal" not in str(entry.details)
