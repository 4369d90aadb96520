"""What the programme promised, and its reports on 2025: one for the donor, one for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hunar.demo.stage import Stage
from hunar.evaluation import services

SET = date(2025, 11, 14)
DUE = date(2025, 12, 31)
# Indicator, baseline of 2024, target.
TARGETS = (
    ("attendances", 0, 120),
    ("trained-attendances", 0, 110),
    ("trained-persons", 0, 105),
    ("certified-persons", 0, 60),
    ("person-days", 0, 360),
    ("national-trainers", 0, 3),
    ("lessons-turkmen", 0, 100),
    ("exam-pass-rate", 0, 80),
    ("women-nominated", 0, 40),
    ("women-chosen", 0, 40),
    ("women-completed", 0, 40),
    ("women-certified", 0, 40),
    ("obligations-fulfilled", 0, 75),
    ("advice-in-time", 0, 90),
)


def load(stage: Stage) -> None:
    """Targets of the results framework; an internal and a public report on 2025."""
    programme, officer = stage.programme, stage.cast["me"]
    assert programme is not None
    for indicator, baseline, value in TARGETS:
        services.set_target(
            programme,
            indicator=indicator,
            baseline=Decimal(baseline),
            baseline_year=2024,
            value=Decimal(value),
            due_date=DUE,
            by=officer,
            at=stage.at(SET, 12),
        )
    until = min(date(2025, 12, 31), stage.today - timedelta(days=2))
    released = min(date(2026, 1, 20), stage.today - timedelta(days=1))
    for hour, audience in ((10, "internal"), (11, "public")):
        services.release(
            programme,
            audience=audience,
            since=date(2025, 1, 1),
            until=until,
            by=officer,
            at=stage.at(released, hour),
        )
    stage.say(f"evaluation: {len(TARGETS)} targets, 2 reports")
