from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hunar.audit.models import Entry
from hunar.cohorts import services as cohorts
from hunar.cohorts.models import Enrolment
from hunar.competencies.tests.makers import make_evidence, make_profile
from hunar.kernel.errors import NotPermitted
from hunar.notifications.models import Message
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.tests.makers import make_organisation, make_post, make_region
from hunar.people.enums import Role
from hunar.people.models import Employment, Person
from hunar.people.tests.makers import give_role, make_employment, make_person
from hunar.selection import errors, events, permissions, rules, services
from hunar.selection.models import Appeal, Call, Decision, Nomination, Place
from hunar.selection.queries.appeals import timeline_of
from hunar.selection.queries.fairness import fairness_of
from hunar.selection.queries.marking import blind_file, marking_progress, next_file
from hunar.selection.queries.staff import candidates
from hunar.selection.tasks import lapse_overdue_places
from hunar.selection.tests.makers import (
    AFTER_CLOSE,
    CLOSES,
    DECISION,
    DRAFTED,
    LATER,
    MARKING,
    OPENS,
    WHILE_OPEN,
    close_call,
    decide_call,
    make_call,
    make_hr,
    make_nomination,
    make_officer,
    make_panel,
    make_reserve,
    make_rules,
    make_staff,
    make_teaching_cohort,
    mark_all,
    organisation_of,
    outside_organisation,
)

pytestmark = pytest.mark.django_db


def acts() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("act", flat=True))


# Calls ----------------------------------------------------------------------


def test_publishing_freezes_the_rules_and_commits_to_a_seed():
    call = make_call()
    assert call.state == Call.State.PUBLISHED
    assert len(call.rules_sha256) == len(call.seed_commitment) == 64
    entry = Entry.objects.get(act="selection.call.published")
    assert entry.details["seed_commitment"] == call.seed_commitment
    assert call.seed.value not in str(entry.details)


def test_a_published_call_is_not_changed_and_not_published_twice():
    officer = make_officer()
    call = make_call(officer=officer)
    with pytest.raises(errors.CallFrozen):
        services.revise_call(call, by=officer, at=DRAFTED, rules_wanted=rules.CallRules())
    with pytest.raises(errors.CallFrozen):
        services.publish(call, by=officer, at=DRAFTED)


def test_incomplete_rules_and_short_notice_keep_a_draft_unpublished():
    officer = make_officer()
    cohort = make_teaching_cohort()
    call = make_call(cohorts=[cohort], published=False, officer=officer)
    with pytest.raises(errors.CallNoticeTooShort):
        services.publish(call, by=officer, at=CLOSES - timedelta(days=13, hours=23))
    services.revise_call(call, by=officer, at=DRAFTED, rules_wanted=rules.CallRules())
    with pytest.raises(errors.CallRulesIncomplete) as refused:
        services.publish(call, by=officer, at=DRAFTED)
    assert "100 %" in str(refused.value)
    call.refresh_from_db()
    assert call.state == Call.State.DRAFT


@pytest.mark.parametrize("act", ["publish", "close", "decide"])
def test_only_officers_of_calls_move_a_call(act: str):
    call = make_call(published=act != "publish")
    for stranger in (make_hr(), make_person()):
        with pytest.raises(NotPermitted):
            getattr(services, act)(call, by=stranger, at=AFTER_CLOSE)


def test_a_call_closes_after_its_time_only_and_once():
    officer = make_officer()
    call = make_call(officer=officer)
    with pytest.raises(errors.CallStillOpen):
        services.close(call, by=officer, at=CLOSES)
    close_call(call, officer=officer)
    with pytest.raises(errors.CallClosed):
        close_call(call, officer=officer)


def test_closing_checks_the_requirements_and_tells_who_fails():
    hr = make_hr()
    call = make_call()
    fits = make_nomination(call, hr=hr)
    new = make_nomination(call, hr=hr, person=make_staff(hr, since=date(2025, 9, 1)))
    close_call(call)
    fits.refresh_from_db()
    new.refresh_from_db()
    assert fits.state == Nomination.State.ELIGIBLE
    assert new.state == Nomination.State.INELIGIBLE
    assert [each["code"] for each in new.eligibility if not each["holds"]] == ["months-in-post"]
    assert Message.objects.filter(person=new.person, code="selection.ineligible").exists()
    assert Entry.objects.get(act="selection.call.closed").details["nominations"] == 2


