from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation

if TYPE_CHECKING:
    from hunar.catalogue.packs import Problem


class PackBroken(RuleViolation):
    """A course pack that cannot be read; ``problems`` names every file and reason."""

    code = "pack-broken"
    message = _("The course pack in “%(folder)s” cannot be loaded: %(first)s")
    remedy = _("Correct the files that are named and load the pack again. Nothing was changed.")
    status = 422

    def __init__(self, *, folder: str, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(folder=folder, first=str(problems[0]) if problems else "")


class PackUnknown(RuleViolation):
    """There is no such folder among the course packs."""

    code = "pack-unknown"
    message = _("There is no course pack “%(folder)s”.")
    remedy = _("Put the folder beside the other course packs and look again.")
    status = 404


class VersionFinal(RuleViolation):
    """A published version never changes."""

    code = "version-final"
    message = _("Version %(number)s of %(course)s is published and does not change.")
    remedy = _("Raise the version number in course.toml and load the pack as a new version.")


class VersionIncomplete(RuleViolation):
    """A draft that learners could not use as it is; ``problems`` says why."""

    code = "version-incomplete"
    message = _("Version %(number)s of %(course)s is not complete: %(first)s")
    remedy = _("Complete the course pack and load it again.")

    def __init__(self, *, course: str, number: int, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(course=course, number=number, first=str(problems[0]))


class NotADraft(RuleViolation):
    """Only a draft can be published."""

    code = "version-not-draft"
    message = _("Version %(number)s of %(course)s is no draft any more.")
    remedy = _("Look at its history: somebody published or retired it.")


class NotPublished(RuleViolation):
    """Only a published version can be retired."""

    code = "version-not-published"
    message = _("Version %(number)s of %(course)s is not published.")
    remedy = _("Look at its history before you try again.")


class OtherProgramme(RuleViolation):
    """A course stays in the programme in which it began."""

    code = "course-in-other-programme"
    message = _("The course %(course)s belongs to another programme.")
    remedy = _("Load the pack into that programme, or give the course another code.")


class ProgrammeExists(RuleViolation):
    """Codes of programmes are given once."""

    code = "programme-exists"
    message = _("There is a programme with the code %(code)s already.")
    remedy = _("Choose another code.")


class DatesOutOfOrder(RuleViolation):
    """A programme cannot end before it starts."""

    code = "programme-dates"
    message = _("The end lies before the start.")
    remedy = _("Correct one of the two dates.")
    status = 422
