from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation


class AlreadyRevoked(RuleViolation):
    code = "credential-already-revoked"
    message = _("This certificate is revoked already.")
    remedy = _("Reload the page to see its present state.")


class ReasonMissing(RuleViolation):
    code = "credential-reason-missing"
    message = _("The reason is missing or too short.")
    remedy = _("Write the reason in at least five letters; the holder will read it.")
    status = 422


class NothingToCorrect(RuleViolation):
    code = "credential-nothing-to-correct"
    message = _("The certificate already carries the name that is known of the person.")
    remedy = _("Correct the name of the person first, then replace the certificate.")


class RegisterNumberTaken(RuleViolation):
    code = "register-number-taken"
    message = _("No number in the register could be given.")
    remedy = _("Many certificates are being issued at this moment. Try again.")
    status = 503


class NothingIssued(RuleViolation):
    code = "no-credentials-in-cohort"
    message = _("No certificate has been issued in this cohort yet.")
    remedy = _("Issue the certificates first, then register the document.")


class TooManyTries(RuleViolation):
    code = "too-many-tries"
    message = _("Too many tries from this connection.")
    remedy = _("Wait a quarter of an hour and try again.")
    status = 429


class FileTooLarge(RuleViolation):
    code = "credential-file-too-large"
    message = _("The file is larger than a certificate can be.")
    remedy = _("Choose the JSON file as it was downloaded; at most 1 MB.")
    status = 413


class FileUnreadable(RuleViolation):
    code = "credential-file-unreadable"
    message = _("The file holds no JSON document.")
    remedy = _("Choose the JSON file as it was downloaded, not the PDF.")
    status = 422