# Nominations ----------------------------------------------------------------


def test_a_nomination_freezes_the_facts():
    hr = make_hr(outside_organisation())
    cohort = make_teaching_cohort(levels={"C2": 3})
    call = make_call(cohorts=[cohort])
    post = make_post(organisation=organisation_of(hr))
    make_profile(post, C2=2, A1=4)
    person = make_staff(hr, post=post)
    make_evidence(person=person, code="C2", level=1, day=date(2025, 5, 1))
    nomination = make_nomination(call, hr=hr, person=person)
    assert nomination.facts["gap"] == {cohort.code: 1}
    assert nomination.facts["region"] == "TM-L"
    assert nomination.facts["months_in_post"] == 45
    assert nomination.blind_code
    assert nomination.nominated_by == hr
    assert Message.objects.filter(person=person, code="selection.nominated").exists()


def test_a_unit_counts_as_its_ministry():
    ministry = make_organisation()
    unit = make_organisation(kind=OrganisationKind.UNIT, parent=ministry)
    hr = make_hr(ministry)
    person = make_employment(organisation=unit).person
    assert make_nomination(make_call(), hr=hr, person=person).organisation == ministry


@pytest.mark.parametrize(
    ("moment", "error"),
    [
        (OPENS - timedelta(seconds=1), errors.CallNotOpen),
        (CLOSES + timedelta(microseconds=1), errors.CallClosed),
    ],
)
def test_the_clock_refuses_nominations(moment, error):
    with pytest.raises(error):
        make_nomination(make_call(), at=moment)
    assert not Nomination.objects.exists()


def test_the_last_moment_still_counts():
    assert make_nomination(make_call(), at=CLOSES).pk


def test_a_draft_takes_no_nominations():
    with pytest.raises(errors.CallNotPublished):
        make_nomination(make_call(published=False))


def test_nobody_nominates_for_another_ministry():
    call, hr, other = make_call(), make_hr(), make_hr()
    with pytest.raises(errors.NominationForeignPerson) as refused:
        make_nomination(call, hr=hr, person=make_staff(other))
    assert isinstance(refused.value, NotPermitted)
    assert refused.value.code == "nomination-foreign-person"


def test_who_does_not_nominate_is_refused():
    call, hr = make_call(), make_hr()
    for stranger in (make_person(), make_officer()):
        with pytest.raises(NotPermitted) as refused:
            services.nominate(
                call,
                person=make_staff(hr),
                preferences=["x"],
                motivation="x",
                has_consent=True,
                by=stranger,
                at=WHILE_OPEN,
            )
        assert refused.value.code == "not-permitted"


def test_somebody_without_a_post_belongs_to_no_ministry():
    with pytest.raises(errors.NominationForeignPerson):
        make_nomination(make_call(), hr=make_hr(), person=make_person())


def test_a_person_is_nominated_once():
    call, hr = make_call(), make_hr()
    person = make_staff(hr)
    make_nomination(call, hr=hr, person=person)
    with pytest.raises(errors.NominationExists):
        make_nomination(call, hr=hr, person=person)


@pytest.mark.parametrize("preferences", [[], ["NO-SUCH"], "twice"])
def test_wishes_are_cohorts_of_the_call(preferences):
    call = make_call()
    code = call.rules["cohorts"][0]["code"]
    wished = [code, code] if preferences == "twice" else preferences
    with pytest.raises(errors.PreferencesUnreadable):
        make_nomination(call, preferences=wished)


def test_a_motivation_is_needed():
    call, hr = make_call(), make_hr()
    with pytest.raises(errors.MotivationMissing):
        services.nominate(
            call,
            person=make_staff(hr),
            preferences=[call.rules["cohorts"][0]["code"]],
            motivation="  ",
            has_consent=True,
            by=hr,
            at=WHILE_OPEN,
        )


