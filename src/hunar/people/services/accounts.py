"""Accounts without e-mail: a printed one-time code opens them, then she chooses a password."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from hunar.audit import services as audit
from hunar.kernel.ids import ALPHABET
from hunar.people import permissions
from hunar.people.errors import AccountExists, AccountMissing, LoginMissing, LoginTaken
from hunar.people.models import Account, Person

CODE_LASTS = timedelta(days=14)
_GROUPS, _GROUP = 4, 4
"""Sixteen symbols of an alphabet of 31: 79 bits, no look-alikes."""


@transaction.atomic
def open_account(
    person: Person, *, by: Person, at: datetime, login: str = ""
) -> tuple[Account, str]:
    """An account for ``person`` and the one-time code to print; nobody can read it again.

    The login is the personnel number, for people without one ``login``.

    :raises NotPermitted: if ``by`` may not keep this account.
    :raises AccountExists: if she has one.
    :raises LoginMissing: if there is neither a personnel number nor a ``login``.
    :raises LoginTaken: if the login belongs to somebody else.
    """
    permissions.check_can_manage_account(by, person)
    login = person.personnel_number or login.strip().lower()
    if not login:
        raise LoginMissing
    if Account.objects.filter(person=person).exists():
        raise AccountExists
    code = _new_code()
    account = Account(login=login, person=person, email=person.email)
    account.code_until = at + CODE_LASTS
    account.set_password(code)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise LoginTaken(login=login) from None
    audit.record("people.account.opened", subject=person, by=by, at=at)
    return account, code


@transaction.atomic
def print_new_code(person: Person, *, by: Person, at: datetime) -> tuple[Account, str]:
    """A new one-time code in place of the password, for who forgot it.

    Second factors and passkeys go too: whoever lost the telephone can come in again.

    :raises NotPermitted: if ``by`` may not keep this account.
    :raises AccountMissing: if she has none.
    """
    from allauth.mfa.models import Authenticator

    permissions.check_can_manage_account(by, person)
    account = _account_of(person)
    code = _new_code()
    account.set_password(code)
    account.code_until = at + CODE_LASTS
    account.save(update_fields=["password", "code_until"])
    removed, _ = Authenticator.objects.filter(user=account).delete()
    audit.record(
        "people.account.code-printed",
        subject=person,
        by=by,
        at=at,
        details={"second_factors_removed": removed},
    )
    return account, code


@transaction.atomic
def choose_password(account: Account, *, password: str, at: datetime) -> None:
    """Replace a one-time code by the password that its owner chose."""
    account.set_password(password)
    account.code_until = None
    account.save(update_fields=["password", "code_until"])
    if account.person:
        audit.record(
            "people.account.password-chosen", subject=account.person, by=account.person, at=at
        )


def close_account(person: Person, *, by: Person, at: datetime) -> Account:
    """Nobody can sign in with the account any more; what it did stays.

    :raises NotPermitted, AccountMissing:
    """
    return _set_active(person, is_active=False, act="people.account.closed", by=by, at=at)


def reopen_account(person: Person, *, by: Person, at: datetime) -> Account:
    """Let the account sign in again.

    :raises NotPermitted, AccountMissing:
    """
    return _set_active(person, is_active=True, act="people.account.reopened", by=by, at=at)


@transaction.atomic
def _set_active(person: Person, *, is_active: bool, act: str, by: Person, at: datetime) -> Account:
    permissions.check_can_manage_account(by, person)
    account = _account_of(person)
    if account.is_active != is_active:
        account.is_active = is_active
        account.save(update_fields=["is_active"])
        audit.record(act, subject=person, by=by, at=at)
    return account


def prefer_language(person: Person, *, language: str) -> None:
    """Keep the language in which she reads pages and messages."""
    if person.language != language:
        Person.objects.filter(pk=person.pk).update(language=language)
        person.language = language


def _account_of(person: Person) -> Account:
    account = Account.objects.select_for_update().filter(person=person).first()
    if account is None:
        raise AccountMissing
    return account


def _new_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
