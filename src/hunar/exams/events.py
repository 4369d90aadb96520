"""What happens in exams, told upwards. Sent with ``sender=None`` inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

result_released = Signal()
"""``attempt``, ``by``, ``at``: marks and pass or fail are final and open to the candidate."""
