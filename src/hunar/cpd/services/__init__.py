"""Every write of the room. Other rooms import the functions from here."""

from hunar.cpd.services.ledger import (
    claim,
    credit,
    reject,
    reverse_claim,
    reverse_credit,
    statement,
    verify,
    withdraw,
)
from hunar.cpd.services.policies import adopt_policy, draw_audit

__all__ = [
    "adopt_policy",
    "claim",
    "credit",
    "draw_audit",
    "reject",
    "reverse_claim",
    "reverse_credit",
    "statement",
    "verify",
    "withdraw",
]
