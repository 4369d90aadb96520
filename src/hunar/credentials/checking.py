"""What the public pages find out: a number, a code or a file, against the register."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hunar.audit import queries as audit
from hunar.audit.keys import read_trusted_keys
from hunar.audit.models import Checkpoint, Entry
from hunar.credentials import queries, rules
from hunar.credentials.enums import Standing
from hunar.credentials.errors import FileUnreadable
from hunar.credentials.models import Credential
from hunar.kernel import signing, verification
from hunar.kernel.verification import Check

MAX_BYTES = 1024 * 1024
TONES = {"valid": "good", "expired": "warn", "revoked": "bad"}
PROVEN = "hunar/proven-document/1"


@dataclass(frozen=True)
class Shown:
    """A certificate as strangers see it: no name, only initials."""

    credential: Credential
    standing: Standing
    entry: Entry | None
    checkpoint: Checkpoint | None
    replacement: Credential | None

    @property
    def initials(self) -> str:
        return ". ".join(self.credential.person.name.initials) + "."

    @property
    def tone(self) -> str:
        return TONES[self.standing.value]

    @property
    def is_valid(self) -> bool:
        return self.standing == Standing.VALID

    @property
    def is_logged(self) -> bool:
        return self.entry is not None and hasattr(self.entry, "leaf")

    @property
    def results(self) -> list[dict[str, Any]]:
        """What had to be reached, without the marks of the holder."""
        achievement = self.credential.document["credentialSubject"]["achievement"]
        rows: list[dict[str, Any]] = achievement["resultDescription"]
        return rows


def shown(credential: Credential, *, at: datetime) -> Shown:
    """Everything that the public page of a certificate shows; four queries."""
    standing = rules.standing(
        valid_until=credential.valid_until, revoked_at=credential.revoked_at, at=at
    )
    return Shown(
        credential=credential,
        standing=Standing(standing),
        entry=queries.log_entry(credential),
        checkpoint=audit.latest_checkpoint(),
        replacement=queries.replacement_of(credential),
    )


@dataclass(frozen=True)
class StandingRow:
    """A certificate in a list, with what it is worth now."""

    credential: Credential
    standing: Standing

    @property
    def tone(self) -> str:
        return TONES[self.standing.value]


def standing_row(credential: Credential, *, at: datetime) -> StandingRow:
    """``credential`` for a list; no query."""
    standing = rules.standing(
        valid_until=credential.valid_until, revoked_at=credential.revoked_at, at=at
    )
    return StandingRow(credential, Standing(standing))


def why_not_found(wish: str) -> str:
    """``misread``: a paper id with a wrong symbol; ``unreadable``: neither code nor number;
    ``unknown``: well formed, but nothing was issued under it."""
    if queries.is_unreadable(wish):
        return "misread"
    is_number = rules.read_code(wish) or rules.read_register_number(wish)
    is_paper_id = wish.strip().upper().startswith(Credential.PREFIX)
    return "unknown" if is_number or is_paper_id else "unreadable"


def name_fits(credential: Credential, entered: str) -> bool:
    """Whether ``entered`` is the name on the certificate, in any of its spellings."""
    return rules.names_match(entered[:200], spellings=credential.facts["learner"].values())


def read_document(content: bytes) -> dict[str, Any]:
    """The JSON object of an uploaded file.

    :raises FileUnreadable: if it holds none.
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise FileUnreadable from None
    if not isinstance(document, dict):
        raise FileUnreadable
    return document


def check_document(document: Mapping[str, Any]) -> list[Check]:
    """Check a signed document with the academy's own keys, log and register.

    Unlike ``hunar verify`` it asks the database: whether the log holds the document, and
    whether a certificate was revoked since.
    """
    content: Any = document
    if verification.kind_of(document) == PROVEN:
        content = document.get("document") or {}
    if not isinstance(content, Mapping):
        return [Check("form", False, "The file holds no signed document.")]
    signature = _signature(content)
    if not signature.holds:
        return [signature]
    return [signature, _log(content), *_content(content), *_register(content)]


def _signature(content: Mapping[str, Any]) -> Check:
    keys, _log_keys = read_trusted_keys(None)
    try:
        key = signing.verify(content, keys)
    except signing.BadProof as problem:
        return Check("signature", False, f"{problem} ({problem.code})")
    except (ValueError, TypeError, RecursionError):
        return Check("signature", False, "The document cannot be canonicalised.")
    return Check("signature", True, f"signed by {key.id}")


def _log(content: Mapping[str, Any]) -> Check:
    digest = signing.digest(content)
    entry = Entry.objects.filter(details__document_sha256=digest).first()
    if entry is None:
        return Check("log", False, "The log does not hold this document (log-missing).")
    return Check("log", True, f"record {entry.pk}: {entry.act}, {signing.instant(entry.at)}")


def _content(content: Mapping[str, Any]) -> list[Check]:
    check = verification.content_check(verification.kind_of(content))
    if check is None:
        return [Check("kind", False, "The kind of document is not known here.")]
    try:
        return list(check(content))
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, ArithmeticError):
        return [Check("content", False, "The content cannot be replayed.")]


def _register(content: Mapping[str, Any]) -> list[Check]:
    if verification.kind_of(content) != "OpenBadgeCredential":
        return []
    code = rules.read_code(str(content.get("id", "")).rstrip("/").rpartition("/")[2])
    credential = queries.by_code(code) if code else None
    if credential is None:
        return [Check("register", False, "The register does not hold it (register-missing).")]
    if credential.revoked_at is not None:
        day = signing.instant(credential.revoked_at)
        return [Check("register", False, f"It was revoked on {day} (revoked).")]
    return [Check("register", True, f"register {credential.register_number}, not revoked")]


def words_of(check: Check) -> str:
    """What was checked, in the reader's language."""
    known = {
        "signature": _("Signature of the academy"),
        "log": _("Place in the transparency log"),
        "form": _("Form of the document"),
        "kind": _("Kind of document"),
        "content": _("Content, replayed from itself"),
        "dates": _("Dates"),
        "issuer": _("Issuer"),
        "holder": _("Holder"),
        "result": _("Results"),
        "competencies": _("Competencies and levels"),
        "workload": _("Workload"),
        "status": _("Entry of the status list"),
        "register": _("Register of certificates"),
    }
    return known.get(check.name, check.name)