def test_withdrawing_makes_room_for_another_nomination():
    call, hr = make_call(), make_hr()
    nomination = make_nomination(call, hr=hr)
    with pytest.raises(NotPermitted):
        services.withdraw(nomination, by=make_hr(), at=WHILE_OPEN)
    services.withdraw(nomination, by=hr, at=WHILE_OPEN)
    with pytest.raises(errors.NominationOver):
        services.withdraw(nomination, by=hr, at=WHILE_OPEN)
    assert make_nomination(call, hr=hr, person=nomination.person).pk != nomination.pk


def test_a_replacement_withdraws_and_nominates_in_one_act():
    call, hr = make_call(), make_hr()
    old = make_nomination(call, hr=hr)
    new = services.nominate(
        call,
        person=make_staff(hr),
        preferences=old.preferences,
        motivation="Instead of a colleague who is ill.",
        has_consent=True,
        by=hr,
        at=WHILE_OPEN,
        replaces=old,
    )
    old.refresh_from_db()
    assert old.state == Nomination.State.WITHDRAWN
    assert new.state == Nomination.State.SUBMITTED


def test_the_staff_list_is_sorted_by_the_gap_that_the_course_closes():
    hr = make_hr()
    call = make_call(cohorts=[make_teaching_cohort(levels={"C2": 3})])
    large, small = (make_post(organisation=organisation_of(hr)) for _ in range(2))
    make_profile(large, C2=3)
    make_profile(small, C2=1)
    one, other = make_staff(hr, post=small), make_staff(hr, post=large)
    found = candidates(call, by=hr, on=WHILE_OPEN.date(), nominated=[])
    assert [each.person for each in found[:2]] == [other, one]
    assert [each.gap for each in found[:2]] == [3, 1]


# Marking --------------------------------------------------------------------


@pytest.fixture
def closed() -> Call:
    call = make_call()
    make_nomination(call)
    return close_call(call)


def test_a_marker_sees_a_code_and_no_name(closed: Call):
    nomination = closed.nominations.select_related("person", "organisation").get()
    nomination.motivation = f"{nomination.person.family} leads the registry."
    shown = str(blind_file(nomination))
    assert nomination.blind_code in shown
    for secret in (nomination.person.family, nomination.ref, str(nomination.organisation)):
        assert secret not in shown


def test_two_marks_complete_a_file_and_a_third_is_refused(closed: Call):
    nomination = closed.nominations.get()
    one, two, three = make_panel(3)
    for marker in (one, two):
        assert next_file(closed, marker) == nomination
        services.mark(nomination, values={"motivation": Decimal("7.5")}, by=marker, at=MARKING)
        assert next_file(closed, marker) is None
    assert marking_progress(closed).is_complete
    assert next_file(closed, three) is None
    with pytest.raises(errors.FileFullyMarked):
        services.mark(nomination, values={"motivation": Decimal(7)}, by=three, at=MARKING)


def test_a_marker_corrects_her_own_mark(closed: Call):
    nomination, marker = closed.nominations.get(), make_panel()[0]
    for value in ("7", "8"):
        services.mark(nomination, values={"motivation": Decimal(value)}, by=marker, at=MARKING)
    assert nomination.marks.get().value == 8


@pytest.mark.parametrize("value", ["-1", "10.01", "NaN", "7.123"])
def test_a_mark_beyond_the_scale_is_refused(closed: Call, value: str):
    with pytest.raises(errors.MarkOutOfRange):
        services.mark(
            closed.nominations.get(),
            values={"motivation": Decimal(value)},
            by=make_panel()[0],
            at=MARKING,
        )


def test_who_is_no_panel_member_marks_nothing(closed: Call):
    for stranger in (make_officer(), make_person()):
        with pytest.raises(NotPermitted):
            services.mark(
                closed.nominations.get(),
                values={"motivation": Decimal(5)},
                by=stranger,
                at=MARKING,
            )


def test_a_marker_does_not_mark_her_own_institution(closed: Call):
    nomination = closed.nominations.get()
    marker = make_panel()[0]
    make_employment(person=marker, organisation=nomination.organisation)
    assert next_file(closed, marker) is None
    with pytest.raises(errors.MarkerConflict):
        services.mark(nomination, values={"motivation": Decimal(5)}, by=marker, at=MARKING)


def test_a_marker_does_not_mark_who_reports_to_her(closed: Call):
    nomination = closed.nominations.get()
    marker = make_panel()[0]
    Employment.objects.filter(person=nomination.person).update(supervisor=marker)
    assert nomination.pk in permissions.conflicted_nominations(marker, [nomination])


