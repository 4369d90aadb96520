from decimal import Decimal

from hunar.kernel.hours import UnitMinutes, in_units
from hunar.kernel.names import Name, passport_form
from hunar.kernel.text import in_language, missing_languages


def test_a_name_without_patronymic_reads_well():
    name = Name("Annaýewa", "Gözel")
    assert (name.full, name.short, name.address) == ("Annaýewa Gözel", "Annaýewa G.", "Gözel")


def test_a_name_with_patronymic_reads_well():
    name = Name("Annaýewa", "Gözel", "Baýramowna")
    assert name.short == "Annaýewa G. B."
    assert name.address == "Gözel Baýramowna"
    assert name.initials == "AG"


def test_the_passport_form_follows_icao():
    assert passport_form("Öwezowa Şemşat-Ýäz") == "OEWEZOWA SEMSAT-YAEZ"


def test_a_course_of_24_hours_has_32_academic_hours():
    assert in_units(1440, UnitMinutes.HOUR) == Decimal("24.0")
    assert in_units(1440, UnitMinutes.ACADEMIC_HOUR) == Decimal("32.0")
    assert in_units(2400, UnitMinutes.ECTS, places=2) == Decimal("1.33")


def test_units_round_half_up():
    assert in_units(75, UnitMinutes.HOUR) == Decimal("1.3")


def test_text_falls_back_in_a_fixed_order():
    text = {"ru": "курс", "en": "course"}
    assert in_language(text, "tk") == "курс"
    assert in_language(text, "en") == "course"
    assert missing_languages(text) == ["tk"]
