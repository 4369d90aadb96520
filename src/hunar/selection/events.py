"""What selection announces. Sent with ``sender=None`` and keyword arguments."""

from __future__ import annotations

from django.dispatch import Signal

call_published = Signal()
"""``call, by, at``: the rules are frozen and nominations can arrive."""

call_closed = Signal()
"""``call, by, at``: the list of nominations is fixed."""

call_decided = Signal()
"""``call, by, at``: the protocol is signed."""

place_offered = Signal()
"""``place, at``: at the decision or from the waiting list."""

place_accepted = Signal()
"""``place, by, at``: the person is enrolled."""
