"""What the protocol says of each nomination: for her page, in her own terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def results_by_nomination(protocol: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """By ref: points per cohort and criterion, rank, cut-off, reason and place.

    Everyone whose points were computed is in the answer.
    """
    results = protocol["results"]
    outcomes = {each["applicant"]: each for each in results["allocation"]["outcomes"]}
    cut_offs = {each["cohort"]: _cut_off(each) for each in results["allocation"]["cohorts"]}
    positions = {
        (cohort, row["ref"]): (position, row, len(rows))
        for cohort, rows in results["ranking"].items()
        for position, row in enumerate(rows, start=1)
    }
    found = {}
    for ref, cohorts in results["points"].items():
        outcome = outcomes[ref]
        reasons = {each["cohort"]: each["reason"] for each in outcome["refusals"]}
        place = outcome["place"]
        rows = {}
        for code, points in cohorts.items():
            position, row, total = positions[code, ref]
            rows[code] = {
                **points,
                "rank": row["rank"],
                "position": position,
                "of": total,
                "tie": row["by"],
                "cut_off": cut_offs[code],
                "reason": reasons.get(code, ""),
            }
        first = place["cohort"] if place else next(iter(cohorts))
        found[ref] = {
            "cohorts": rows,
            "placed": place["cohort"] if place else "",
            "slot": place["slot"] if place else "",
            "points": rows[first]["points"],
        }
    return found


def _cut_off(cohort: Mapping[str, Any]) -> str:
    """The lowest points that an open seat went for; empty while open seats are left."""
    for block in cohort["cut_offs"]:
        if block["slot"] == "open":
            return str(block["score"] or "") if block["filled"] == block["seats"] else ""
    return ""
