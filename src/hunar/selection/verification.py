"""What ``hunar verify`` checks in a selection protocol: everything is decided once more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hunar.engines import allocation
from hunar.kernel import verification
from hunar.kernel.signing import digest
from hunar.kernel.verification import Check
from hunar.selection import rules

KIND = "hunar/selection-protocol/1"
MOST_NAMED = 10


def register() -> None:
    """Let ``hunar verify`` replay protocols."""
    verification.register(KIND, check_protocol)


def check_protocol(document: Mapping[str, Any]) -> Iterable[Check]:
    """Replay the decision from the protocol alone and name every part that differs."""
    try:
        yield _rules_check(document)
        yield _list_check(document)
        yield _seed_check(document)
        yield from _replay_checks(document)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        yield Check("readable", False, f"The protocol cannot be replayed: {error!r}.")


def _rules_check(document: Mapping[str, Any]) -> Check:
    holds = digest(document["rules"]) == document["rules_sha256"]
    sentence = (
        "The rules are those that were frozen when the call was published."
        if holds
        else "The rules differ from those that were frozen when the call was published."
    )
    return Check("frozen rules", holds, sentence)


def _list_check(document: Mapping[str, Any]) -> Check:
    refs = [each["ref"] for each in document["nominations"]]
    holds = rules.list_root(refs) == document["lottery"]["list_root"] and len(set(refs)) == len(
        refs
    )
    sentence = (
        f"The list holds the {len(refs)} nominations that were fixed at closing."
        if holds
        else "The list of nominations differs from the one that was fixed at closing."
    )
    return Check("list of nominations", holds, sentence)


def _seed_check(document: Mapping[str, Any]) -> Check:
    lottery = document["lottery"]
    try:
        opened = {party: bytes.fromhex(value) for party, value in lottery["reveals"].items()}
        allocation.beacon_from(lottery["commitments"], opened)
    except (allocation.InvalidDraw, ValueError) as error:
        return Check("lottery seed", False, f"The seed of the lottery does not fit: {error}")
    return Check("lottery seed", True, "The seed of the lottery is the one committed to.")


def _replay_checks(document: Mapping[str, Any]) -> Iterator[Check]:
    recomputed = rules.results(document["rules"], document["nominations"], document["lottery"])
    recorded = document["results"]
    for part in ("eligibility", "points", "ranking", "allocation"):
        differences = list(_differences(recorded.get(part), recomputed[part], part))
        yield Check(part, not differences, _sentence(part, differences))
    market = rules.market_of_protocol(document)
    try:
        outcome = rules.read_allocation(recorded["allocation"])
        allocation.check_feasible(market, outcome)
    except allocation.AllocationError as error:
        yield Check("seats and limits", False, f"Seats or limits are broken: {error}")
    else:
        yield Check("seats and limits", True, "Every seat, reserve and limit is respected.")


def _sentence(part: str, differences: list[str]) -> str:
    if not differences:
        return f"{part}: computed again from the inputs, with the same result."
    more = len(differences) - MOST_NAMED
    named = "; ".join(differences[:MOST_NAMED]) + (f"; and {more} more" if more > 0 else "")
    return f"{part} differs from what the inputs lead to: {named}."


def _differences(recorded: Any, computed: Any, path: str) -> Iterator[str]:
    if isinstance(recorded, Mapping) and isinstance(computed, Mapping):
        for key in sorted({*recorded, *computed}):
            yield from _differences(recorded.get(key), computed.get(key), f"{path}.{key}")
    elif isinstance(recorded, list) and isinstance(computed, list):
        if len(recorded) != len(computed):
            yield f"{path} has {len(recorded)} entries instead of {len(computed)}"
        for number, (one, other) in enumerate(zip(recorded, computed, strict=False)):
            yield from _differences(one, other, f"{path}[{_label(computed, number)}]")
    elif recorded != computed:
        yield f"{path} is {recorded} instead of {computed}"


def _label(rows: list[Any], number: int) -> str:
    row = rows[number]
    if isinstance(row, Mapping):
        for name in ("ref", "applicant", "cohort", "slot", "code"):
            if isinstance(row.get(name), str):
                return str(row[name])
    return str(number)
