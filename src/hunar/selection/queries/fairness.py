"""How the stages of a call treated women and men, with the words that the numbers allow."""

from __future__ import annotations

from dataclasses import dataclass

from hunar.engines import fairness
from hunar.people.enums import Sex
from hunar.selection.models import Call, Nomination
from hunar.selection.queries.nominations import counting

STAGES = (("nominated", "eligible"), ("eligible", "chosen"), ("nominated", "chosen"))


@dataclass(frozen=True)
class StageComparison:
    """From one stage to a later one: women against men."""

    source: str
    target: str
    women: tuple[int, int]
    """Reached, of how many."""
    men: tuple[int, int]
    comparison: fairness.Comparison | None
    """None while one of the groups is empty."""


@dataclass(frozen=True)
class Fairness:
    """How many women and men reached each stage, and what can be said about it."""

    counts: dict[str, dict[str, int]]
    stages: list[StageComparison]


def fairness_of(call: Call) -> Fairness:
    """The stages of ``call`` by sex; two queries."""
    reached = _reached(call)
    counts = {
        stage: {sex: sum(each == sex for each in people) for sex in Sex.values}
        for stage, people in reached.items()
    }
    stages = [
        _compare(source, target, counts)
        for source, target in STAGES
        if source in counts and target in counts
    ]
    return Fairness(counts, stages)


def _reached(call: Call) -> dict[str, list[str]]:
    rows = [
        (each.state, each.facts.get("sex", ""), bool(each.places.all()))
        for each in counting(call).prefetch_related("places")
    ]
    reached = {"nominated": [sex for _, sex, _ in rows]}
    if call.state in (Call.State.CLOSED, Call.State.DECIDED):
        reached["eligible"] = [s for state, s, _ in rows if state != Nomination.State.INELIGIBLE]
    if call.state == Call.State.DECIDED:
        reached["chosen"] = [sex for _, sex, was_offered in rows if was_offered]
    return reached


def _compare(source: str, target: str, counts: dict[str, dict[str, int]]) -> StageComparison:
    women = (counts[target][Sex.FEMALE], counts[source][Sex.FEMALE])
    men = (counts[target][Sex.MALE], counts[source][Sex.MALE])
    comparison = None
    if women[1] and men[1]:
        comparison = fairness.compare(fairness.Count(*women), fairness.Count(*men))
    return StageComparison(source, target, women, men, comparison)
