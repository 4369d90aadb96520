"""What can stand in the way of an allocation or its check; every reason has a stable code."""

from __future__ import annotations


class AllocationError(ValueError):
    """A refusal; ``code`` never changes."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class InvalidMarket(AllocationError):
    """The inputs contradict each other or break the published form."""


class InvalidAnswers(AllocationError):
    """Answers to offers that nobody made."""


class UnsoundAllocation(AllocationError):
    """An allocation breaks the published rules."""


class InvalidDraw(AllocationError):
    """The public part of a lottery is incomplete or was changed."""


class ReplayMismatch(AllocationError):
    """The recorded inputs do not lead to the recorded result."""
