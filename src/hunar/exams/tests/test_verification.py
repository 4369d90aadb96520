from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from hunar.audit import services as audit
from hunar.config.verifying import verify_document
from hunar.exams import queries
from hunar.exams.models import Attempt
from hunar.exams.tests.makers import make_released
from hunar.kernel.verification import Check

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt() -> Attempt:
    make_released(wrong=(2, 0))
    return Attempt.objects.order_by("id")[0]


def proven(attempt: Attempt, kind: str) -> dict[str, Any]:
    if kind == "receipt":
        document, entry = attempt.receipt, queries.receipt_entry(attempt)
    else:
        document, entry = attempt.result, queries.result_entry(attempt)
    assert entry is not None
    return audit.with_log_proof(document, entry=entry)


def failed(checks: list[Check]) -> set[str]:
    return {check.name for check in checks if not check.holds}


@pytest.mark.parametrize("kind", ["receipt", "result"])
def test_a_genuine_document_holds(attempt: Attempt, kind: str) -> None:
    checks = verify_document(proven(attempt, kind), trust=None)
    assert failed(checks) == set()
    assert {"signature", "log"} < {check.name for check in checks}


def change_answer(document: dict[str, Any]) -> None:
    document["answers"]["1"] = "a" if document["answers"]["1"] != "a" else "c"


def change_salt(document: dict[str, Any]) -> None:
    document["salt"] = "0" * 32


@pytest.mark.parametrize("change", [change_answer, change_salt])
def test_an_altered_receipt_is_found(
    attempt: Attempt, change: Callable[[dict[str, Any]], None]
) -> None:
    document = copy.deepcopy(attempt.receipt)
    change(document)
    # Even a signer who has the key cannot make answers fit the digest in the log.
    signed = audit.sign(document, at=attempt.submitted_at)  # type: ignore[arg-type]
    assert "answers" in failed(verify_document(signed, trust=None))
    assert "signature" in failed(verify_document(document, trust=None))


def raise_marks(document: dict[str, Any]) -> None:
    wrong = next(place for place, mark in document["marks"].items() if not mark)
    document["marks"][wrong] = 1


def raise_total(document: dict[str, Any]) -> None:
    document["result"]["marks"] += 1


def pass_anyway(document: dict[str, Any]) -> None:
    document["result"]["passed"] = not document["result"]["passed"]


def change_key(document: dict[str, Any]) -> None:
    right = next(line for line in document["items"] if document["marks"][str(line["position"])])
    right["kind"], right["key"] = "single", "z"


def swap_item(document: dict[str, Any]) -> None:
    document["items"][0]["item"] = "OTHER/1"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (raise_marks, "marks"),
        (raise_total, "result"),
        (pass_anyway, "result"),
        (change_key, "marks"),
        (swap_item, "form"),
    ],
)
def test_an_altered_result_is_found_though_it_was_signed_again(
    attempt: Attempt, change: Callable[[dict[str, Any]], None], found: str
) -> None:
    document = copy.deepcopy(attempt.result)
    change(document)
    signed = audit.sign(document, at=attempt.submitted_at)  # type: ignore[arg-type]
    assert found in failed(verify_document(signed, trust=None))


def test_a_truncated_document_is_named_and_breaks_nothing(attempt: Attempt) -> None:
    for kind, part in (("receipt", "answers"), ("result", "items")):
        document = copy.deepcopy(getattr(attempt, kind))
        del document[part]
        assert "content" in failed(verify_document(document, trust=None))
