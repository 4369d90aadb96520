from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hunar.kernel import clock
from hunar.people.models import Account

# Pages that greet or dismiss say enough by themselves.
_SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators and by ``hunar init``; nobody signs up alone."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "enter_current_password": _("Enter your present password."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right."),
        "invalid_login": _("Number and password do not fit together."),
        "username_password_mismatch": _("Number and password do not fit together."),
        "too_many_login_attempts": _(
            "Too many attempts failed. Wait five minutes, then try again."
        ),
        "rate_limited": _("That was too fast. Wait a minute, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        account: Account | None = super().authenticate(request, **credentials)
        if account and account.code_until and account.code_until < clock.now():
            return None  # a printed code that nobody used in time
        return account

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *rest: Any,
        **more: Any,
    ) -> None:
        if message_template not in _SILENT:
            super().add_message(request, level, message_template, *rest, **more)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Words of the second factor in the languages of the academy."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("This second factor cannot be taken away."),
        "cannot_generate_recovery_codes": _(
            "Recovery codes need a second factor. Add an authenticator app or a key first."
        ),
        "incorrect_code": _("The code is not right."),
    }

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        from allauth.mfa.models import Authenticator

        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Key %(number)s") % {"number": count + 1}
