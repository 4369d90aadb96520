"""Certificates credit and reverse by themselves, once per place in a cohort."""

from datetime import timedelta

import pytest

from hunar.cpd.models import Record
from hunar.credentials import services as credentials
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
from hunar.people.models import Person

pytestmark = pytest.mark.django_db


def counting(person: Person) -> dict[str, int]:
    rows = Record.objects.filter(person=person, state=Record.State.VERIFIED)
    return dict(rows.values_list("source_ref", "minutes"))


def test_a_certificate_credits_the_minutes_of_its_course():
    credential = make_credential()
    assert counting(credential.person) == {credential.ref: 1440}
    record = Record.objects.get()
    assert (record.category, record.ended_date.isoformat()) == ("cyber", "2025-12-05")


def test_an_achievement_takes_over_from_the_participation_and_back():
    cohort = make_closed_cohort(with_exam=True)
    enrolment = make_graduate(cohort)
    make_results(cohort, [enrolment], wrong=[4])
    participation = Credential.objects.get(kind="participation")
    second = make_exam_sitting(cohort)
    take_exam(second, enrolment)
    release(second, at=AT + timedelta(days=10))
    achievement = Credential.objects.get(kind="achievement")
    assert counting(enrolment.person) == {achievement.ref: 1440}
    credentials.revoke(achievement, reason="Breach of rules", by=make_officer(), at=AT)
    assert counting(enrolment.person) == {participation.ref: 1440}
    assert Record.objects.count() == 2


def test_a_revocation_reverses_and_deletes_nothing():
    credential = make_credential()
    credentials.revoke(credential, reason="Breach of rules", by=make_officer(), at=AT)
    assert counting(credential.person) == {}
    assert Record.objects.get().state == Record.State.REVERSED


def test_a_replaced_certificate_counts_on_under_its_new_number():
    credential = make_credential()
    credential.person.family = "Öwezowa"
    credential.person.save()
    new = credentials.supersede(credential, reason="Name corrected", by=make_officer(), at=AT)
    assert counting(credential.person) == {new.ref: 1440}
