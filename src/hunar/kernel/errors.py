"""Rule violations: what stands in the way, what to do, and a code that never changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from hunar.kernel.types import Words


class RuleViolation(Exception):
    """A wish that a rule forbids. Pages and the API show it alike.

    A room subclasses it once per rule and gives ``code`` (kebab-case, stable),
    ``message`` (what stands in the way) and ``remedy`` (what to do next).
    ``message`` may hold named placeholders filled from the keyword arguments.
    """

    code: ClassVar[str] = "rule-violation"
    message: ClassVar[Words] = _("This is not possible now.")
    remedy: ClassVar[Words] = ""
    status: ClassVar[int] = 409

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % self.details if self.details else str(self.message)


class NotPermitted(RuleViolation):
    """The person's roles do not allow the act."""

    code = "not-permitted"
    message = _("Your role does not allow this.")
    remedy = _("Ask the administrator of your organisation for the role that you need.")
    status = 403


class NotFound(RuleViolation):
    """There is no such thing, or the person may not know that there is."""

    code = "not-found"
    message = _("There is nothing here, or you may not see it.")
    status = 404


class Malformed(RuleViolation):
    """Input that cannot be read."""

    code = "malformed"
    message = _("The input cannot be read.")
    status = 422