def test_marks_are_given_between_closing_and_decision():
    call = make_call()
    nomination = make_nomination(call)
    with pytest.raises(errors.MarkingNotOpen):
        services.mark(
            nomination, values={"motivation": Decimal(5)}, by=make_panel()[0], at=WHILE_OPEN
        )


# Decision -------------------------------------------------------------------


@pytest.fixture
def decided() -> Call:
    """Two cohorts with one seat each, four nominations that all want the first."""
    pair = [make_teaching_cohort(), make_teaching_cohort()]
    call = make_call(cohorts=pair, wanted=make_rules(pair, seats=1))
    hr = make_hr()
    posts = ["senior", "specialist", "specialist", "academic"]
    for number, group in enumerate(posts):
        person = make_staff(hr, role_group=group, since=date(2022, 1 + number, 1))
        make_nomination(call, hr=hr, person=person)
    return decide_call(call)


def by_points(call: Call) -> list[Nomination]:
    return list(call.nominations.order_by("pk"))


def live(nomination: Nomination) -> Place:
    return nomination.places.select_related("nomination", "cohort").get(
        state__in=["offered", "accepted"]
    )


def test_a_decision_offers_places_and_tells_everybody(decided: Call):
    first, second, third, fourth = by_points(decided)
    assert [each.state for each in (first, second, third, fourth)] == [
        "chosen", "chosen", "waiting", "waiting",
    ]  # fmt: skip
    wished = first.preferences
    assert [live(first).cohort.code, live(second).cohort.code] == wished
    assert first.result["cohorts"][wished[0]]["rank"] == 1
    assert third.result["cohorts"][wished[0]]["reason"] == "below-cut-off"
    codes = set(Message.objects.values_list("code", flat=True))
    assert {"selection.place-offered", "selection.waiting"} <= codes


def test_a_call_is_decided_once(decided: Call):
    with pytest.raises(errors.CallDecided):
        services.decide(decided, by=make_officer(), at=DECISION)
    assert Decision.objects.count() == 1


def test_of_two_officers_with_the_same_page_one_decides():
    call = make_call()
    make_nomination(call)
    close_call(call)
    mark_all(call)
    stale = Call.objects.get(pk=call.pk)
    services.decide(call, by=make_officer(), at=DECISION)
    with pytest.raises(errors.CallDecided):
        services.decide(stale, by=make_officer(), at=DECISION)
    assert acts().count("selection.call.decided") == 1


def test_an_open_call_and_missing_marks_are_refused():
    officer = make_officer()
    call = make_call(officer=officer)
    make_nomination(call)
    with pytest.raises(errors.CallStillOpen):
        services.decide(call, by=officer, at=DECISION)
    close_call(call, officer=officer)
    with pytest.raises(errors.MarksMissing):
        services.decide(call, by=officer, at=DECISION)
    assert not Decision.objects.exists()


def test_the_decision_announces_itself():
    heard = []

    def listen(sender, **news):
        heard.append(news["call"])

    events.call_decided.connect(listen)
    call = make_call()
    make_nomination(call)
    decide_call(call)
    events.call_decided.disconnect(listen)
    assert heard == [call]


def test_an_accepted_place_enrols(decided: Call):
    place = live(by_points(decided)[0])
    with pytest.raises(NotPermitted):
        services.accept(place, by=make_officer(), at=LATER)
    enrolment = services.accept(place, by=place.nomination.person, at=LATER)
    assert enrolment.source_ref == place.ref
    with pytest.raises(errors.PlaceAnswered):
        services.accept(place, by=place.nomination.person, at=LATER)


def test_a_declined_place_moves_everybody_up(decided: Call):
    first, second, third, _ = by_points(decided)
    wished = first.preferences
    place = live(first)
    services.decline(place, by=first.person, at=LATER)
    assert live(second).cohort.code == wished[0]
    assert live(third).cohort.code == wished[1]
    assert live(third).is_promotion
    assert second.places.filter(state=Place.State.REPLACED).count() == 1
    first.refresh_from_db()
    assert first.state == Nomination.State.NOT_CHOSEN
    assert Message.objects.filter(person=third.person, code="selection.place-promoted").exists()
    assert "selection.place.promoted" in acts()


