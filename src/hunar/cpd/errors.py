from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class NotOpen(RuleViolation):
    """The claim was decided or withdrawn already."""

    code = "cpd-claim-not-open"
    message = _("This claim is no longer open.")
    remedy = _("Reload the page to see its present state.")


class OwnClaim(RuleViolation):
    """Nobody verifies her own claim."""

    code = "cpd-own-claim"
    message = _("Nobody decides on her own claim.")
    remedy = _("Leave it to another officer.")
    status = 403


class UnreadableEvidence(RuleViolation):
    """The evidence is no PDF, JPEG or PNG, or larger than 10 MB."""

    code = "cpd-evidence-unreadable"
    message = _("The evidence must be a PDF, JPEG or PNG file of at most 10 MB.")
    remedy = _("Scan or export the paper in one of these forms.")
    status = 422


class ReasonNeeded(RuleViolation):
    """A rejection without a reason."""

    code = "cpd-reason-needed"
    message = _("A claim is not rejected without a reason.")
    remedy = _("Write in a sentence what is missing; the person will read it.")
    status = 422


class FutureActivity(RuleViolation):
    """The activity has not ended yet."""

    code = "cpd-activity-in-future"
    message = _("The activity has not ended yet.")
    remedy = _("Claim it after its last day.")
    status = 422


class PolicyOverlaps(RuleViolation):
    """Two policies for one grade on one day."""

    code = "cpd-policy-overlaps"
    message = _("The policy %(policy)s covers some of these grades at that time.")
    remedy = _("Choose grades that no other policy covers, or exactly those of the one it follows.")


class PolicyMalformed(RuleViolation):
    """A policy that nobody could fulfil."""

    code = "cpd-policy-malformed"
    message = _("The policy asks for more by category or year than in the whole cycle.")
    remedy = _("Raise the total, or lower the least minutes of the categories or the year.")
    status = 422


class PolicyCodeTaken(RuleViolation):
    """Codes are given once."""

    code = "cpd-policy-code-taken"
    message = _("There is already a policy with the code %(policy)s.")
    remedy = _("Choose another code; earlier policies keep theirs.")


class SeedNeeded(RuleViolation):
    """A draw without a seed could not be repeated."""

    code = "cpd-seed-needed"
    message = _("A draw needs a seed of at least six letters or digits.")
    remedy = _("Take a number that is public and that nobody chose, such as the latest checkpoint.")
    status = 422
