from datetime import date

import pytest

from hunar.kernel import queries, services
from hunar.kernel.models import CalendarDay

pytestmark = pytest.mark.django_db


def test_holidays_are_proposed_in_three_languages_and_marked_when_estimated():
    services.propose_holidays(years=[2025, 2027])
    day = CalendarDay.objects.get(date=date(2025, 12, 12))
    assert day.title["tk"] == "Halkara Bitaraplyk güni"
    assert set(day.title) == {"tk", "ru", "en"}
    assert CalendarDay.objects.filter(date__year=2027, is_estimated=True).exists()


def test_proposing_again_leaves_what_an_officer_entered():
    services.set_calendar_day(
        day=date(2026, 5, 27),
        kind=CalendarDay.Kind.HOLIDAY,
        title={"tk": "Gurban baýramy"},
        order_number="12",
    )
    services.propose_holidays(years=[2026])
    assert CalendarDay.objects.get(date=date(2026, 5, 27)).order_number == "12"


def test_the_calendar_of_the_database_counts_terms():
    services.propose_holidays(years=[2025, 2026])
    calendar = queries.working_calendar()
    assert calendar.after(date(2025, 12, 8), 5) == date(2025, 12, 17)


def test_a_choice_is_kept():
    services.choose("academy.language", "ru")
    services.choose("academy.language", "tk")
    assert queries.setting("academy.language") == "tk"
    assert queries.setting("unknown", 7) == 7
