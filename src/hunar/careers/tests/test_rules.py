from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.careers import rules
from hunar.careers.rules import (
    Attained,
    Certificate,
    CpdCredit,
    CpdRule,
    Evidence,
    ExamResult,
    Formula,
    Required,
    Service,
)

CLOSED = date(2026, 3, 31)
FORMULA = Formula(
    weights={
        "competencies": Decimal(40),
        "exams": Decimal(25),
        "certificates": Decimal(10),
        "cpd": Decimal(15),
        "years": Decimal(10),
    },
    tie_breaks=("exams", "years"),
    profile=(Required("C2", 3, True), Required("A1", 2)),
    courses=("DG-CYB", "DG-AI"),
    certificates_most=1,
    cpd=CpdRule("P1", 1200, 3, {"self-study": 300}),
    grade_from=4,
    years_most=2,
)


def attained(code: str, level: int) -> Attained:
    return Attained(code, level, "2025-12-05", "", "CRD-1")


def exam(course: str, marks: int) -> ExamResult:
    return ExamResult(course, f"ATT-{marks}", marks, 40, "2025-12-08")


def years_only(**since: str) -> dict[str, Evidence]:
    return {ref: Evidence(years=(Service(5, day, ""),)) for ref, day in since.items()}


YEARS = Formula(weights={"years": Decimal(100)}, years_most=10)


def test_each_component_is_measured_against_its_maximum():
    evidence = Evidence(
        competencies=(attained("C2", 2), attained("C2", 4), attained("A1", 1)),
        exams=(exam("DG-CYB", 20), exam("DG-CYB", 30), exam("OTHER", 40)),
        certificates=(
            Certificate("DG-CYB", "CRD-1", "2025-12-08", ""),
            Certificate("DG-AI", "CRD-2", "2025-12-08", ""),
        ),
        cpd=(
            CpdCredit("CPD-1", "self-study", 900, "2025-05-05"),
            CpdCredit("CPD-2", "cyber", 300, "2025-06-05"),
        ),
        years=(Service(5, "2025-03-31", ""), Service(3, "2010-01-01", "2025-03-30")),
    )
    got = rules.measure(FORMULA, evidence, closed=CLOSED)
    assert got["competencies"] == rules.Measure(Fraction(2 * 3 + 1), Fraction(2 * 3 + 2))
    assert got["exams"] == rules.Measure(Fraction(3, 4), Fraction(2))
    assert got["certificates"] == rules.Measure(Fraction(1), Fraction(1))
    assert got["cpd"] == rules.Measure(Fraction(600), Fraction(1200))
    assert got["years"] == rules.Measure(Fraction(12), Fraction(24))
    points = rules.score(FORMULA, evidence, closed=CLOSED).points
    exact = Fraction(40 * 7, 8) + Fraction(25 * 3, 8) + 10 + Fraction(15, 2) + 5
    assert Fraction(points) == Fraction("66.88")
    assert exact == Fraction("66.875")


def test_overlapping_posts_count_once():
    evidence = Evidence(
        years=(Service(5, "2025-01-01", "2025-12-31"), Service(6, "2025-07-01", "2025-12-31"))
    )
    assert rules.measure(YEARS, evidence, closed=CLOSED)["years"].got == 11


def test_equal_points_share_a_rank_and_the_next_is_left_out():
    places = rules.rank(
        YEARS,
        years_only(a="2020-03-31", b="2022-03-31", c="2022-03-31", d="2024-03-31"),
        closed=CLOSED,
    )
    assert [(each.ref, each.rank) for each in places] == [("a", 1), ("b", 2), ("c", 2), ("d", 4)]
    assert places[1].shares_with == ("c",)
    assert places[1].decided_by == ""
    assert places[0].to_json()["tie"] is None


def test_a_tie_break_orders_equal_points_and_is_recorded():
    formula = Formula(
        weights={"exams": Decimal(50), "years": Decimal(50)},
        tie_breaks=("exams",),
        courses=("DG-CYB",),
        years_most=10,
    )
    candidates = {
        "a": Evidence(years=(Service(5, "2016-03-31", ""),)),
        "b": Evidence(exams=(exam("DG-CYB", 40),)),
        "c": Evidence(exams=(exam("DG-CYB", 40),)),
    }
    places = {each.ref: each for each in rules.rank(formula, candidates, closed=CLOSED)}
    assert {ref: each.rank for ref, each in places.items()} == {"b": 1, "c": 1, "a": 3}
    assert places["a"].decided_by == "exams"
    assert places["a"].tied_with == ("b", "c")
    assert places["b"].shares_with == ("c",)


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        (Formula(weights={"years": Decimal(99)}), "weights-not-100"),
        (Formula(weights={"years": Decimal(101), "cpd": Decimal(-1)}), "weight-negative"),
        (Formula(weights={"charm": Decimal(100)}), "component-unknown"),
        (
            Formula(weights={"years": Decimal(100)}, tie_breaks=("years", "years")),
            "tie-break-twice",
        ),
        (
            Formula(weights={"years": Decimal(100)}, tie_breaks=("exams",)),
            "tie-break-without-weight",
        ),
        (Formula(weights={"exams": Decimal(100)}), "exams-nothing-to-measure"),
        (Formula(weights={"cpd": Decimal(100)}), "cpd-nothing-to-measure"),
    ],
)
def test_a_formula_that_cannot_rank_is_refused(formula: Formula, code: str):
    with pytest.raises(rules.Unsound, match=code):
        rules.check(formula)


def test_what_is_written_is_read_again():
    assert Formula.from_json(FORMULA.to_json()) == FORMULA
    evidence = Evidence(competencies=(attained("C2", 2),), exams=(exam("DG-AI", 7),))
    assert Evidence.from_json(evidence.to_json()) == evidence


def test_evidence_after_the_closing_is_named():
    evidence = Evidence(
        exams=(ExamResult("DG-AI", "ATT-9", 1, 2, "2026-04-01"),),
        certificates=(Certificate("DG-AI", "CRD-9", "2025-01-01", "2026-03-30"),),
        cpd=(CpdCredit("CPD-9", "cyber", 60, "2023-03-31"),),
    )
    assert rules.does_not_count(FORMULA, evidence, CLOSED) == ["ATT-9", "CRD-9", "CPD-9"]


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8),
)
def test_more_evidence_never_lowers_a_rank_and_ranks_count_those_ahead(marks):
    candidates = {
        f"c{number}": Evidence(exams=(exam("DG-CYB", one), exam("DG-AI", other)))
        for number, (one, other) in enumerate(marks)
    }
    formula = Formula(
        weights={"exams": Decimal(100)}, tie_breaks=("exams",), courses=("DG-CYB", "DG-AI")
    )
    places = rules.rank(formula, candidates, closed=CLOSED)
    ranks = {each.ref: each.rank for each in places}
    for each in places:
        better = sum(other.score.points > each.score.points for other in places)
        assert each.rank == 1 + better
    better_one = {**candidates, "c0": Evidence(exams=(exam("DG-CYB", 40), exam("DG-AI", 40)))}
    again = {each.ref: each.rank for each in rules.rank(formula, better_one, closed=CLOSED)}
    assert again["c0"] <= ranks["c0"]
