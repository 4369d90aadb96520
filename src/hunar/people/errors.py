from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class PossibleDuplicate(RuleViolation):
    """Somebody with this name and birth date, or this personnel number, is known already."""

    code = "person-possible-duplicate"
    message = _("Somebody like this is known already: %(people)s.")
    remedy = _("Take on the person who is known, or confirm that this is somebody else.")


class PersonnelNumberTaken(RuleViolation):
    """Personnel numbers are unique."""

    code = "personnel-number-taken"
    message = _("The personnel number %(number)s belongs to somebody else.")
    remedy = _("Compare the number with the personnel file.")


class NothingToCorrect(RuleViolation):
    """A correction that changes nothing."""

    code = "nothing-to-correct"
    message = _("Nothing was changed.")
    remedy = _("Change at least one entry, or leave the page.")


class EmployedElsewhere(RuleViolation):
    """She holds a post where the doer has no say."""

    code = "employed-elsewhere"
    message = _("This person still holds a post at %(organisation)s.")
    remedy = _("Ask that organisation to end the employment first.")


class EmploymentDatesOutOfOrder(RuleViolation):
    """An employment cannot end before it began, nor overlap the one before."""

    code = "employment-dates-out-of-order"
    message = _("The date lies before %(date)s, when the present employment began.")
    remedy = _("Enter a later date, or correct the present employment first.")


class AccountExists(RuleViolation):
    """One person, one account."""

    code = "account-exists"
    message = _("This person already has an account.")
    remedy = _("Print a new one-time code instead.")


class LoginTaken(RuleViolation):
    """The login belongs to another account."""

    code = "login-taken"
    message = _("The login “%(login)s” is taken.")
    remedy = _("Choose another login.")


class LoginMissing(RuleViolation):
    """Who has no personnel number needs a login of her own."""

    code = "login-missing"
    message = _("This person has no personnel number to sign in with.")
    remedy = _("Enter a login, such as given name and family name with a dot.")


class AccountMissing(RuleViolation):
    """There is no account to change."""

    code = "account-missing"
    message = _("This person has no account yet.")
    remedy = _("Open one first.")


class RoleHeldAlready(RuleViolation):
    """A role is held once for an organisation."""

    code = "role-held-already"
    message = _("The person already holds this role for this organisation.")


class RoleNotYours(RuleViolation):
    """Nobody grants or ends a role of her own."""

    code = "role-not-yours"
    message = _("You cannot grant or end a role of your own.")
    remedy = _("Another administrator has to do it.")


class RoleBeyondReach(RuleViolation):
    """Roles of the academy are granted by the administrator only, and held at the academy."""

    code = "role-beyond-reach"
    message = _("You may not grant or end this role.")
    remedy = _("Ask the administrator of the academy.")
    status = 403


class RoleOfTheAcademy(RuleViolation):
    """A role that reaches all organisations is held at the academy."""

    code = "role-of-the-academy"
    message = _("This role can be held at the academy only.")
    remedy = _("Choose the academy as the organisation.")


class RoleEnded(RuleViolation):
    """An assignment ends once."""

    code = "role-ended"
    message = _("The role was ended before.")
