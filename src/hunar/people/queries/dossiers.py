from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from hunar.audit import queries as audit
from hunar.kernel import clock
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.organisations.models import Organisation
from hunar.people import permissions
from hunar.people.enums import Permission
from hunar.people.models import Account, Employment, Person, PersonVersion, RoleAssignment
from hunar.people.queries.roles import organisations_where


@dataclass(frozen=True)
class Opening:
    """That somebody opened a dossier."""

    at: datetime
    by: str


_OPENED = "people.dossier.opened"


def openings_of(person: Person, *, limit: int = 20) -> list[Opening]:
    """Who opened the dossier of ``person``, newest first."""
    rows = list(
        audit.entries_about(person.ref)
        .filter(act=_OPENED)
        .order_by("-id")
        .values_list("at", "actor_ref")[:limit]
    )
    names = names_by_ref(ref for _, ref in rows)
    return [Opening(at, names.get(ref, ref)) for at, ref in rows]


def has_opened(by: Person, person: Person, *, on: date) -> bool:
    """Whether ``by`` opened the dossier of ``person`` on that day already."""
    last = (
        audit.entries_about(person.ref)
        .filter(act=_OPENED, actor_ref=by.ref)
        .order_by("-id")
        .values_list("at", flat=True)
        .first()
    )
    return last is not None and last.astimezone(ASHGABAT).date() == on


def names_by_ref(refs: Iterable[str]) -> dict[str, str]:
    """The full names behind people's ids for paper; other refs are left out."""
    numbers = {}
    for ref in set(refs):
        try:
            read = read_paper_id(ref)
        except UnreadablePaperId:
            continue
        if read.prefix == Person.PREFIX:
            numbers[read.number] = ref
    people = Person.objects.filter(pk__in=numbers)
    return {numbers[person.pk]: person.name.full for person in people}


def account_of(person: Person) -> Account | None:
    return Account.objects.filter(person=person).first()


def employments_of(person: Person) -> QuerySet[Employment]:
    """Her posts, the present one first."""
    return person.employments.select_related(
        "post", "organisation", "organisation__region", "supervisor"
    ).order_by("-started_date", "-id")


def assignments_of(person: Person) -> QuerySet[RoleAssignment]:
    """Her roles, past ones too, the newest first."""
    return person.role_assignments.select_related("organisation", "granted_by").order_by(
        "-valid_from", "-id"
    )


def versions_of(person: Person) -> QuerySet[PersonVersion]:
    """Corrections of what is known about her, newest first."""
    return person.versions.select_related("corrected_by").order_by("-number")


@dataclass(frozen=True)
class Dossier:
    """What a person's page shows, and what its reader may do there."""

    person: Person
    employments: list[Employment]
    assignments: list[RoleAssignment]
    versions: list[PersonVersion]
    openings: list[Opening]
    account: Account | None
    is_own: bool
    can_manage: bool
    can_manage_account: bool
    employer: Organisation | None

    @property
    def present(self) -> Employment | None:
        """The post that she holds now."""
        return next((post for post in self.employments if post.ended_date is None), None)

    @property
    def shows_everything(self) -> bool:
        """Corrections and who opened the dossier are for herself and who keeps her data."""
        return self.is_own or self.can_manage


def dossier(person: Person, *, seen_by: Person) -> Dossier:
    """All that ``seen_by`` may read about ``person``, in a fixed number of queries."""
    is_own = person.pk == seen_by.pk
    posts = list(employments_of(person))
    roles = list(assignments_of(person))
    present = next((post.organisation for post in posts if post.ended_date is None), None)
    can_manage = permissions.keeps(seen_by, present)
    shows_everything = is_own or can_manage
    today = clock.today()
    held = [role for role in roles if role.valid_to is None or role.valid_to >= today]
    return Dossier(
        person=person,
        employments=posts,
        assignments=roles,
        versions=list(versions_of(person)) if shows_everything else [],
        openings=openings_of(person) if shows_everything else [],
        account=account_of(person),
        is_own=is_own,
        can_manage=can_manage,
        can_manage_account=can_manage and not is_own and permissions.holds_only_what(seen_by, held),
        employer=(present or _first_employer(seen_by)) if can_manage else None,
    )


def _first_employer(seen_by: Person) -> Organisation | None:
    """Where ``seen_by`` would give a post to somebody who holds none."""
    managed = organisations_where(seen_by, Permission.MANAGE_PEOPLE)
    return managed.filter(parent__isnull=True).order_by("sort_key").first()


@dataclass(frozen=True)
class AccountSummary:
    """How many accounts there are, wait for their first sign-in, are closed."""

    accounts: int
    waiting: int
    closed: int


def account_summary() -> AccountSummary:
    """The state of all accounts, in one query."""
    counts = Account.objects.order_by().aggregate(
        accounts=Count("pk"),
        waiting=Count("pk", filter=Q(code_until__isnull=False, is_active=True)),
        closed=Count("pk", filter=Q(is_active=False)),
    )
    return AccountSummary(**counts)


def second_factors_of(person: Person) -> list[str]:
    """The kinds of second factor that her account has: ``totp``, ``webauthn``."""
    from allauth.mfa.models import Authenticator

    return list(
        Authenticator.objects.filter(user__person=person)
        .order_by("type")
        .values_list("type", flat=True)
    )
