"""What happens to cohorts, told upwards. Sent with ``sender=None`` inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

person_enrolled = Signal()
"""``enrolment``, ``by``, ``at``: a person has a seat."""

enrolment_withdrawn = Signal()
"""``enrolment``, ``by``, ``at``: a seat was freed."""

attendance_recorded = Signal()
"""``session``, ``enrolment``, ``at``: it is known whether the person was there."""

cohort_closed = Signal()
"""``cohort``, ``by``, ``at``: attendance is final, each enrolment has its outcome."""