def test_an_accepted_place_is_not_moved(decided: Call):
    first, second, third, _ = by_points(decided)
    services.accept(live(second), by=second.person, at=LATER)
    services.decline(live(first), by=first.person, at=LATER)
    assert live(second).cohort.code == first.preferences[1]
    assert live(third).cohort.code == first.preferences[0]


def test_offers_lapse_by_themselves_and_once(decided: Call):
    place = live(by_points(decided)[0])
    assert lapse_overdue_places(place.accept_by) == 0
    after = place.accept_by + timedelta(minutes=1)
    with pytest.raises(errors.PlaceLapsed):
        services.accept(place, by=place.nomination.person, at=after)
    assert lapse_overdue_places(after) == 2
    assert lapse_overdue_places(after) == 0
    states = [each.state for each in by_points(decided)]
    assert states == ["not-chosen", "not-chosen", "chosen", "chosen"]


def test_a_seat_that_a_learner_leaves_goes_to_the_next(decided: Call):
    first, second, third, _ = by_points(decided)
    enrolment = services.accept(live(first), by=first.person, at=LATER)
    services.accept(live(second), by=second.person, at=LATER)
    cohorts.withdraw(enrolment, by=make_officer(), at=LATER, reason="ill")
    assert live(third).cohort.code == first.preferences[0]
    assert first.places.get().state == Place.State.VACATED


def test_withdrawing_a_nomination_frees_its_seat(decided: Call):
    first, second, third, _ = by_points(decided)
    services.accept(live(first), by=first.person, at=LATER)
    services.accept(live(second), by=second.person, at=LATER)
    services.withdraw(first, by=first.person, at=LATER)
    assert Enrolment.objects.filter(person=first.person, state="withdrawn").exists()
    assert live(third).cohort.code == first.preferences[0]


def test_who_withdrew_is_not_promoted(decided: Call):
    first, second, third, fourth = by_points(decided)
    services.withdraw(third, by=third.person, at=LATER)
    services.accept(live(second), by=second.person, at=LATER)
    services.decline(live(first), by=first.person, at=LATER)
    assert live(fourth).cohort.code == first.preferences[0]
    assert not third.places.exists()


def test_nobody_is_promoted_into_a_cohort_that_has_begun(decided: Call):
    first, _, third, _ = by_points(decided)
    place = live(first)
    begun = place.cohort.starts_date + timedelta(days=1)
    Place.objects.filter(nomination__call=decided).update(accept_by=DECISION + timedelta(days=90))
    place.refresh_from_db()
    services.decline(
        place,
        by=first.person,
        at=DECISION.replace(year=begun.year, month=begun.month, day=begun.day),
    )
    assert not third.places.exists()


def test_reserves_and_caps_hold_in_the_decision():
    cohort = make_teaching_cohort()
    wanted = make_rules([cohort], seats=3, cap=2, reserves=[make_reserve(seats=1)])
    call = make_call(cohorts=[cohort], wanted=wanted)
    capital = make_hr(make_organisation(region=make_region(code="TM-S")))
    outside = make_hr(make_organisation(region=make_region(code="TM-D")))
    for _ in range(4):
        make_nomination(call, hr=capital, person=make_staff(capital, role_group="senior"))
    weak = make_nomination(call, hr=outside, person=make_staff(outside, role_group="academic"))
    decide_call(call)
    assert live(weak).slot == "outside-capital"
    chosen = call.nominations.filter(state="chosen")
    assert chosen.filter(organisation=organisation_of(capital)).count() == 2


def test_fairness_uses_words_and_no_flags(decided: Call):
    found = fairness_of(decided)
    assert found.counts["nominated"] == {"F": 4, "M": 0}
    assert all(stage.comparison is None for stage in found.stages)


def test_fairness_compares_women_and_men():
    call = make_call()
    hr = make_hr()
    for sex in ("F", "M", "F", "M"):
        make_nomination(call, hr=hr, person=make_staff(hr, sex=sex))
    decide_call(call)
    found = fairness_of(call)
    assert [(each.source, each.target) for each in found.stages] == [
        ("nominated", "eligible"), ("eligible", "chosen"), ("nominated", "chosen"),
    ]  # fmt: skip
    assert found.stages[0].women == (2, 2)
    assert found.stages[0].comparison is not None
    assert found.stages[0].comparison.verdict.word in {"no-evidence", "inconclusive"}


