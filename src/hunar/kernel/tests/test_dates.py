from datetime import date

import pytest

from hunar.kernel.dates import official_date, official_dates, official_period, ordinal

FRONT = [1, 2, 3, 4, 5, 7, 8, 11, 15, 20, 21, 27, 50, 70, 80, 100, 200, 1000, 2000, 2024, 2025]
BACK = [0, 6, 9, 10, 16, 19, 26, 29, 30, 40, 60, 90, 110, 1990, 2026, 2029, 2030, 1_000_000]


@pytest.mark.parametrize("number", FRONT)
def test_a_numeral_with_front_vowels_takes_nji(number: int):
    assert ordinal(number) == f"{number}-nji"


@pytest.mark.parametrize("number", BACK)
def test_a_numeral_with_back_vowels_takes_njy(number: int):
    assert ordinal(number) == f"{number}-njy"


def test_there_is_no_negative_ordinal():
    with pytest.raises(ValueError):
        ordinal(-1)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 12, 5), "2025-nji ýylyň 5-nji dekabry"),
        (date(2025, 11, 18), "2025-nji ýylyň 18-nji noýabry"),
        (date(2026, 4, 9), "2026-njy ýylyň 9-njy apreli"),
        (date(2030, 2, 10), "2030-njy ýylyň 10-njy fewraly"),
    ],
)
def test_a_turkmen_date_carries_ordinals_and_the_month_in_the_third_person(day, words):
    assert official_date(day, "tk") == words


def test_the_other_languages_have_their_own_form():
    assert official_dates(date(2025, 12, 5)) == {
        "tk": "2025-nji ýylyň 5-nji dekabry",
        "ru": "5 декабря 2025 года",
        "en": "5 December 2025",
    }
    assert official_period(date(2025, 12, 2), date(2025, 12, 5))["en"] == (
        "2 December 2025 – 5 December 2025"
    )
