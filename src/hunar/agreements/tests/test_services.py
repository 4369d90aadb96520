from datetime import date, timedelta

import pytest

from hunar.agreements import queries, services
from hunar.agreements.enums import ObligationState, Part, RequestState
from hunar.agreements.errors import (
    AgreementFrozen,
    AgreementNotSigned,
    DatesOutOfOrder,
    EvidenceNeeded,
    ExpertListed,
    ExpertUnavailable,
    ExpertWithoutRole,
    NotOfThisAgreement,
    PartyOwes,
    PartyTwice,
    RatingOutOfScale,
    RequestMovedOn,
    SignedInFuture,
    StateNotReachable,
    TextMissing,
    TooFewSignatories,
)
from hunar.agreements.models import AdvisoryRequest, Obligation
from hunar.agreements.tests.makers import (
    NOON,
    SIGNED,
    make_agreement,
    make_draft,
    make_expert,
    make_officer,
    make_request,
    words,
)
from hunar.audit.models import Entry
from hunar.kernel.errors import NotPermitted
from hunar.notifications.models import Message
from hunar.organisations.tests.makers import make_organisation
from hunar.people.enums import Role
from hunar.people.tests.makers import make_person

pytestmark = pytest.mark.django_db


def facts(**changes: object) -> dict:
    return {
        "title": words("Memorandum"),
        "summary": words("About it"),
        "signed_place": {},
        "starts_date": SIGNED,
        "ends_date": None,
        "sides": [],
        "by": make_officer(),
        "at": NOON,
    } | changes


def test_signing_freezes_text_parties_and_obligations():
    officer = make_officer()
    agreement = make_agreement(by=officer)
    obligation = agreement.obligations.get()
    assert agreement.is_signed
    entry = Entry.objects.get(act="agreements.agreement.signed")
    assert len(entry.details["content_sha256"]) == 64
    with pytest.raises(AgreementFrozen) as refusal:
        services.edit_draft(agreement, **facts(by=officer))
    assert refusal.value.code == "agreement-frozen"
    for act in (
        lambda: services.remove_obligation(obligation, by=officer, at=NOON),
        lambda: services.sign(agreement, signed_date=SIGNED, by=officer, at=NOON),
        lambda: services.add_obligation(
            agreement,
            party=obligation.party,
            text=words("More"),
            due_date=None,
            by=officer,
            at=NOON,
        ),
    ):
        with pytest.raises(AgreementFrozen):
            act()


def test_an_agreement_needs_two_signatories_and_a_day_that_has_come():
    officer = make_officer()
    one = [services.Side(make_organisation(), Part.SIGNATORY)]
    draft = services.draft_agreement(**facts(sides=one, by=officer))
    with pytest.raises(TooFewSignatories):
        services.sign(draft, signed_date=SIGNED, by=officer, at=NOON)
    with pytest.raises(SignedInFuture) as refusal:
        services.sign(make_draft(), signed_date=NOON.date() + timedelta(1), by=officer, at=NOON)
    assert refusal.value.code == "signed-in-future"


def test_a_draft_is_rewritten_but_a_party_that_owes_stays():
    officer = make_officer()
    draft = make_draft(by=officer)
    first, second = draft.parties.order_by("order")
    services.add_obligation(
        draft, party=first, text=words("Owes"), due_date=None, by=officer, at=NOON
    )
    keep = services.Side(first.organisation, Part.SIGNATORY)
    services.edit_draft(draft, **facts(sides=[keep], by=officer))
    assert list(draft.parties.values_list("organisation", flat=True)) == [first.organisation_id]
    with pytest.raises(PartyOwes):
        services.edit_draft(draft, **facts(by=officer))
    with pytest.raises(PartyTwice):
        services.edit_draft(draft, **facts(sides=[keep, keep], by=officer))
    with pytest.raises(DatesOutOfOrder):
        services.edit_draft(draft, **facts(ends_date=SIGNED - timedelta(1), by=officer))
    assert second.organisation_id != first.organisation_id


