"""Signing in by role, in the demo only. Nothing here works unless ``settings.DEMO``."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import NotFound
from hunar.kernel.queries import setting
from hunar.kernel.types import Words
from hunar.people.models import Account
from hunar.people.queries import present_employments

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Part:
    """A role that one can try: the cast's key, its title, and what it can do today."""

    key: str
    title: Words
    today: Words
    icon: str


PARTS = [
    Part(
        "officer",
        _("Programme officer of the academy"),
        _("Lead the open call, follow the running cohort, print its papers, issue certificates."),
        "calendar",
    ),
    Part(
        "hr",
        _("Nominating officer of a ministry"),
        _("Nominate from the staff list, by hand or by table, and watch the balance."),
        "podium",
    ),
    Part(
        "learner",
        _("Learner"),
        _("Read today's lesson, sit the exam, see certificates and the CPD balance."),
        "book",
    ),
    Part(
        "trainer",
        _("Trainer"),
        _("See today's sessions, show the attendance code, follow how the group learns."),
        "people",
    ),
    Part(
        "panel1",
        _("Panel member"),
        _("Declare conflicts of interest and mark nominations without seeing names."),
        "list",
    ),
    Part(
        "examiner",
        _("Examiner"),
        _("Look after items and forms, open the sitting, release results."),
        "exam",
    ),
    Part(
        "appeals",
        _("Appeals officer"),
        _("Read the whole file of an appeal and decide it with reasons."),
        "shield",
    ),
    Part(
        "me",
        _("Monitoring and evaluation officer"),
        _("Open each indicator down to its records and make the donor report."),
        "chart",
    ),
    Part(
        "expert",
        _("Expert of the partner (Estonia)"),
        _("Answer the advisory request and teach a session."),
        "handshake",
    ),
    Part(
        "ministry_admin",
        _("Administrator of a ministry"),
        _("Keep the ministry's units, posts and people, and hand out codes to sign in."),
        "building",
    ),
    Part(
        "admin",
        _("Administrator of the platform"),
        _("See the health of the installation, roles, the audit log and its proofs."),
        "settings",
    ),
]


@dataclass(frozen=True)
class Seat:
    """A part with the invented person who plays it."""

    part: Part
    account: Account
    place: str


def seats() -> list[Seat]:
    """Everybody whom one can be, in the order of ``PARTS``.

    :raises NotFound: outside the demo.
    """
    _require_demo()
    logins: dict[str, str] = setting("demo.cast", {})
    accounts = {
        account.login: account
        for account in Account.objects.filter(login__in=logins.values()).select_related("person")
    }
    posts = present_employments([a.person for a in accounts.values() if a.person])
    found = []
    for part in PARTS:
        account = accounts.get(logins.get(part.key, ""))
        if account and account.person_id:
            post = posts.get(account.person_id)
            found.append(
                Seat(part, account, f"{post.post}, {post.organisation.short}" if post else "")
            )
    return found


def sign_in_as(request: HttpRequest, *, key: str) -> Account:
    """Sign in as the invented person who plays ``key``, without a password.

    :raises NotFound: outside the demo, or if nobody plays that part.
    """
    _require_demo()
    if key not in {part.key for part in PARTS}:
        raise NotFound
    logins: dict[str, str] = setting("demo.cast", {})
    account = Account.objects.filter(login=logins.get(key, ""), is_active=True).first()
    if account is None:
        raise NotFound
    login(request, account, backend=_BACKEND)
    return account


def _require_demo() -> None:
    if not settings.DEMO:
        raise NotFound
