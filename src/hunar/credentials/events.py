"""What happens to certificates, told upwards. Sent with ``sender=None`` inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

credential_issued = Signal()
"""``credential``, ``by``, ``at``: a certificate is signed and in the register."""

credential_revoked = Signal()
"""``credential``, ``by``, ``at``: a certificate counts no longer."""
