import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.kernel.ids import ALPHABET, UnreadablePaperId, paper_id, read_paper_id

numbers = st.integers(min_value=1, max_value=31**6 - 1)


@given(numbers)
def test_an_id_is_read_back_however_it_is_typed(number: int):
    text = paper_id("NOM", number)
    for typed in (text, text.lower(), text.replace("-", ""), f" {text} "):
        assert read_paper_id(typed).number == number


@given(numbers, st.integers(0, 6), st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_found(number: int, place: int, wrong: str):
    text = paper_id("CRD", number).replace("-", "")
    position = 3 + place
    if text[position] == wrong:
        return
    with pytest.raises(UnreadablePaperId):
        read_paper_id(text[:position] + wrong + text[position + 1 :])


@given(numbers, st.integers(0, 4))
def test_every_swap_of_neighbours_is_found(number: int, place: int):
    text = paper_id("CRD", number).replace("-", "")
    position = 3 + place
    if text[position] == text[position + 1]:
        return
    swapped = text[:position] + text[position + 1] + text[position] + text[position + 2 :]
    with pytest.raises(UnreadablePaperId):
        read_paper_id(swapped)


KINDS = ["NOM", "CRD", "DOC", "APL", "ENR", "PER", "ATT", "CPD", "PLC", "CAL", "MRL", "REP"]


@pytest.mark.parametrize("kind", KINDS[1:])
def test_an_id_of_one_kind_is_not_taken_for_another(kind: str):
    with pytest.raises(UnreadablePaperId):
        read_paper_id(paper_id("NOM", 7).replace("NOM", kind))


def test_no_symbol_looks_like_another():
    assert not set("01ILO") & set(ALPHABET)
    assert len(set(ALPHABET)) == 31


@pytest.mark.parametrize("text", ["", "NOM", "NOM-000-0000", "NOM-XT6-GTY", "1OM-XT6-GTYK"])
def test_what_is_no_id_is_refused(text: str):
    with pytest.raises(UnreadablePaperId):
        read_paper_id(text)


def test_numbers_out_of_room_are_refused():
    with pytest.raises(ValueError):
        paper_id("NOM", 0)
