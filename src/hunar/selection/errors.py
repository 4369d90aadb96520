from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import NotPermitted, RuleViolation


class CallFrozen(RuleViolation):
    """Its rules are published."""

    code = "call-frozen"
    message = _("The call is published; its rules no longer change.")
    remedy = _("Write a new call if the rules have to be different.")


class CallNotPublished(RuleViolation):
    """It is still a draft."""

    code = "call-not-published"
    message = _("The call is still a draft.")
    remedy = _("Publish the call first.")


class CallRulesIncomplete(RuleViolation):
    """The rules lack something or contradict themselves."""

    code = "call-rules-incomplete"
    message = _("The rules of the call are not complete: %(problems)s.")
    remedy = _("Mend the rules, then publish.")
    status = 422


class CallNoticeTooShort(RuleViolation):
    """Fewer days than the rules promise lie between publication and closing."""

    code = "call-notice-too-short"
    message = _("Between publication and the end of nominations lie fewer than %(days)s days.")
    remedy = _("Set a later end of nominations.")


class CallNotOpen(RuleViolation):
    """Nominations have not begun."""

    code = "call-not-open"
    message = _("Nominations have not opened yet.")
    remedy = _("Come back when the call opens.")


class CallClosed(RuleViolation):
    """The clock has passed the end of nominations."""

    code = "call-closed"
    message = _("The call is closed for nominations.")
    remedy = _("Nominate in the next call.")


class CallStillOpen(RuleViolation):
    """Nominations can still arrive."""

    code = "call-still-open"
    message = _("Nominations are still open.")
    remedy = _("Close the call first, after the end of nominations.")


class CallDecided(RuleViolation):
    """There is one decision, and it stands."""

    code = "call-decided"
    message = _("The call is already decided.")
    remedy = _("See the decision; whoever disagrees can appeal.")


class CallNotDecided(RuleViolation):
    """There is no decision yet."""

    code = "call-not-decided"
    message = _("The call is not decided yet.")
    remedy = _("Wait for the decision.")


class MarksMissing(RuleViolation):
    """Files without all their marks cannot be compared."""

    code = "marks-missing"
    message = _("%(count)s nominations still lack marks.")
    remedy = _("Ask the panel to finish marking, then decide.")


class NominationForeignPerson(NotPermitted):
    """The person works for an institution for which the officer may not nominate."""

    code = "nomination-foreign-person"
    message = _("This person does not work in an institution for which you may nominate.")
    remedy = _("Ask the nominating officer of that institution.")


class NominationExists(RuleViolation):
    """One person, one nomination per call."""

    code = "nomination-exists"
    message = _("This person is already nominated in this call.")
    remedy = _("Change or withdraw the existing nomination.")


class PreferencesUnreadable(RuleViolation):
    """No cohort, a cohort twice, or one that the call does not fill."""

    code = "nomination-preferences"
    message = _("The wished cohorts are not a list of cohorts of this call, each once.")
    remedy = _("Choose at least one cohort of the call.")
    status = 422


class MotivationMissing(RuleViolation):
    """Nothing to mark."""

    code = "nomination-motivation"
    message = _("The motivation is missing.")
    remedy = _("Write in a few sentences why this person and why this course.")
    status = 422


class NominationOver(RuleViolation):
    """It was withdrawn before."""

    code = "nomination-withdrawn"
    message = _("The nomination is withdrawn.")
    remedy = _("Nominate again while the call is open.")


class ImportConfirmed(RuleViolation):
    """A list counts once."""

    code = "import-confirmed"
    message = _("This list is already taken over.")
    remedy = _("Upload a new list for further people.")


class MarkingNotOpen(RuleViolation):
    """Marks are given between closing and decision."""

    code = "marking-not-open"
    message = _("Marks can only be given after the call is closed and before it is decided.")
    remedy = _("See the state of the call.")


class MarkOutOfRange(RuleViolation):
    """Marks lie between zero and the maximum of the criterion."""

    code = "mark-out-of-range"
    message = _("A mark for this criterion lies between 0 and %(maximum)s.")
    remedy = _("Correct the mark.")
    status = 422


class MarkerConflict(NotPermitted):
    """The marker is too near to the person to judge."""

    code = "marker-conflict"
    message = _("You may not mark this file: it concerns you or your institution.")
    remedy = _("Take the next file.")


class FileFullyMarked(RuleViolation):
    """As many markers as the rules ask for have marked."""

    code = "file-fully-marked"
    message = _("This file already has all its marks.")
    remedy = _("Take the next file.")


class PlaceAnswered(RuleViolation):
    """The offer is no longer open."""

    code = "place-answered"
    message = _("This offer has been answered or is no longer open.")
    remedy = _("See your nomination for what holds now.")


class PlaceLapsed(RuleViolation):
    """The time to accept has passed."""

    code = "place-lapsed"
    message = _("The time to accept this place has passed.")
    remedy = _("The place goes to the next on the waiting list.")


class AppealOpen(RuleViolation):
    """One at a time."""

    code = "appeal-open"
    message = _("An appeal against this result is already open.")
    remedy = _("Wait for its decision.")


class AppealTooLate(RuleViolation):
    """The window has closed."""

    code = "appeal-too-late"
    message = _("The time for an appeal ended on %(until)s.")
    remedy = _("Ask the academy's appeals officer for advice.")


class NothingToAppeal(RuleViolation):
    """There is no result yet."""

    code = "appeal-no-result"
    message = _("There is no result yet that could be contested.")
    remedy = _("Wait for the result.")


class AppealTextMissing(RuleViolation):
    """An appeal, or a decision about one, without reasons."""

    code = "appeal-reasons-missing"
    message = _("The reasons are missing.")
    remedy = _("Write what is contested or decided, and why.")
    status = 422


class AppealDecided(RuleViolation):
    """It was decided before."""

    code = "appeal-decided"
    message = _("This appeal is already decided.")
    remedy = _("See the decision.")


class AppealsOfficerTookPart(NotPermitted):
    """Who took part in a call may not judge complaints about it."""

    code = "appeal-officer-took-part"
    message = _("You took part in this call and may not decide appeals against it.")
    remedy = _("Hand the appeal to another appeals officer.")
