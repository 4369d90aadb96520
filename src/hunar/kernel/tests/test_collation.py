import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunar.kernel.collation import TURKMEN_ALPHABET, search_key, sort_key

# The order of the Turkmen alphabet, as the academy's lists have it.
IN_ORDER = [
    "Annaýew", "Baýramow", "Çaryýew", "Döwletow", "Ezizow", "Ärsaryýew", "Jumaýew", "Žumaýew",
    "Keriýew", "Nuryýew", "Ňazarow", "Orazow", "Öwezow", "Saparow", "Şyhyýew", "Ussaýew",
    "Ünjüýew", "Ýazmyradowa", "Zäkirow",
]  # fmt: skip


def test_names_stand_in_turkmen_order():
    mixed = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(mixed, key=sort_key) == IN_ORDER
    assert sorted(mixed) != IN_ORDER


def test_a_shorter_family_name_stands_before_a_longer_one_whatever_the_given_name():
    assert sort_key("Ataýew", "Şyhy") < sort_key("Ataýewa", "Aman")


@given(st.text(max_size=30))
def test_a_sort_key_is_plain_letters_so_that_every_database_orders_it_alike(text: str):
    assert set(sort_key(text)) <= set("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("dowlet", "Döwletow"),
        ("Довлет", "Döwletow"),
        ("Yazmyradowa", "Ýazmyradowa"),
        ("shyhy", "Şyhyýew"),
        ("Шыхы", "Şyhyýew"),
        ("zhuma", "Žumaýew"),
        ("charyyew", "Çaryýew"),
        ("Nazarov", "Ňazarow"),
        ("hunarini", "hünärini"),
    ],
)
def test_search_forgives_marks_and_alphabets(wish: str, name: str):
    assert search_key(wish) in search_key(name)


def test_search_tells_different_names_apart():
    assert search_key("Annaýew") not in search_key("Baýramow")


@given(st.text(alphabet=TURKMEN_ALPHABET + " -", max_size=30))
def test_search_does_not_mind_the_case(text: str):
    assert search_key(text.upper()) == search_key(text)