# Appeals --------------------------------------------------------------------


def appeals_officer() -> Person:
    return make_person(role=Role.APPEALS_OFFICER)


def test_an_appeal_is_filed_in_the_window_and_once(decided: Call):
    loser = by_points(decided)[3]
    appeal = services.file_appeal(
        loser, text="My service was miscounted.", by=loser.person, at=LATER
    )
    assert appeal.due_date == date(2025, 11, 19)
    with pytest.raises(errors.AppealOpen):
        services.file_appeal(loser, text="Again.", by=loser.person, at=LATER)
    with pytest.raises(NotPermitted):
        services.file_appeal(loser, text="For her.", by=make_hr(), at=LATER)


def test_an_appeal_after_the_window_is_refused(decided: Call):
    loser = by_points(decided)[3]
    # Decided on Monday 3 November: five working days end on Monday 10 November.
    services.file_appeal(
        loser, text="In time.", by=loser.person, at=DECISION.replace(day=10, hour=18)
    )
    other = by_points(decided)[2]
    with pytest.raises(errors.AppealTooLate):
        services.file_appeal(
            other, text="Late.", by=other.person, at=DECISION.replace(day=10, hour=20)
        )


def test_there_is_nothing_to_appeal_before_the_result():
    nomination = make_nomination(make_call())
    with pytest.raises(errors.NothingToAppeal):
        services.file_appeal(nomination, text="x", by=nomination.person, at=WHILE_OPEN)


def test_who_fails_a_requirement_can_appeal_before_the_decision():
    call, hr = make_call(), make_hr()
    nomination = make_nomination(call, hr=hr, has_consent=False)
    close_call(call)
    nomination.refresh_from_db()
    assert services.file_appeal(
        nomination, text="The consent was signed.", by=nomination.person, at=MARKING
    ).pk


def test_an_appeal_is_decided_with_reasons_and_once(decided: Call):
    loser = by_points(decided)[3]
    appeal = services.file_appeal(loser, text="x", by=loser.person, at=LATER)
    officer = appeals_officer()
    with pytest.raises(errors.AppealTextMissing):
        services.decide_appeal(appeal, is_upheld=False, reasons=" ", by=officer, at=LATER)
    services.decide_appeal(appeal, is_upheld=False, reasons="Counted right.", by=officer, at=LATER)
    with pytest.raises(errors.AppealDecided):
        services.decide_appeal(appeal, is_upheld=True, reasons="y", by=officer, at=LATER)
    message = Message.objects.get(person=loser.person, code="selection.appeal-decided")
    assert "Counted right." in message.body["en"]
    assert Appeal.objects.get().state == Appeal.State.DISMISSED


def test_who_took_part_decides_no_appeal(decided: Call):
    loser = by_points(decided)[3]
    appeal = services.file_appeal(loser, text="x", by=loser.person, at=LATER)
    marker = Person.objects.filter(pk__in=loser.marks.values("marker_id")).first()
    assert marker
    decider = decided.decision.decided_by
    for insider in (marker, decider, loser.nominated_by):
        give_role(insider, Role.APPEALS_OFFICER)
        insider.__dict__.pop("_roles_today", None)
        with pytest.raises(errors.AppealsOfficerTookPart):
            services.decide_appeal(appeal, is_upheld=True, reasons="x", by=insider, at=LATER)
    for stranger in (make_officer(), make_person()):
        with pytest.raises(NotPermitted):
            services.decide_appeal(appeal, is_upheld=True, reasons="x", by=stranger, at=LATER)


def test_the_timeline_tells_the_story_and_hides_the_markers(decided: Call):
    nomination = by_points(decided)[0]
    story = timeline_of(nomination, places=nomination.places.all(), appeals=[])
    assert [str(each.title) for each in story][:2] == [
        "Call drafted", "Call published, rules frozen",
    ]  # fmt: skip
    marked = [each for each in story if str(each.title) == "File marked without a name"]
    assert len(marked) == 2
    assert {each.by for each in marked} == {""}
