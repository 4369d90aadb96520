from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.exams import rules
from hunar.exams.errors import BankTooSmall, BlueprintMalformed
from hunar.exams.rules import KeyLine, StockItem

STOCK = [
    StockItem(f"I{number:02d}", module, bloom, use)
    for number, (module, bloom, use) in enumerate(
        [
            (m, b, "scored")
            for m in ("M1", "M2", "M10")
            for b in ("remember", "apply")
            for _ in range(3)
        ]
        + [("M1", "apply", "pilot"), ("M2", "apply", "pilot")]
    )
]
PRINT = {"M10": {"apply": 1}, "M1": {"remember": 2, "apply": 1}, "M2": {"apply": 3}}


def line(position: int, *, key: object = "b", kind: str = "single", use: str = "scored") -> KeyLine:
    return KeyLine(
        position,
        f"I{position}/1",
        "0" * 64,
        f"M{position % 2}",
        f"M{position % 2}.1",
        kind,
        use,
        key,
    )


def test_choose_items_fulfils_every_cell_and_adds_the_pilots() -> None:
    chosen = rules.choose_items(PRINT, STOCK, seed="A", pilots=2)
    scored = [item for item in chosen if item.use == "scored"]
    assert len(scored) == rules.size(PRINT) == 7
    assert len(chosen) == 9
    for module, levels in PRINT.items():
        for bloom, wanted in levels.items():
            assert len([i for i in scored if (i.module, i.bloom) == (module, bloom)]) == wanted


def test_modules_stand_together_in_their_order() -> None:
    chosen = rules.choose_items(PRINT, STOCK, seed="A")
    assert [item.module for item in chosen] == sorted(
        (item.module for item in chosen), key=rules.module_order
    )


@given(st.permutations(STOCK), st.permutations(list(PRINT)))
def test_the_choice_does_not_depend_on_the_order_of_bank_or_blueprint(
    stock: list[StockItem], modules: list[str]
) -> None:
    shuffled = {module: PRINT[module] for module in modules}
    assert rules.choose_items(shuffled, stock, seed="A") == rules.choose_items(
        PRINT, STOCK, seed="A"
    )


def test_another_seed_gives_another_form() -> None:
    forms = {
        tuple(item.code for item in rules.choose_items(PRINT, STOCK, seed=seed))
        for seed in "ABCDEF"
    }
    assert len(forms) > 1


def test_the_least_used_items_come_first() -> None:
    stock = [
        StockItem("X1", "M1", "apply", "scored", uses=2),
        StockItem("X2", "M1", "apply", "scored", uses=0),
        StockItem("X3", "M1", "apply", "scored", uses=1),
    ]
    chosen = rules.choose_items({"M1": {"apply": 2}}, stock, seed="A")
    assert {item.code for item in chosen} == {"X2", "X3"}


def test_choose_items_names_the_cells_that_lack_items() -> None:
    with pytest.raises(BankTooSmall) as caught:
        rules.choose_items({"M1": {"apply": 4, "remember": 1}}, STOCK, seed="A")
    assert "M1 apply 3/4" in str(caught.value.details)


@pytest.mark.parametrize(
    "blueprint", [{"M9": {"apply": 1}}, {"M1": {"dance": 1}}, {"M1": {"apply": -1}}, {"M1": {}}, {}]
)
def test_check_blueprint_refuses(blueprint: dict[str, dict[str, int]]) -> None:
    with pytest.raises(BlueprintMalformed):
        rules.check_blueprint(blueprint, modules=["M1"])


@pytest.mark.parametrize(
    ("response", "marks"),
    [
        ("20.88", 1), ("20,88", 1), (" 20,89 ", 1), ("20.87", 1), ("20.895", 0), ("20.86", 0),
        ("", 0), ("abc", 0), ("1e9", 0), ("NaN", 0), ("-20.88", 0), ("20.88.1", 0), ("∞", 0),
    ],
)  # fmt: skip
def test_a_number_counts_within_its_tolerance(response: str, marks: int) -> None:
    assert rules.mark("numeric", {"value": "20.88", "tolerance": "0.01"}, response) == marks


@given(st.text(max_size=40))
def test_no_text_breaks_the_marking(response: str) -> None:
    assert rules.mark("numeric", {"value": "1", "tolerance": "0"}, response) in (0, 1)
    assert rules.mark("single", "b", response) in (0, 1)


def test_score_counts_scored_items_only() -> None:
    lines = [line(1), line(2), line(3, use="pilot")]
    score = rules.score(lines, {1: "b", 3: "b"}, cut_score=Decimal("50"))
    assert (score.marks, score.marks_max, score.percent) == (1, 2, Decimal("50.00"))
    assert score.is_passed
    assert score.marks_by_position == {1: 1, 2: 0, 3: 1}
    assert [(part.code, part.marks, part.marks_max) for part in score.modules] == [
        ("M0", 0, 1),
        ("M1", 1, 1),
    ]


def test_the_cut_score_is_compared_exactly() -> None:
    lines = [line(position) for position in range(1, 4)]
    two_thirds = {1: "b", 2: "b"}
    assert rules.score(lines, two_thirds, cut_score=Decimal("66.66")).is_passed
    assert not rules.score(lines, two_thirds, cut_score=Decimal("66.67")).is_passed


@given(st.dictionaries(st.integers(1, 8), st.sampled_from(["a", "b", ""]), max_size=8))
def test_parts_add_up_to_the_whole(responses: dict[int, str]) -> None:
    lines = [line(position) for position in range(1, 9)]
    score = rules.score(lines, responses, cut_score=Decimal(60))
    for parts in (score.modules, score.objectives):
        assert sum(part.marks for part in parts) == score.marks
        assert sum(part.marks_max for part in parts) == score.marks_max


@given(
    st.dictionaries(st.text("123456789", min_size=1, max_size=2), st.text(max_size=5)), st.text()
)
def test_the_digest_of_answers_depends_on_answers_and_salt(
    answers: dict[str, str], salt: str
) -> None:
    digest = rules.answers_digest(answers, salt=salt)
    assert digest != rules.answers_digest({**answers, "99": "b"}, salt=salt)
    assert digest != rules.answers_digest(answers, salt=salt + "0")
