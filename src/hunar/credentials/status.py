"""The status list: which certificates are revoked, as one signed credential.

It is computed from the register. Its moment is that of the last revocation, and Ed25519
gives one signature for one content, so that the list stays the same, byte for byte, until
the next revocation; that digest is what the log holds.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hunar.audit import services as audit
from hunar.credentials import badges, rules
from hunar.credentials.models import Credential
from hunar.kernel.signing import instant

BEGUN = datetime(2025, 1, 1, tzinfo=UTC)


def status_list(number: int) -> dict[str, Any]:
    """The signed BitstringStatusListCredential of that number."""
    first = (number - 1) * rules.LIST_BITS
    revoked = Credential.objects.filter(
        status_index__gte=first, status_index__lt=first + rules.LIST_BITS, revoked_at__isnull=False
    ).values_list("status_index", "revoked_at")
    rows = list(revoked.order_by("status_index"))
    moment = max((at for _, at in rows if at is not None), default=BEGUN)
    address = badges.list_address(number)
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": badges.issuer()["id"],
        "validFrom": instant(moment),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": rules.encoded_list(index - first for index, _ in rows),
        },
    }
    return audit.sign(document, at=moment)


def is_list(number: int) -> bool:
    """Whether a list of that number has been begun; the first always is."""
    first = (number - 1) * rules.LIST_BITS
    return number == 1 or Credential.objects.filter(status_index__gte=first).exists()
