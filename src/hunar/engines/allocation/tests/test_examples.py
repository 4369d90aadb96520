"""Examples from papers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hunar.engines.allocation import (
    OPEN,
    Block,
    Cohort,
    Market,
    Reason,
    allocate,
    blocking_pairs,
    check_stable,
    deferred_acceptance,
)
from hunar.engines.allocation.tests.markets import market_from, placed, stable_allocations

REFDATA = Path(__file__).parents[5].parent / "shared" / "refdata" / "matching"
needs_refdata = pytest.mark.skipif(not REFDATA.exists(), reason=f"needs {REFDATA}")

PEOPLE = [f"p{n}" for n in range(1, 9)]
GROUP_W = {person: ["w"] for person in ("p1", "p3", "p6", "p7")}


def examples() -> dict[str, Any]:
    if not REFDATA.exists():
        return {}
    loaded: dict[str, Any] = json.loads((REFDATA / "school_choice_examples.json").read_text())
    return loaded


def cohort_of(example: dict[str, Any], name: str) -> Cohort:
    seats = example["capacity"][name]
    if "slots" in example:
        return Cohort(name, tuple(Block(slot or OPEN, 1) for slot in example["slots"][name]))
    reserved = example.get("reserve", {}).get(name, 0)
    return Cohort.reserves_first(name, seats, [Block("minority", reserved)])


@needs_refdata
@pytest.mark.parametrize("name", examples())
def test_published_school_choice_examples(name: str) -> None:
    example = examples()[name]
    market = market_from(
        example["prefs"],
        example["priorities"],
        [cohort_of(example, cohort) for cohort in example["capacity"]],
        example.get("groups"),
    )
    results = ("DA_student_optimal", "result", "minority_reserve_result")
    expected = next(example[key] for key in results if key in example)
    allocation = allocate(market)
    assert placed(allocation) == expected
    check_stable(market, allocation)


def test_example_2_of_gale_and_shapley_1962() -> None:
    market = market_from(
        {"a": "ABCD", "b": "ADCB", "c": "BACD", "d": "DBCA"},
        {"A": "dcab", "B": "bdac", "C": "dabc", "D": "cbad"},
        [Cohort.open_only(name, 1) for name in "ABCD"],
    )
    assert placed(allocate(market)) == {"a": "C", "b": "D", "c": "A", "d": "B"}


def test_example_1_of_abdulkadiroglu_and_soenmez_2003() -> None:
    market = market_from(
        {"i1": ["s2", "s1", "s3"], "i2": ["s1", "s2", "s3"], "i3": ["s1", "s2", "s3"]},
        {"s1": ["i1", "i3", "i2"], "s2": ["i2", "i1", "i3"], "s3": ["i2", "i1", "i3"]},
        [Cohort.open_only(name, 1) for name in ("s1", "s2", "s3")],
    )
    only = {"i1": "s1", "i2": "s2", "i3": "s3"}
    assert placed(allocate(market)) == only
    assert stable_allocations(market) == [only]


def precedence_market(cohort: Cohort) -> Market:
    return market_from({person: ["c"] for person in PEOPLE}, {"c": PEOPLE}, [cohort], GROUP_W)


def test_reserves_first_admits_another_person_than_open_first() -> None:
    """Dur, Kominers, Pathak and Sönmez 2018: the same reserve, another precedence order."""
    reserve = [Block("w", 2)]
    first = allocate(precedence_market(Cohort.reserves_first("c", 4, reserve)))
    last = allocate(precedence_market(Cohort.open_first("c", 4, reserve)))
    assert first.cohorts[0].admitted == ("p1", "p2", "p3", "p4")
    assert last.cohorts[0].admitted == ("p1", "p2", "p3", "p6")


def test_seats_cut_offs_and_waiting_list_of_the_precedence_example() -> None:
    result = allocate(precedence_market(Cohort.open_first("c", 4, [Block("w", 2)]))).cohorts[0]
    assert [(cut.slot, cut.seats, cut.filled, cut.released) for cut in result.cut_offs] == [
        ("open", 2, 2, 0),
        ("w", 2, 2, 0),
    ]
    assert [cut.ticket for cut in result.cut_offs] == ["p2", "p6"]
    assert result.waiting == ("p4", "p5", "p7", "p8")


def test_a_reserve_is_released_when_no_member_is_left() -> None:
    market = precedence_market(Cohort.reserves_first("c", 7, [Block("w", 6)]))
    allocation = allocate(market)
    seats = {person: place.released for person, place in allocation.places().items()}
    assert [person for person, released in seats.items() if released] == ["p2", "p4"]
    assert allocation.cohorts[0].cut_offs[0].released == 2
    assert allocation.reason("p8", "c") is Reason.BELOW_CUT_OFF


def test_recalling_repairs_a_refusal_that_came_too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the first round b blocks a under the cap; when d arrives, a is the better choice."""
    market = market_from(
        {"a": ["c"], "b": ["c"], "d": ["e", "c"], "f": ["e"]},
        {"c": ["a", "d", "b"], "e": ["f", "d"]},
        [
            Cohort.reserves_first("c", 2, [Block("w", 1)], institution_cap=1),
            Cohort.open_only("e", 1),
        ],
        {"b": ["w"], "d": ["w"]},
    )
    market = with_institutions(market, {"a": "X", "b": "X", "d": "Y", "f": "Y"})
    allocation = allocate(market)
    assert placed(allocation) == {"a": "c", "b": None, "d": "c", "f": "e"}
    check_stable(market, allocation)
    assert allocation.reason("b", "c") is Reason.BELOW_CUT_OFF
    monkeypatch.setattr(deferred_acceptance, "MAX_RECALLS", 0)
    unrepaired = allocate(market)
    assert placed(unrepaired) == {"a": None, "b": "c", "d": "c", "f": "e"}
    assert unrepaired.reason("a", "c") is Reason.CAP_AND_RESERVE


def without_stable_allocation() -> Market:
    market = market_from(
        {"a": ["c", "e"], "b": ["e", "c"], "d": ["c", "e"]},
        {"c": ["b", "a", "d"], "e": ["a", "b", "d"]},
        [
            Cohort.reserves_first("c", 2, [Block("w", 1)], institution_cap=1),
            Cohort.open_only("e", 1),
        ],
        {"b": ["w"], "d": ["w"]},
    )
    return with_institutions(market, {"a": "X", "b": "Y", "d": "X"})


def test_a_cap_across_reserves_can_leave_no_stable_allocation() -> None:
    market = without_stable_allocation()
    assert stable_allocations(market) == []
    allocation = allocate(market)
    conflicts = [
        (outcome.applicant, refusal.cohort)
        for outcome in allocation.outcomes
        for refusal in outcome.refusals
        if refusal.reason is Reason.CAP_AND_RESERVE
    ]
    assert conflicts == [(p.applicant, p.cohort) for p in blocking_pairs(market, allocation)] != []


def test_the_same_market_with_a_cap_on_each_block_is_stable() -> None:
    market = without_stable_allocation()
    blocks = (Block("w", 1, institution_cap=1), Block(OPEN, 1, institution_cap=1))
    market = Market((Cohort("c", blocks), market.cohorts[1]), market.applicants)
    check_stable(market, allocate(market))


def with_institutions(market: Market, institutions: dict[str, str]) -> Market:
    return replace(
        market,
        applicants=tuple(
            replace(person, institution=institutions[person.id]) for person in market.applicants
        ),
    )
