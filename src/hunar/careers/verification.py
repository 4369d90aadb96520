"""What ``hunar verify`` checks in a merit list: everything is measured and ranked once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hunar.careers import rules
from hunar.kernel import verification
from hunar.kernel.signing import digest
from hunar.kernel.verification import Check

KIND = "hunar/merit-list/1"
MOST_NAMED = 10


def register() -> None:
    """Let ``hunar verify`` replay merit lists."""
    verification.register(KIND, check_merit_list)


def check_merit_list(document: Mapping[str, Any]) -> Iterable[Check]:
    """Replay the ranking from the document alone and name every difference."""
    try:
        yield _formula_check(document)
        formula = rules.Formula.from_json(document["formula"])
        closed = date.fromisoformat(document["closed"]["date"])
        evidence = {
            row["ref"]: rules.Evidence.from_json(row["evidence"]) for row in document["candidates"]
        }
        yield _candidates_check(document, evidence)
        yield _moment_check(formula, evidence, closed)
        places = rules.rank(formula, evidence, closed=closed)
        computed = {each.ref: each.to_json() for each in places}
        recorded = {row["ref"]: row for row in document["results"]}
        for part in ("components", "points", "rank", "tie"):
            yield _part_check(part, recorded, computed)
        yield _order_check(document, [each.ref for each in places])
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        yield Check("readable", False, f"The list cannot be replayed: {error!r}.")


def _formula_check(document: Mapping[str, Any]) -> Check:
    holds = digest(document["formula"]) == document["formula_sha256"]
    if holds:
        rules.check(rules.Formula.from_json(document["formula"]))
    return Check(
        "frozen formula",
        holds,
        "The formula is the one that was frozen when the competition was published."
        if holds
        else "The formula differs from the one that was frozen at publication.",
    )


def _candidates_check(document: Mapping[str, Any], evidence: Mapping[str, rules.Evidence]) -> Check:
    candidates = [row["ref"] for row in document["candidates"]]
    results = [row["ref"] for row in document["results"]]
    holds = len(evidence) == len(candidates) and sorted(candidates) == sorted(results)
    return Check(
        "candidates",
        holds,
        f"Each of the {len(candidates)} candidates is measured and placed once."
        if holds
        else "The candidates and the places are not the same.",
    )


def _moment_check(
    formula: rules.Formula, evidence: Mapping[str, rules.Evidence], closed: date
) -> Check:
    wrong = [
        f"{ref}: {source}"
        for ref, each in sorted(evidence.items())
        for source in rules.does_not_count(formula, each, closed)
    ]
    return Check(
        "moment of closing",
        not wrong,
        "All evidence was there and valid at the closing."
        if not wrong
        else f"Evidence that did not count at the closing: {_named(wrong)}.",
    )


def _part_check(part: str, recorded: Mapping[str, Any], computed: Mapping[str, Any]) -> Check:
    wrong = [
        difference
        for ref in sorted(computed)
        for difference in _differences(
            recorded[ref].get(part), computed[ref][part], f"{ref} {part}"
        )
    ]
    return Check(
        part,
        not wrong,
        f"{part}: computed again from the evidence, with the same result."
        if not wrong
        else f"{part} differs from what the evidence leads to: {_named(wrong)}.",
    )


def _order_check(document: Mapping[str, Any], computed: list[str]) -> Check:
    holds = [row["ref"] for row in document["results"]] == computed
    return Check(
        "order",
        holds,
        "The list stands in the order of the ranks." if holds else "The order of the list differs.",
    )


def _differences(recorded: Any, computed: Any, path: str) -> Iterator[str]:
    if isinstance(recorded, Mapping) and isinstance(computed, Mapping):
        for key in sorted({*recorded, *computed}):
            yield from _differences(recorded.get(key), computed.get(key), f"{path}.{key}")
    elif recorded != computed:
        yield f"{path} is {recorded} instead of {computed}"


def _named(wrong: list[str]) -> str:
    more = len(wrong) - MOST_NAMED
    return "; ".join(wrong[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
