"""What holds for every market."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, permutations
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hunar.engines.allocation import (
    OPEN,
    Allocation,
    Answers,
    Applicant,
    Block,
    Cohort,
    Market,
    Outcome,
    Place,
    Reason,
    UnsoundAllocation,
    allocate,
    blocking_pairs,
    check_feasible,
    check_stable,
    from_json,
    market_after,
    reallocate,
    replay,
    to_json,
)
from hunar.engines.allocation.market import claim_key
from hunar.engines.allocation.tests.markets import markets, placed, rank, stable_allocations
from hunar.engines.allocation.tests.test_examples import precedence_market

sound = markets(overlapping=False)
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ranks(market: Market, allocation: Allocation) -> dict[str, int]:
    at = placed(allocation)
    return {person.id: rank(person, at[person.id]) for person in market.applicants}


def changed(market: Market, person: Applicant) -> Market:
    return replace(
        market,
        applicants=tuple(person if one.id == person.id else one for one in market.applicants),
    )


@given(markets())
def test_every_place_lies_within_seats_caps_and_lists(market: Market) -> None:
    check_feasible(market, allocate(market))


@given(sound)
def test_nobody_has_a_justified_complaint(market: Market) -> None:
    check_stable(market, allocate(market))


@given(markets())
def test_a_complaint_that_is_left_is_named_as_one(market: Market) -> None:
    allocation = allocate(market)
    named = {
        (outcome.applicant, refusal.cohort)
        for outcome in allocation.outcomes
        for refusal in outcome.refusals
        if refusal.reason is Reason.CAP_AND_RESERVE
    }
    assert named == {(pair.applicant, pair.cohort) for pair in blocking_pairs(market, allocation)}


@few
@given(markets(overlapping=False, most=4))
def test_everybody_gets_the_best_of_all_stable_allocations(market: Market) -> None:
    mine = ranks(market, allocate(market))
    people = {person.id: person for person in market.applicants}
    for stable in stable_allocations(market):
        assert all(mine[one] <= rank(people[one], cohort) for one, cohort in stable.items())
    assert placed(allocate(market)) in stable_allocations(market)


@given(markets(caps=False))
def test_no_seat_stays_empty_while_somebody_wants_it(market: Market) -> None:
    for cohort in allocate(market).cohorts:
        assert not (cohort.vacant and cohort.waiting)


@given(sound)
def test_only_a_cap_keeps_somebody_out_of_an_empty_seat(market: Market) -> None:
    allocation = allocate(market)
    for cohort in allocation.cohorts:
        if cohort.vacant:
            reasons = {allocation.reason(person, cohort.cohort) for person in cohort.waiting}
            assert reasons <= {Reason.INSTITUTION_CAP}


@given(markets(caps=False))
def test_a_reserved_seat_is_released_only_when_no_member_waits(market: Market) -> None:
    groups = {person.id: person.groups for person in market.applicants}
    for cohort in allocate(market).cohorts:
        for cut_off in cohort.cut_offs:
            if cut_off.released:
                assert not any(cut_off.slot in groups[person] for person in cohort.waiting)


@given(markets(caps=False))
def test_the_cut_offs_alone_justify_every_refusal(market: Market) -> None:
    allocation = allocate(market)
    people = {person.id: person for person in market.applicants}
    for cohort in allocation.cohorts:
        for one in cohort.waiting:
            person = people[one]
            wish = next(each for each in person.applications if each.cohort == cohort.cohort)
            for cut in cohort.cut_offs:
                if cut.filled:
                    assert cut.score is not None
                    assert cut.ticket is not None
                    last = (
                        cut.slot != OPEN and cut.released > 0,
                        (
                            -cut.score,
                            tuple(-value for value in cut.tie_breaks),
                            cut.ticket,
                        ),
                    )
                    outsider = cut.slot != OPEN and cut.slot not in person.groups
                    assert (outsider, claim_key(person, wish)) > last


@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_the_applicants_does_not_matter(market: Market, random: Random) -> None:
    shuffled = list(market.applicants)
    random.shuffle(shuffled)
    assert allocate(replace(market, applicants=tuple(shuffled))) == allocate(market)


@given(sound, st.data())
def test_a_better_result_never_hurts(market: Market, data: st.DataObject) -> None:
    assume(any(person.applications for person in market.applicants))
    person = data.draw(st.sampled_from([one for one in market.applicants if one.applications]))
    at = data.draw(st.integers(0, len(person.applications) - 1))
    wish = person.applications[at]
    field = data.draw(st.sampled_from(["score", "tie_breaks", "ticket"]))
    if field == "ticket":
        better = replace(person, ticket="")
    else:
        gain = data.draw(st.integers(1, 3))
        raised = (
            replace(wish, score=wish.score + gain)
            if field == "score"
            else replace(wish, tie_breaks=(wish.tie_breaks[0] + gain,))
        )
        wishes = (*person.applications[:at], raised, *person.applications[at + 1 :])
        better = replace(person, applications=wishes)
    before, after = allocate(market), allocate(changed(market, better))
    assert rank(person, placed(after)[person.id]) <= rank(person, placed(before)[person.id])


@given(sound, st.data())
def test_belonging_to_a_reserved_group_never_hurts(market: Market, data: st.DataObject) -> None:
    assume(market.applicants)
    person = data.draw(st.sampled_from(market.applicants))
    joined = replace(person, groups=person.groups | {data.draw(st.sampled_from("vw"))})
    before, after = allocate(market), allocate(changed(market, joined))
    assert rank(person, placed(after)[person.id]) <= rank(person, placed(before)[person.id])


@few
@given(markets(overlapping=False, most=5), st.data())
def test_nobody_gains_by_stating_another_order(market: Market, data: st.DataObject) -> None:
    assume(market.applicants)
    person = data.draw(st.sampled_from(market.applicants))
    true = rank(person, placed(allocate(market))[person.id])
    wishes = person.applications
    for stated in chain.from_iterable(permutations(wishes, n) for n in range(len(wishes) + 1)):
        untrue = allocate(changed(market, replace(person, applications=stated)))
        assert true <= rank(person, placed(untrue)[person.id])


@given(sound, st.data())
def test_when_somebody_leaves_nobody_else_falls(market: Market, data: st.DataObject) -> None:
    assume(market.applicants)
    leaving = data.draw(st.sampled_from(market.applicants)).id
    before = ranks(market, allocate(market))
    left = Market(market.cohorts, tuple(one for one in market.applicants if one.id != leaving))
    assert all(after <= before[one] for one, after in ranks(left, allocate(left)).items())


@given(sound, st.data())
def test_a_further_round_keeps_what_was_accepted_and_lowers_nobody(
    market: Market, data: st.DataObject
) -> None:
    allocation = allocate(market)
    for _ in range(2):
        places = allocation.places()
        kept = {each.applicant for each in market.kept}
        answer = st.sampled_from(["accepted", "declined", "withdrawn", "none"])
        given_answers = {
            person.id: data.draw(
                answer
                if person.id in places.keys() - kept
                else st.sampled_from(["none", "withdrawn"])
            )
            for person in market.applicants
        }
        answers = Answers(
            *(
                frozenset(one for one, said in given_answers.items() if said == kind)
                for kind in ("accepted", "declined", "withdrawn")
            )
        )
        later, next_market = (
            reallocate(market, allocation, answers),
            market_after(market, allocation, answers),
        )
        check_stable(next_market, later)
        before, after = ranks(market, allocation), ranks(next_market, later)
        now = later.places()
        for one in answers.accepted | (kept - answers.withdrawn):
            assert now[one] == places[one]
        for one, said in given_answers.items():
            if said == "none":
                assert after[one] <= before[one]
            elif said == "declined" and one in now:
                assert after[one] < before[one]
            elif said == "withdrawn":
                assert one not in placed(later)
        market, allocation = next_market, later


@given(markets())
def test_a_decision_replays_from_its_records(market: Market) -> None:
    allocation = allocate(market)
    assert from_json(to_json(market), Market) == market
    assert replay(to_json(market), to_json(allocation)) == allocation


@given(markets(overlapping=False), st.data())
def test_the_check_refuses_every_other_allocation_that_is_worse_for_somebody(
    market: Market, data: st.DataObject
) -> None:
    """Take a place away: the seat is empty or the wrong person has a claim."""
    allocation = allocate(market)
    assume(allocation.places())
    robbed = data.draw(st.sampled_from(sorted(allocation.places())))
    outcomes = tuple(
        Outcome(each.applicant, None if each.applicant == robbed else each.place, each.refusals)
        for each in allocation.outcomes
    )
    with pytest.raises(UnsoundAllocation):
        check_stable(market, replace(allocation, outcomes=outcomes))


def test_the_check_names_the_rule_that_is_broken() -> None:
    market = precedence_market(Cohort.reserves_first("c", 4, [Block("w", 2)]))
    allocation = allocate(market)

    def with_place(applicant: str, place: Place | None) -> str:
        outcomes = tuple(
            replace(each, place=place) if each.applicant == applicant else each
            for each in allocation.outcomes
        )
        with pytest.raises(UnsoundAllocation) as refused:
            check_stable(market, replace(allocation, outcomes=outcomes))
        return refused.value.code

    assert with_place("p8", Place("c", 1, OPEN, False)) == "too-many-seated"
    assert with_place("p8", Place("d", 0, OPEN, False)) == "not-ranked"
    assert with_place("p1", Place("c", 2, OPEN, False)) == "no-such-seat"
    assert with_place("p4", Place("c", 0, "w", False)) == "released"
    assert with_place("p2", Place("c", 0, "w", True)) == "too-many-seated"
    assert with_place("p4", None) == "blocking-pair"
