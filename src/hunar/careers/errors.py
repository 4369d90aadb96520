from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class FormulaUnsound(RuleViolation):
    """The weights or tie-breaks cannot rank anybody."""

    code = "formula-unsound"
    message = _("The formula cannot be used: %(reason)s")
    remedy = _("Correct the weights and the order of the tie-breaks.")
    status = 422


class ProfileMissing(RuleViolation):
    """Fit is measured against the post's profile."""

    code = "profile-missing"
    message = _("The post has no competency profile, so that fit cannot be measured.")
    remedy = _("Give the post a profile, or set the weight of competencies to 0.")


class CpdPolicyMissing(RuleViolation):
    """Continuing education is measured against the policy of the post's grade."""

    code = "cpd-policy-missing"
    message = _("No policy of continuing education is in force for the grade of this post.")
    remedy = _("Set the weight of continuing education to 0, or adopt a policy first.")


class CompetitionFrozen(RuleViolation):
    """What was published is not rewritten."""

    code = "competition-frozen"
    message = _("The competition is published; its terms do not change any more.")
    remedy = _("Draft another competition if the terms have to be different.")


class CompetitionTimes(RuleViolation):
    """It closes after it opens."""

    code = "competition-times"
    message = _("The competition would close before it opens.")
    remedy = _("Correct one of the two moments.")
    status = 422


class WindowTooShort(RuleViolation):
    """People need time to see a competition and to apply."""

    code = "competition-window-short"
    message = _("Only %(days)s working days would remain to apply; at least %(needed)s are needed.")
    remedy = _("Close the competition later.")


class CompetitionNotOpen(RuleViolation):
    """Applications count between opening and closing."""

    code = "competition-not-open"
    message = _("Applications are not accepted at this moment.")
    remedy = _("Look at the dates of the competition.")


class AlreadyApplied(RuleViolation):
    """One person, one application."""

    code = "already-applied"
    message = _("You have already applied in this competition.")
    remedy = _("Your application stands under your applications.")


class OfficerCannotApply(RuleViolation):
    """Nobody runs the competition in which she takes part."""

    code = "officer-cannot-apply"
    message = _("You run the competitions of this organisation and cannot apply in them.")
    remedy = _("Ask the administrator to give the role to a colleague first.")
    status = 403


class CandidateCannotRank(RuleViolation):
    """Nobody computes the list on which she stands."""

    code = "candidate-cannot-rank"
    message = _("You stand in this competition and cannot publish its list.")
    remedy = _("Ask another officer of the organisation.")
    status = 403


class CandidacyEnded(RuleViolation):
    """A withdrawn application stays withdrawn; a closed list stays as it is."""

    code = "candidacy-ended"
    message = _("This application cannot be withdrawn any more.")
    remedy = _("It was withdrawn before, or the competition has closed.")


class CompetitionStillOpen(RuleViolation):
    """No ranking while somebody could still apply."""

    code = "competition-still-open"
    message = _("Applications are still possible.")
    remedy = _("Publish the merit list after the competition has closed.")


class AlreadyRanked(RuleViolation):
    """A merit list is computed exactly once."""

    code = "already-ranked"
    message = _("The merit list of this competition is already published.")
    remedy = _("Open the list; a ranking is never computed twice.")


class NotPublished(RuleViolation):
    """A draft has no applications and no list."""

    code = "competition-not-published"
    message = _("The competition is still a draft.")
    remedy = _("Publish it first.")


class NobodyToRank(RuleViolation):
    """A list needs at least one candidate."""

    code = "nobody-to-rank"
    message = _("Nobody stands in this competition.")
    remedy = _("There is nothing to rank; draft a new competition.")