def test_obligations_belong_to_a_party_and_say_something():
    officer = make_officer()
    draft, other = make_draft(by=officer), make_draft()
    common = {"due_date": None, "by": officer, "at": NOON}
    with pytest.raises(NotOfThisAgreement):
        services.add_obligation(draft, party=other.parties.all()[0], text=words("Owes"), **common)
    with pytest.raises(TextMissing):
        services.add_obligation(draft, party=draft.parties.all()[0], text={"tk": " "}, **common)
    assert not Obligation.objects.exists()


def test_an_obligation_is_fulfilled_with_evidence_only():
    officer = make_officer()
    obligation = make_agreement(by=officer).obligations.get()
    with pytest.raises(EvidenceNeeded) as refusal:
        services.change_obligation(
            obligation, state=ObligationState.FULFILLED, evidence=" ", by=officer, at=NOON
        )
    assert refusal.value.code == "obligation-evidence"
    services.change_obligation(
        obligation, state=ObligationState.FULFILLED, evidence="Letter 7", by=officer, at=NOON
    )
    assert (obligation.state, obligation.evidence) == (ObligationState.FULFILLED, "Letter 7")
    with pytest.raises(StateNotReachable):
        services.change_obligation(
            obligation, state=ObligationState.WAIVED, evidence="x", by=officer, at=NOON
        )


def test_two_officers_cannot_change_an_obligation_at_once():
    officer = make_officer()
    obligation = make_agreement(by=officer).obligations.get()
    stale = Obligation.objects.select_related("agreement").get(pk=obligation.pk)
    services.change_obligation(
        obligation, state=ObligationState.WAIVED, evidence="Order 3", by=officer, at=NOON
    )
    with pytest.raises(StateNotReachable):
        services.change_obligation(
            stale, state=ObligationState.UNDER_WAY, evidence="", by=officer, at=NOON
        )


def test_an_ended_agreement_takes_no_questions():
    officer = make_officer()
    ministry = make_organisation()
    agreement = make_agreement(ministry=ministry, by=officer)
    with pytest.raises(DatesOutOfOrder):
        services.end_agreement(
            agreement, ended_date=date(2020, 1, 1), reason="x", by=officer, at=NOON
        )
    services.end_agreement(
        agreement, ended_date=NOON.date(), reason="Replaced", by=officer, at=NOON
    )
    with pytest.raises(AgreementNotSigned) as refusal:
        make_request(agreement)
    assert refusal.value.code == "agreement-not-signed"
    with pytest.raises(AgreementNotSigned):
        services.end_agreement(agreement, ended_date=NOON.date(), reason="x", by=officer, at=NOON)


def test_an_agreement_past_its_end_takes_no_questions():
    officer = make_officer()
    agreement = make_agreement(by=officer)
    agreement.ends_date = NOON.date() - timedelta(1)
    agreement.save()
    with pytest.raises(AgreementNotSigned):
        make_request(agreement)


def test_a_request_runs_from_question_to_rating():
    officer, expert = make_officer(), make_expert()
    ministry = make_organisation()
    hr = make_person(role=Role.HR_OFFICER, organisation=ministry)
    request = make_request(make_agreement(ministry=ministry), by=hr)
    # Ten working days of a five-day week from Tuesday 2 December.
    assert request.due_date == date(2025, 12, 16)
    assert Message.objects.filter(person=officer, code="agreements.request-sent").exists()
    services.assign(request, expert=expert, by=officer, at=NOON)
    assert expert.person.messages.get().code == "agreements.request-assigned"
    services.answer(request, text="Thirty days.", by=expert.person, at=NOON)
    assert hr.messages.get().url == f"/agreements/requests/{request.ref}/"
    services.close(request, rating=4, by=hr, at=NOON)
    request.refresh_from_db()
    assert (request.state, request.rating) == (RequestState.CLOSED, 4)
    acts = [
        happening.words
        for happening in queries.request_view(request, seen_by=hr, on=NOON.date()).history
    ]
    assert len(acts) == 4


