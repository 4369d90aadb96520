from __future__ import annotations

from datetime import datetime
from typing import Any

from hunar.evaluation import queries as evaluation
from hunar.kernel.calendar import ASHGABAT
from hunar.people import queries as people
from hunar.people.enums import Role
from hunar.people.models import Person

HEADLINES = ("trained-persons", "trained-attendances", "women-completed", "certified-persons")
"""Indicators that are read from one source, places in cohorts."""


def content(person: Person, *, at: datetime) -> dict[str, Any] | None:
    """The headline indicators of the newest programme."""
    if not people.has_role(person, Role.ME_OFFICER):
        return None
    programme = evaluation.programmes().first()
    if programme is None:
        return None
    since, until = evaluation.whole_period(programme, on=at.astimezone(ASHGABAT).date())
    scope = evaluation.Scope(programme=programme, since=since, until=until)
    facts = evaluation.load(scope, sources={"places"})
    indicators = [each for code in HEADLINES if (each := evaluation.definition(code))]
    shown = evaluation.framework(facts, audience="internal", indicators=indicators)
    return {"programme": programme, "figures": shown.figures}
