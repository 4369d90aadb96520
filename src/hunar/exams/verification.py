"""What ``hunar verify`` checks in receipts and results of exams, from the document alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hunar.exams import rules
from hunar.kernel import verification
from hunar.kernel.verification import Check


def register() -> None:
    """Make receipts and results known to ``hunar verify``."""
    verification.register(rules.RECEIPT, check_receipt)
    verification.register(rules.RESULT, check_result)


def check_receipt(document: Mapping[str, Any]) -> Iterator[Check]:
    """The digest fits the answers and the salt."""
    computed = rules.answers_digest(document["answers"], salt=document["salt"])
    count = len(document["answers"])
    yield Check(
        "answers",
        computed == document["answers_sha256"],
        f"{count} answers of {document['attempt']}, submitted {document['submitted']}"
        if computed == document["answers_sha256"]
        else "The answers do not fit their digest (answers-altered).",
    )


def check_result(document: Mapping[str, Any]) -> Iterator[Check]:
    """The form's hash fits its items, and marking the responses again gives the same result."""
    lines = [_key_line(entry) for entry in document["items"]]
    form = rules.form_digest(
        exam=document["exam"],
        code=document["form"]["code"],
        items=[(line.position, line.item, line.sha256) for line in lines],
    )
    yield Check(
        "form",
        form == document["form"]["sha256"],
        f"form {document['form']['code']} of {document['exam']}, {len(lines)} items"
        if form == document["form"]["sha256"]
        else "The items are not those of the form (form-altered).",
    )
    responses = {int(place): str(response) for place, response in document["responses"].items()}
    score = rules.score(lines, responses, cut_score=Decimal(document["cut_score"]))
    marks = {str(place): value for place, value in score.marks_by_position.items()}
    yield Check(
        "marks",
        marks == document["marks"],
        "every response was marked again with its key"
        if marks == document["marks"]
        else "Marking again gives other marks (marks-altered).",
    )
    holds = score.as_json() == document["result"]
    yield Check(
        "result",
        holds,
        f"{score.marks} of {score.marks_max}, {score.percent} %, cut score {document['cut_score']} %"
        if holds
        else "Adding up again gives another result (result-altered).",
    )


def _key_line(entry: Mapping[str, Any]) -> rules.KeyLine:
    return rules.KeyLine(
        position=int(entry["position"]),
        item=entry["item"],
        sha256=entry["sha256"],
        module=entry["module"],
        objective=entry["objective"],
        kind=entry["kind"],
        use=entry["use"],
        key=entry["key"],
    )