def test_each_act_belongs_to_its_state():
    officer, expert = make_officer(), make_expert()
    request = make_request(expert=expert)
    services.answer(request, text="Yes.", by=expert.person, at=NOON)
    for act in (
        lambda: services.answer(request, text="No.", by=expert.person, at=NOON),
        lambda: services.assign(request, expert=expert, by=officer, at=NOON),
    ):
        with pytest.raises(RequestMovedOn) as refusal:
            act()
        assert refusal.value.code == "request-state"
    services.close(request, rating=5, by=request.asked_by, at=NOON)
    with pytest.raises(RequestMovedOn):
        services.close(request, rating=1, by=request.asked_by, at=NOON)
    assert AdvisoryRequest.objects.get().rating == 5


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_outside_the_scale_is_refused(rating: int):
    expert = make_expert()
    request = make_request(expert=expert)
    services.answer(request, text="Yes.", by=expert.person, at=NOON)
    with pytest.raises(RatingOutOfScale) as refusal:
        services.close(request, rating=rating, by=request.asked_by, at=NOON)
    assert refusal.value.code == "rating-out-of-scale"


def test_questions_and_answers_need_words():
    with pytest.raises(TextMissing):
        make_request(subject="  ")
    expert = make_expert()
    with pytest.raises(TextMissing):
        services.answer(make_request(expert=expert), text=" ", by=expert.person, at=NOON)


def test_the_roster_lists_once_who_may_answer():
    expert = make_expert()
    with pytest.raises(ExpertListed):
        make_expert(person=expert.person)
    with pytest.raises(ExpertWithoutRole) as refusal:
        make_expert(person=make_person())
    assert refusal.value.code == "expert-without-role"


def test_who_is_not_available_gets_no_requests():
    officer, expert = make_officer(), make_expert()
    services.edit_expert(
        expert,
        organisation=expert.organisation,
        fields=words("X-Road"),
        languages=["ru"],
        is_available=False,
        by=officer,
        at=NOON,
    )
    with pytest.raises(ExpertUnavailable):
        services.assign(make_request(), expert=expert, by=officer, at=NOON)
    assert queries.experts(available=True) == []
    assert queries.experts(wish="x-road", language="ru") == [expert]
    assert queries.experts(language="en") == []


def test_who_may_manage_agreements():
    agreement, expert = make_agreement(), make_expert()
    obligation = agreement.obligations.get()
    request = make_request(agreement)
    ministry = agreement.parties.order_by("order")[0].organisation
    shares = make_person(role=Role.HR_OFFICER, organisation=ministry)
    for stranger in (shares, make_person()):
        for act in (
            lambda by: services.draft_agreement(**facts(by=by)),
            lambda by: services.sign(make_draft(), signed_date=SIGNED, by=by, at=NOON),
            lambda by: services.change_obligation(
                obligation, state="under-way", evidence="", by=by, at=NOON
            ),
            lambda by: services.assign(request, expert=expert, by=by, at=NOON),
        ):
            with pytest.raises(NotPermitted):
                act(stranger)


def test_who_may_ask():
    ministry = make_organisation()
    agreement = make_agreement(ministry=ministry)
    unit = make_organisation(parent=ministry)
    may = make_person(role=Role.HR_OFFICER, organisation=ministry)
    shares = make_person(role=Role.HR_OFFICER)
    must_not = make_person(role=Role.TRAINER, organisation=ministry)
    ask = {"subject": "S", "question": "Q", "at": NOON}
    services.ask(agreement, organisation=ministry, by=may, **ask)
    services.ask(agreement, organisation=unit, by=may, **ask)
    for stranger in (shares, must_not):
        with pytest.raises(NotPermitted):
            services.ask(agreement, organisation=ministry, by=stranger, **ask)
    elsewhere = shares.role_assignments.get().organisation
    with pytest.raises(NotPermitted):
        services.ask(agreement, organisation=elsewhere, by=shares, **ask)


def test_who_may_answer_and_who_may_close():
    expert, other = make_expert(), make_expert()
    request = make_request(expert=expert)
    for stranger in (other.person, make_officer(), make_person()):
        with pytest.raises(NotPermitted):
            services.answer(request, text="Yes.", by=stranger, at=NOON)
    services.answer(request, text="Yes.", by=expert.person, at=NOON)
    for stranger in (expert.person, make_officer(), make_person()):
        with pytest.raises(NotPermitted):
            services.close(request, rating=5, by=stranger, at=NOON)
