from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation

# The bank and its forms -----------------------------------------------------


class ItemMalformed(RuleViolation):
    """An item that could not be asked or marked."""

    code = "item-malformed"
    message = _("Item %(item)s cannot be used: %(reason)s.")
    remedy = _("Correct the item in the course pack and load the pack again; nothing was loaded.")
    status = 422


class BlueprintMalformed(RuleViolation):
    """A blueprint that no form could fulfil."""

    code = "blueprint-malformed"
    message = _("The blueprint does not fit the course: %(cell)s.")
    remedy = _("Give each module of the course a number of items per Bloom level.")
    status = 422


class BankTooSmall(RuleViolation):
    """Cells of the blueprint for which the bank lacks scored items."""

    code = "bank-too-small"
    message = _("The bank has too few scored items: %(cells)s.")
    remedy = _("Load more items for these modules and levels, or change the blueprint.")


class FormCodeTaken(RuleViolation):
    """The exam already has a form with this code."""

    code = "form-code-taken"
    message = _("The exam already has a form %(form)s.")
    remedy = _("Choose another code for the new form.")


class SittingWindowWrong(RuleViolation):
    """A window in which nobody could take the whole exam."""

    code = "sitting-window-wrong"
    message = _("The window is shorter than the exam, which takes %(minutes)s minutes.")
    remedy = _("Let the sitting close later.")
    status = 422


class SittingOfOtherCourse(RuleViolation):
    """The exam belongs to a course version that the cohort does not take."""

    code = "sitting-other-course"
    message = _("The cohort takes another course than this exam examines.")
    remedy = _("Choose a form of an exam of the cohort's own course.")


# The candidate's day --------------------------------------------------------


class ExamNotOpen(RuleViolation):
    """The window has not begun."""

    code = "exam-not-open"
    message = _("The exam is not open yet.")
    remedy = _("Come back when the window of the sitting begins.")


class ExamClosed(RuleViolation):
    """The window is over, or the results are out."""

    code = "exam-closed"
    message = _("The exam is closed.")
    remedy = _("Ask the programme officer whether there is another sitting.")


class AccessCodeWrong(RuleViolation):
    """The access code is not that of the sitting."""

    code = "exam-access-code-wrong"
    message = _("The access code is not right.")
    remedy = _("Type the code that the invigilator shows in the room.")
    status = 403


class AccessCodeLocked(RuleViolation):
    """Too many wrong access codes in a short time."""

    code = "exam-access-code-locked"
    message = _("Too many wrong access codes.")
    remedy = _("Wait ten minutes, or ask the invigilator.")
    status = 429


class TokenUnknown(RuleViolation):
    """The token names no attempt."""

    code = "exam-token-unknown"
    message = _("This page does not belong to an exam.")
    remedy = _("Open the exam again from your list of exams.")
    status = 403


class PositionUnknown(RuleViolation):
    """The form has no item at the position."""

    code = "exam-position-unknown"
    message = _("The exam has no question %(position)s.")
    remedy = _("Open the exam again; all saved answers are kept.")
    status = 404


class TimeOver(RuleViolation):
    """The answer came after the end."""

    code = "exam-time-over"
    message = _("The time is over; this answer was not accepted.")
    remedy = _("All answers saved before the end count.")


class ExamSubmitted(RuleViolation):
    """The attempt was submitted; it takes no more answers."""

    code = "exam-submitted"
    message = _("The exam was already submitted.")
    remedy = _("Your receipt shows the answers that count.")


class AnswerTooLong(RuleViolation):
    """More text than any answer needs."""

    code = "answer-too-long"
    message = _("The answer is too long.")
    remedy = _("Choose an option, or type a number of at most 40 characters.")
    status = 413


# Afterwards -----------------------------------------------------------------


class SittingStillOpen(RuleViolation):
    """Candidates may still start or are still writing."""

    code = "sitting-still-open"
    message = _("The sitting is still open.")
    remedy = _("Release the results when the window has ended or everybody has submitted.")


class ResultsReleased(RuleViolation):
    """Results are released once."""

    code = "results-released"
    message = _("The results were already released.")


class NothingToRelease(RuleViolation):
    """Nobody took the exam."""

    code = "sitting-without-attempts"
    message = _("Nobody has taken this exam.")
    remedy = _("There are no results to release.")


class ResultNotReleased(RuleViolation):
    """The result is not public to the candidate yet."""

    code = "result-not-released"
    message = _("The results are not released yet.")
    remedy = _("You will get a message when they are.")
