"""Every write of this room; the modules are split by their subject."""

from hunar.people.services.accounts import (
    choose_password,
    close_account,
    open_account,
    prefer_language,
    print_new_code,
    reopen_account,
)
from hunar.people.services.employments import employ, end_employment
from hunar.people.services.persons import correct_person, create_person, open_dossier, take_on
from hunar.people.services.roles import end_role, grant_role

__all__ = [
    "choose_password",
    "close_account",
    "correct_person",
    "create_person",
    "employ",
    "end_employment",
    "end_role",
    "grant_role",
    "open_account",
    "open_dossier",
    "prefer_language",
    "print_new_code",
    "reopen_account",
    "take_on",
]
