from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class AgreementFrozen(RuleViolation):
    """A signed agreement is not rewritten."""

    code = "agreement-frozen"
    message = _("The agreement is signed and its text does not change.")
    remedy = _("Record a supplementary agreement as a new draft.")


class AgreementNotSigned(RuleViolation):
    """Obligations run and questions are asked under signed agreements only."""

    code = "agreement-not-signed"
    message = _("The agreement is not in force.")
    remedy = _("Sign it first, or choose an agreement that is in force.")


class TooFewSignatories(RuleViolation):
    """An agreement has at least two sides."""

    code = "agreement-signatories"
    message = _("An agreement needs at least two signatories.")
    remedy = _("Add the organisations that sign before you record the signature.")


class SignedInFuture(RuleViolation):
    """A signature is recorded when it has been given."""

    code = "signed-in-future"
    message = _("The day of the signature lies in the future.")
    remedy = _("Enter the day on which the agreement was signed.")
    status = 422


class DatesOutOfOrder(RuleViolation):
    """An agreement cannot end before it is in force."""

    code = "agreement-dates"
    message = _("The end lies before the start.")
    remedy = _("Correct one of the two dates.")
    status = 422


class PartyTwice(RuleViolation):
    """An organisation takes the same part once."""

    code = "party-twice"
    message = _("%(organisation)s is named twice in the same part.")
    remedy = _("Leave one of the two lines out.")
    status = 422


class PartyOwes(RuleViolation):
    """A party with obligations cannot be taken out."""

    code = "party-owes"
    message = _("%(organisation)s still has obligations in the draft.")
    remedy = _("Remove its obligations first.")


class NotOfThisAgreement(RuleViolation):
    """Obligations belong to parties of the same agreement."""

    code = "party-of-other-agreement"
    message = _("The organisation is no party of this agreement.")
    remedy = _("Choose one of its parties.")
    status = 422


class StateNotReachable(RuleViolation):
    """An obligation moves only along its states."""

    code = "obligation-state"
    message = _("An obligation that is %(before)s cannot become %(after)s.")
    remedy = _("Look at its present state; somebody may have changed it.")


class EvidenceNeeded(RuleViolation):
    """Fulfilled and waived obligations say why."""

    code = "obligation-evidence"
    message = _("It is not said what shows this.")
    remedy = _("Name the record, letter or decision that shows it.")
    status = 422


class ExpertListed(RuleViolation):
    """A person stands on the roster once."""

    code = "expert-listed"
    message = _("This person is on the roster already.")
    remedy = _("Correct the entry that is there.")


class ExpertWithoutRole(RuleViolation):
    """Who is asked must be allowed to answer."""

    code = "expert-without-role"
    message = _("This person has no role that allows answering advisory requests.")
    remedy = _("Ask the administrator to give the role of trainer first.")


class ExpertUnavailable(RuleViolation):
    """Who is not available gets no requests."""

    code = "expert-unavailable"
    message = _("%(expert)s is not available now.")
    remedy = _("Choose another expert from the roster.")


class RequestMovedOn(RuleViolation):
    """The act belongs to an earlier state of the request."""

    code = "request-state"
    message = _("The request is %(state)s; this cannot be done any more or not yet.")
    remedy = _("Open the request again and look at what happened.")


class RatingOutOfScale(RuleViolation):
    """Usefulness is said in 1 to 5."""

    code = "rating-out-of-scale"
    message = _("The rating is not between 1 and 5.")
    remedy = _("Choose from 1 (no use) to 5 (solved it).")
    status = 422


class TextMissing(RuleViolation):
    """Questions and answers consist of words."""

    code = "text-missing"
    message = _("There is no text.")
    remedy = _("Write what you want to say.")
    status = 422
