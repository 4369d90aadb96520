"""``hunar verify`` replays a CPD statement: the same rule over the records it lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hunar.cpd import rules
from hunar.kernel.verification import Check, register

KIND = "hunar/cpd-statement/1"


def check_statement(document: Mapping[str, Any]) -> Iterator[Check]:
    """The balance is computed again from the listed records and the policy."""
    refs = [record["ref"] for record in document["records"]]
    yield Check("records", len(refs) == len(set(refs)), f"{len(refs)} records, each listed once")
    policy = document["policy"]
    if policy is None:
        yield Check(
            "balance", document["balance"] is None, "no policy applies, no balance is claimed"
        )
        return
    terms = rules.Terms(**{**policy, "starts": date.fromisoformat(policy["starts"])})
    activities = [
        rules.Activity(r["ref"], r["category"], r["minutes"], date.fromisoformat(r["ended"]))
        for r in document["records"]
    ]
    again = rules.balance_facts(
        rules.balance(terms, activities, on=date.fromisoformat(document["on"]))
    )
    stated = document["balance"]
    different = sorted(name for name in again if again[name] != stated.get(name))
    sentence = f"differs in: {', '.join(different)}" if different else "computed again, the same"
    yield Check("balance", not different and set(stated) == set(again), sentence)


def register_checks() -> None:
    register(KIND, check_statement)
