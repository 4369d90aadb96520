"""What ``hunar verify`` checks in a donor report, from the document alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hunar.evaluation.disclosure import THRESHOLDS
from hunar.kernel import verification
from hunar.kernel.verification import Check

KIND = "hunar/donor-report/1"
_SHA256 = re.compile(r"[0-9a-f]{64}")


def register() -> None:
    """Let ``hunar verify`` check donor reports."""
    verification.register(KIND, check_report)


def check_report(document: Mapping[str, Any]) -> Iterable[Check]:
    """Totals agree, nothing small is shown or follows, and each figure names its records."""
    try:
        threshold = THRESHOLDS[document["audience"]]
        faults = {
            "period": list(_period_faults(document)),
            "small counts": list(_small_faults(document, threshold)),
            "nothing follows": list(_derived_faults(document, threshold)),
            "totals": list(_total_faults(document)),
            "shares of women": list(_share_faults(document)),
            "records": list(_record_faults(document)),
        }
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        yield Check("readable", False, f"The report cannot be checked: {error!r}.")
        return
    for name, found in faults.items():
        yield Check(name, not found, "; ".join(found[:10]) or _HOLDS[name])


_HOLDS = {
    "period": "The period is in order and the threshold is that of the audience.",
    "small counts": "No count of people below the threshold is shown.",
    "nothing follows": "No hidden count can be worked out closely from totals and parts.",
    "totals": "Parts add up to their totals, and totals to the headline figures.",
    "shares of women": "Shares of women follow from the counts.",
    "records": "Each figure names the digest and number of the records behind it.",
}


def _period_faults(document: Mapping[str, Any]) -> Iterator[str]:
    period = document["period"]
    if date.fromisoformat(period["from"]) > date.fromisoformat(period["to"]):
        yield "the period ends before it begins"
    if document["threshold"] != THRESHOLDS[document["audience"]]:
        yield f"the threshold {document['threshold']} is not that of the audience"


def _small_faults(document: Mapping[str, Any], threshold: int) -> Iterator[str]:
    for row in document["indicators"]:
        n = row["n"]
        if row["about_people"] and n is not None and 0 < n < threshold:
            yield f"{row['code']} rests on {n}"
    for name, values, total in _levels(document):
        for value in (*values, total):
            if value is not None and value < threshold:
                yield f"{name} shows {value}"


def _derived_faults(document: Mapping[str, Any], threshold: int) -> Iterator[str]:
    for name, values, total in _levels(document):
        hidden = [value for value in values if value is None]
        shown = sum(value for value in values if value is not None)
        if total is not None and hidden and len(hidden) < len(values):
            if len(hidden) == 1:
                yield f"{name} hides one count that follows from the total"
            elif total - shown < threshold:
                yield f"{name} leaves only {total - shown} for the hidden counts"
    for cut in document["cuts"]:
        for upper, lower in pairwise(cut["levels"]):
            for category, whole, part in zip(
                cut["categories"], upper["values"], lower["values"], strict=True
            ):
                if whole is not None and part is not None and whole - part < threshold:
                    name = f"{cut['dimension']}/{category['code']}"
                    yield f"{name}: {upper['code']} less {lower['code']} is {whole - part}"


def _total_faults(document: Mapping[str, Any]) -> Iterator[str]:
    headlines = {row["chain"] or row["code"]: row["n"] for row in document["indicators"]}
    for name, values, total in _levels(document):
        shown = sum(value for value in values if value is not None)
        if total is not None and (
            shown > total or (None not in values and values and shown != total)
        ):
            yield f"{name}: parts give {shown}, the total is {total}"
        code = name.rpartition("/")[2]
        if total is not None and headlines.get(code) != total:
            yield f"{name}: the total is {total}, the figure {headlines.get(code)}"
    for row in document["indicators"]:
        counts = row["method"] in ("count", "unique")
        if counts and row["value"] is not None and Fraction(row["value"]) != row["n"]:
            yield f"{row['code']} is {row['value']} over {row['n']} records"
        is_share = row["method"] == "share" and row["value"] is not None
        if is_share and not 0 <= Fraction(row["value"]) <= 100:
            yield f"{row['code']} is {row['value']} per cent"


def _share_faults(document: Mapping[str, Any]) -> Iterator[str]:
    by_sex = {
        level["code"]: level
        for cut in document["cuts"]
        if cut["dimension"] == "sex"
        for level in cut["levels"]
    }
    for row in document["indicators"]:
        if not row["chain"] or row["value"] is None:
            continue
        level = by_sex[row["chain"]]
        women, total = level["values"][0], level["total"]
        if women is None or not total:
            yield f"{row['code']} shows what the breakdown hides"
        elif abs(Fraction(row["value"]) - Fraction(100 * women, total)) > Fraction(1, 20):
            yield f"{row['code']} is {row['value']}, the counts give {100 * women / total:.1f}"


def _record_faults(document: Mapping[str, Any]) -> Iterator[str]:
    for row in document["indicators"]:
        records = row["records"]
        if not _SHA256.fullmatch(records["sha256"]):
            yield f"{row['code']} has no digest"
        if records["count"] != row["n"]:
            yield f"{row['code']} counts {row['n']} of {records['count']} records"
        if row["hidden"] != (row["value"] is None and row["n"] != 0):
            yield f"{row['code']} is said to be {'hidden' if row['hidden'] else 'shown'}"


def _levels(
    document: Mapping[str, Any],
) -> Iterator[tuple[str, list[int | None], int | None]]:
    for cut in document["cuts"]:
        for level in cut["levels"]:
            name = f"{cut['of']}/{cut['dimension']}/{level['code']}"
            if len(level["values"]) != len(cut["categories"]):
                raise ValueError(f"{name} has other categories")
            yield name, level["values"], level["total"]
