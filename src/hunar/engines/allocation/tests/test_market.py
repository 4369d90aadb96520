"""Inputs: what is refused, and how numbers and records are kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hunar.engines.allocation import (
    Allocation,
    Answers,
    Applicant,
    Application,
    Block,
    Cohort,
    InvalidAnswers,
    InvalidMarket,
    KeptPlace,
    Market,
    Place,
    Reason,
    ReplayMismatch,
    allocate,
    from_json,
    market_after,
    reallocate,
    replay,
    to_json,
)

COHORT = Cohort.open_only("c", 1)
SEAT = Place("c", 0, "open", False)


def make_applicant(id: str = "a", score: str = "1", **fields: Any) -> Applicant:
    fields.setdefault("applications", (Application("c", Decimal(score)),))
    fields.setdefault("ticket", id)
    return Applicant(id=id, **fields)


@pytest.mark.parametrize(
    ("code", "market"),
    [
        ("duplicate-cohort", lambda: Market((COHORT, COHORT), ())),
        ("duplicate-applicant", lambda: Market((COHORT,), (make_applicant(), make_applicant()))),
        (
            "duplicate-ticket",
            lambda: Market(
                (COHORT,), (make_applicant(ticket="1"), make_applicant("b", ticket="1"))
            ),
        ),
        ("negative-seats", lambda: Market((Cohort.open_only("c", -1),), ())),
        ("too-many-reserved", lambda: Cohort.reserves_first("c", 1, [Block("w", 2)])),
        ("cap-below-one", lambda: Market((Cohort.open_only("c", 1, institution_cap=0),), ())),
        ("cap-below-one", lambda: Market((Cohort("c", (Block("w", 1, 0),)),), ())),
        (
            "group-named-open",
            lambda: Market((COHORT,), (make_applicant(groups=frozenset({"open"})),)),
        ),
        (
            "ranked-twice",
            lambda: Market(
                (COHORT,), (make_applicant(applications=(Application("c", Decimal(1)),) * 2),)
            ),
        ),
        ("unknown-cohort", lambda: Market((), (make_applicant(),))),
        (
            "unequal-tie-breaks",
            lambda: Market(
                (COHORT,),
                (
                    make_applicant(),
                    make_applicant(
                        "b", applications=(Application("c", Decimal(1), (Decimal(1),)),)
                    ),
                ),
            ),
        ),
        ("score-not-finite", lambda: Application("c", Decimal("NaN"))),
        ("score-not-finite", lambda: Application("c", Decimal(1), (Decimal("Infinity"),))),
        ("kept-not-ranked", lambda: Market((COHORT,), (), (KeptPlace("a", SEAT),))),
        (
            "duplicate-kept-place",
            lambda: Market((COHORT,), (make_applicant(),), (KeptPlace("a", SEAT),) * 2),
        ),
        (
            "kept-no-such-seat",
            lambda: Market(
                (COHORT,), (make_applicant(),), (KeptPlace("a", Place("c", 1, "open", False)),)
            ),
        ),
        (
            "kept-too-many",
            lambda: Market(
                (COHORT,),
                (make_applicant(), make_applicant("b")),
                (KeptPlace("a", SEAT), KeptPlace("b", SEAT)),
            ),
        ),
        (
            "kept-over-cap",
            lambda: Market(
                (Cohort.open_only("c", 2, institution_cap=1),),
                (make_applicant(institution="X"), make_applicant("b", institution="X")),
                (KeptPlace("a", SEAT), KeptPlace("b", SEAT)),
            ),
        ),
    ],
)
def test_contradictory_inputs_are_refused(code: str, market: Any) -> None:
    with pytest.raises(InvalidMarket) as refused:
        market()
    assert refused.value.code == code


def test_scores_are_compared_without_rounding() -> None:
    high, low = "80." + "0" * 40 + "2", "80." + "0" * 40 + "1"
    market = Market((COHORT,), (make_applicant("low", low), make_applicant("top", high)))
    assert allocate(market).cohorts[0].admitted == ("top",)


def test_tie_breaks_come_before_the_ticket_and_the_ticket_decides_last() -> None:
    def make(id: str, tie_break: int, ticket: str) -> Applicant:
        wish = Application("c", Decimal("2.50"), (Decimal(tie_break),))
        return make_applicant(id, applications=(wish,), ticket=ticket)

    market = Market((COHORT,), (make("x", 1, "00"), make("y", 2, "ff"), make("z", 2, "fe")))
    result = allocate(market).cohorts[0]
    assert (result.admitted, result.waiting) == (("z",), ("y", "x"))


def test_equal_scores_are_one_record() -> None:
    records = {
        to_json(Market((COHORT,), (make_applicant(score=score),)))
        for score in ("2.5", "2.50", "25E-1", "0.25E1")
    }
    assert records == {
        b'{"applicants":[{"applications":[{"cohort":"c","score":"2.5","tie_breaks":[]}],'
        b'"groups":[],"id":"a","institution":null,"ticket":"a"}],'
        b'"cohorts":[{"blocks":[{"institution_cap":null,"seats":1,"slot":"open"}],'
        b'"id":"c","institution_cap":null}],"kept":[]}'
    }


def test_reasons_are_given_for_every_cohort_of_the_list() -> None:
    closed, small, other = Cohort.open_only("closed", 0), Cohort.open_only("small", 1), COHORT
    wishes = tuple(Application(name, Decimal(1)) for name in ("closed", "small", "c"))
    winner = make_applicant("w", applications=(Application("small", Decimal(9)),))
    market = Market((closed, small, other), (make_applicant(applications=wishes), winner))
    allocation = allocate(market)
    assert allocation.reason("a", "closed") is Reason.NO_SEATS
    assert allocation.reason("a", "small") is Reason.BELOW_CUT_OFF
    assert allocation.reason("a", "c") is None
    assert allocation.reason("w", "c") is Reason.NOT_RANKED
    with pytest.raises(KeyError):
        allocation.reason("nobody", "c")


def test_an_institution_over_its_cap_waits_while_a_seat_is_empty() -> None:
    cohort = Cohort.open_only("c", 2, institution_cap=1)
    people = (make_applicant("a", "2", institution="X"), make_applicant("b", "1", institution="X"))
    allocation = allocate(Market((cohort,), people))
    assert allocation.cohorts[0].vacant == 1
    assert allocation.reason("b", "c") is Reason.INSTITUTION_CAP


def test_people_without_an_institution_are_not_capped() -> None:
    cohort = Cohort.open_only("c", 2, institution_cap=1)
    allocation = allocate(Market((cohort,), (make_applicant("a"), make_applicant("b"))))
    assert allocation.cohorts[0].admitted == ("a", "b")


def reserve_market() -> Market:
    cohort = Cohort.open_first("c", 2, [Block("w", 1)])
    return Market(
        (cohort,),
        (
            make_applicant("p1", "9"),
            make_applicant("p2", "8", groups=frozenset({"w"})),
            make_applicant("p3", "7"),
            make_applicant("p4", "6", groups=frozenset({"w"})),
        ),
    )


def test_a_freed_open_seat_goes_by_merit_and_a_freed_reserved_seat_to_the_group() -> None:
    market = reserve_market()
    first = allocate(market)
    assert {one: place.slot for one, place in first.places().items()} == {"p1": "open", "p2": "w"}
    kept = frozenset({"p2"})
    opened = reallocate(market, first, Answers(accepted=kept, withdrawn=frozenset({"p1"})))
    assert opened.cohorts[0].admitted == ("p2", "p3")
    freed = reallocate(
        market, first, Answers(accepted=frozenset({"p1"}), withdrawn=frozenset({"p2"}))
    )
    assert freed.cohorts[0].admitted == ("p1", "p4")


def test_whoever_accepted_a_place_no_longer_waits() -> None:
    cohorts = (Cohort.open_only("best", 1), COHORT)
    both = tuple(Application(name, Decimal(5)) for name in ("best", "c"))
    market = Market(
        cohorts,
        (
            make_applicant("a", applications=both),
            make_applicant("z", applications=(Application("best", Decimal(9)),)),
        ),
    )
    first = allocate(market)
    later = reallocate(
        market, first, Answers(accepted=frozenset({"a"}), withdrawn=frozenset({"z"}))
    )
    assert later.places()["a"].cohort == "c"
    assert later.reason("a", "best") is Reason.KEPT_PLACE
    assert later.cohorts[0].waiting == ()


@pytest.mark.parametrize(
    ("code", "answers"),
    [
        ("unknown-applicant", Answers(withdrawn=frozenset({"nobody"}))),
        ("answered-twice", Answers(frozenset({"p1"}), frozenset({"p1"}))),
        ("no-offer", Answers(declined=frozenset({"p3"}))),
    ],
)
def test_answers_without_an_offer_are_refused(code: str, answers: Answers) -> None:
    market = reserve_market()
    with pytest.raises(InvalidAnswers) as refused:
        reallocate(market, allocate(market), answers)
    assert refused.value.code == code


def test_an_accepted_place_cannot_be_declined_later() -> None:
    market = reserve_market()
    accepted = Answers(accepted=frozenset({"p1"}))
    later = market_after(market, allocate(market), accepted)
    with pytest.raises(InvalidAnswers) as refused:
        reallocate(later, allocate(later), Answers(declined=frozenset({"p1"})))
    assert refused.value.code == "already-accepted"


def test_a_changed_record_does_not_replay() -> None:
    market = reserve_market()
    record = to_json(allocate(market))
    with pytest.raises(ReplayMismatch) as refused:
        replay(to_json(market), record.replace(b'"p2"', b'"p9"'))
    assert refused.value.code == "other-result"
    with pytest.raises(ReplayMismatch) as refused:
        replay(to_json(market), record.replace(b"allocation-1", b"allocation-0"))
    assert refused.value.code == "other-rule"
    for text in (b"", b"{}", to_json(market)):
        with pytest.raises(ReplayMismatch) as refused:
            from_json(text, Allocation)
        assert refused.value.code == "unreadable"


def test_a_record_that_breaks_the_rules_of_a_market_is_refused() -> None:
    text = to_json(reserve_market()).replace(b'"ticket":"p2"', b'"ticket":"p1"')
    with pytest.raises(ReplayMismatch, match="ticket p1"):
        from_json(text, Market)
