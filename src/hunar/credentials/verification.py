"""What ``hunar verify`` checks in a certificate, from the document alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from hunar.credentials import rules
from hunar.kernel import clock, verification
from hunar.kernel.verification import Check

KIND = "OpenBadgeCredential"
_HASH = re.compile(r"sha256\$[0-9a-f]{64}")
_CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
_TYPES = {"achievement": "MicroCredential", "participation": "CertificateOfCompletion"}


def register() -> None:
    """Make certificates known to ``hunar verify``."""
    verification.register(KIND, check)


def check(document: Mapping[str, Any]) -> Iterator[Check]:
    """Form, dates, issuer, holder, result and workload; whatever does not hold is named."""
    yield _form(document)
    yield _dates(document, now=clock.now())
    yield _issuer(document)
    yield _holder(document)
    yield from _results(document)
    yield _workload(document)
    yield _status(document)


def _form(document: Mapping[str, Any]) -> Check:
    subject = document["credentialSubject"]
    holds = (
        document["@context"][:2] == _CONTEXTS
        and document["type"] == ["VerifiableCredential", KIND]
        and subject["type"] == ["AchievementSubject"]
        and subject["achievement"]["achievementType"] == _TYPES[subject["microCredential"]["kind"]]
        and rules.read_code(str(document["id"]).rstrip("/").rpartition("/")[2]) is not None
    )
    return _checked(
        "form",
        holds,
        f"Open Badges 3.0, {subject['microCredential']['kind']}, "
        f"register {subject['licenseNumber']}",
        "The document is no Open Badge as the academy makes them (form-broken).",
    )


def _dates(document: Mapping[str, Any], *, now: datetime) -> Check:
    begins = datetime.fromisoformat(document["validFrom"])
    awarded = datetime.fromisoformat(document["awardedDate"])
    ends = datetime.fromisoformat(document["validUntil"]) if "validUntil" in document else None
    if awarded > begins or (ends is not None and ends <= begins):
        return Check("dates", False, "The dates are out of order (dates-broken).")
    if begins > now:
        return Check("dates", False, f"Valid only from {document['validFrom']} (not-yet-valid).")
    if ends is not None and now > ends:
        return Check("dates", False, f"Expired on {document['validUntil']} (expired).")
    term = f"valid until {document['validUntil']}" if ends else "valid without end"
    return Check("dates", True, f"awarded {document['awardedDate']}, {term}")


def _issuer(document: Mapping[str, Any]) -> Check:
    issuer = document["issuer"]["id"]
    proofs = document.get("proof") or []
    signers = {str(proof["verificationMethod"]).partition("#")[0] for proof in proofs}
    return _checked(
        "issuer",
        signers == {issuer},
        f"issued and signed by {issuer}",
        "The issuer named in the document is not the one who signed it (issuer-other).",
    )


def _holder(document: Mapping[str, Any]) -> Check:
    subject = document["credentialSubject"]
    holds = bool(subject["name"]) and subject["microCredential"]["learner"]["tk"] == subject["name"]
    for identity in subject["identifier"]:
        holds = holds and identity["hashed"] is True and len(identity["salt"]) >= 16
        holds = holds and _HASH.fullmatch(identity["identityHash"]) is not None
    return _checked(
        "holder",
        holds and bool(subject["identifier"]),
        "the holder is named once, her identifier is hashed and salted",
        "The holder's name or identifier is malformed (holder-broken).",
    )


def _results(document: Mapping[str, Any]) -> Iterator[Check]:
    """Every described result reaches what it needs, and the kind has the results it needs."""
    subject = document["credentialSubject"]
    achievement, facts = subject["achievement"], subject["microCredential"]
    reached = {row["resultDescription"]: row for row in subject["result"]}
    needed = {"attendance", "exam"} if facts["kind"] == rules.ACHIEVEMENT else {"attendance"}
    described = {str(row["id"]).rpartition(":")[2] for row in achievement["resultDescription"]}
    passed = described == needed and len(reached) == len(needed)
    words = []
    for row in achievement["resultDescription"]:
        value = Decimal(reached[row["id"]]["value"])
        passed = passed and Decimal(row["requiredValue"]) <= value <= Decimal(row["valueMax"])
        name = str(row["id"]).rpartition(":")[2]
        words.append(f"{name} {value} % (needed {row['requiredValue']} %)")
    yield _checked(
        "result", passed, ", ".join(words), "The results do not earn the certificate (not-earned)."
    )
    aligned = [row["targetCode"] for row in achievement.get("alignment", [])]
    levels = _levels(facts)
    stated = {row["code"]: row["level"] for row in facts["competencies"]}
    expected = levels if facts["kind"] == rules.ACHIEVEMENT else {}
    yield _checked(
        "competencies",
        stated == expected and set(aligned) == set(expected),
        f"{len(stated)} competencies follow from {len(facts['learningOutcomes'])} outcomes",
        "The competencies do not follow from the outcomes (competencies-altered).",
    )


def _levels(facts: Mapping[str, Any]) -> dict[str, int]:
    levels: dict[str, int] = {}
    for outcome in facts["learningOutcomes"]:
        levels[outcome["competency"]] = max(
            levels.get(outcome["competency"], 0), outcome["levelTo"]
        )
    return levels


def _workload(document: Mapping[str, Any]) -> Check:
    workload = document["credentialSubject"]["microCredential"]["workload"]
    return _checked(
        "workload",
        workload["duration"] == rules.iso_duration(workload["minutes"]),
        f"{workload['minutes']} minutes, {workload['academicHours']} academic hours",
        "The workload in minutes and its duration differ (workload-altered).",
    )


def _status(document: Mapping[str, Any]) -> Check:
    entry = document["credentialStatus"]
    holds = (
        entry["type"] == "BitstringStatusListEntry"
        and entry["statusPurpose"] == "revocation"
        and 0 <= int(entry["statusListIndex"]) < rules.LIST_BITS
        and entry["id"] == f"{entry['statusListCredential']}#{entry['statusListIndex']}"
    )
    return _checked(
        "status",
        holds,
        f"whether it was revoked since stands at {entry['statusListCredential']}, "
        f"bit {entry['statusListIndex']}",
        "The entry of the status list is malformed (status-broken).",
    )


def _checked(name: str, holds: bool, sentence: str, otherwise: str) -> Check:
    return Check(name, holds, sentence if holds else otherwise)
