"""Policies by grade, older records, and a claim that waits for the officer today."""

from __future__ import annotations

import io
from datetime import date, timedelta

from hunar.cpd import services
from hunar.cpd.models import Policy, Record
from hunar.demo.stage import Stage

HOUR = 60
ADOPTED = date(2025, 1, 1)
# Code, grades, hours in three years, hours a year, least and most by category.
POLICIES = (
    ("cpd-1-4", 1, 4, 72, 16, {"cyber": 8}, {"self-study": 24}),
    ("cpd-5-7", 5, 7, 96, 24, {"cyber": 12, "ethics": 4}, {"self-study": 30}),
    ("cpd-8-10", 8, 10, 120, 32, {"cyber": 12, "ethics": 8}, {"self-study": 36, "teaching": 40}),
)
OLDER = (
    ("digital", 12, "Maglumatlaryň hili", "Качество данных", "Data quality"),
    ("ethics", 6, "Gulluk etikasy", "Служебная этика", "Ethics of service"),
    ("self-study", 10, "Özbaşdak okuw", "Самостоятельное обучение", "Self-study"),
    ("cyber", 8, "Howpsuz iş orny", "Безопасное рабочее место", "A safe workplace"),
)

# Days before today, category, hours.
LATELY = (
    (75, "digital", 10, "Açyk maglumatlar", "Открытые данные", "Open data"),
    (40, "cyber", 6, "Hadysalara taýýarlyk", "Готовность к инцидентам", "Ready for incidents"),
)


def load(stage: Stage) -> None:
    """Three policies, some two hundred older records, two claims."""
    officer = stage.cast["officer"]
    for code, low, high, hours, yearly, least, most in POLICIES:
        policy = Policy(
            code=code,
            title={
                "tk": f"{low}–{high} derejeler: 3 ýylda {hours} sagat",
                "ru": f"Категории {low}–{high}: {hours} часов за 3 года",
                "en": f"Grades {low}–{high}: {hours} hours in 3 years",
            },
            grade_from=low,
            grade_to=high,
            total_minutes=hours * HOUR,
            annual_minutes=yearly * HOUR,
            category_minutes={name: value * HOUR for name, value in least.items()},
            category_caps={name: value * HOUR for name, value in most.items()},
            carry_over_minutes=8 * HOUR,
            valid_from=ADOPTED,
        )
        services.adopt_policy(policy, by=officer, at=stage.at(ADOPTED))
    _older_records(stage)
    _claims(stage)


def _older_records(stage: Stage) -> None:
    people = [e.person for e in stage.random.sample(stage.staff, min(len(stage.staff), 90))]
    learner = stage.cast["learner"]
    for person in [learner, *(person for person in people if person != learner)]:
        count = len(OLDER) if person == learner else stage.random.randint(1, 3)
        for number, (category, hours, tk, ru, en) in enumerate(stage.random.sample(OLDER, count)):
            day = ADOPTED + timedelta(days=40 + 70 * number + stage.random.randint(0, 50))
            services.credit(
                person,
                title={"tk": tk, "ru": ru, "en": en},
                category=category,
                minutes=hours * HOUR,
                started_date=day,
                ended_date=day,
                source_ref=f"{category}-{day:%Y%m%d}",
                at=stage.at(day, 17),
            )
    _lately(stage)


def _lately(stage: Stage) -> None:
    """What the learner did this year."""
    for days, category, hours, tk, ru, en in LATELY:
        day = stage.today - timedelta(days=days)
        services.credit(
            stage.cast["learner"],
            title={"tk": tk, "ru": ru, "en": en},
            category=category,
            minutes=hours * HOUR,
            started_date=day,
            ended_date=day,
            source_ref=f"{category}-{day:%Y%m%d}",
            at=stage.at(day, 17),
        )


def _claims(stage: Stage) -> None:
    for key, days, hours in (("learner", 6, 6), ("trainer", 3, 4)):
        day = stage.today - timedelta(days=days)
        record = services.claim(
            by=stage.cast[key],
            title="Sanly hyzmatlar boýunça maslahat",
            category="digital",
            provider="Telekommunikasiýalar we informatika uniwersiteti",
            minutes=hours * HOUR,
            started_date=day,
            ended_date=day,
            evidence=io.BytesIO(b"%PDF-1.4\n% invented letter of the demo academy\n%%EOF\n"),
            at=stage.at(day + timedelta(days=1), 10),
        )
        assert record.state == Record.State.CLAIMED
