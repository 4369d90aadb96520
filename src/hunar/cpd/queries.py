from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit.models import Entry
from hunar.cpd import permissions, rules
from hunar.cpd.models import Policy, Record
from hunar.cpd.rules import Activity, Balance, Terms
from hunar.credentials.models import Credential
from hunar.kernel.home import HomeTask
from hunar.kernel.ids import read_paper_id
from hunar.organisations.models import Organisation
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Employment, Person

UNCOVERED_PERCENT = 5
"""The share of claims that is looked at again where no policy covers the claimant."""


def terms_of(policy: Policy) -> Terms:
    """A policy as the rules read it."""
    return Terms(
        code=policy.code,
        starts=policy.valid_from,
        cycle_years=policy.cycle_years,
        total=policy.total_minutes,
        annual=policy.annual_minutes,
        least=policy.category_minutes,
        most=policy.category_caps,
        carry_over=policy.carry_over_minutes,
    )


def policies(*, on: date) -> list[Policy]:
    """The policies in force on a day, lowest grades first."""
    in_force = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return list(Policy.objects.filter(in_force, valid_from__lte=on))


def policy_for(employment: Employment | None, among: Iterable[Policy]) -> Policy | None:
    """The policy of ``among`` that covers the grade and family of the post."""
    if employment is None:
        return None
    post = employment.post
    for policy in among:
        fits_family = not policy.families or post.family in policy.families
        if policy.grade_from <= post.grade <= policy.grade_to and fits_family:
            return policy
    return None


def verified(person: Person) -> QuerySet[Record]:
    return Record.objects.filter(person=person, state=Record.State.VERIFIED)


def activities_of(records: Iterable[Record]) -> list[Activity]:
    return [Activity(r.ref, r.category, r.minutes, r.ended_date) for r in records]


@dataclass(frozen=True)
class Account:
    """A person's policy and balance; both None where no policy covers her post."""

    person: Person
    policy: Policy | None
    balance: Balance | None

    @property
    def standing(self) -> str:
        return self.balance.standing if self.balance else rules.Standing.NO_POLICY


def account(person: Person, *, on: date) -> Account:
    """Policy and balance of ``person`` on a day, in three queries."""
    policy = policy_for(people.employment_on(person, on), policies(on=on))
    if policy is None:
        return Account(person, None, None)
    found = rules.balance(terms_of(policy), activities_of(verified(person)), on=on)
    return Account(person, policy, found)


def balance(person: Person, *, on: date) -> Balance | None:
    """The balance of ``person`` on a day; None where no policy covers her post."""
    return account(person, on=on).balance


def accounts(employments: Iterable[Employment], *, on: date) -> list[Account]:
    """The accounts of many, in two queries however many there are."""
    employments = list(employments)
    in_force = policies(on=on)
    by_person: dict[int, list[Record]] = {}
    for record in Record.objects.filter(
        person__in=[employment.person_id for employment in employments],
        state=Record.State.VERIFIED,
    ):
        by_person.setdefault(record.person_id, []).append(record)
    found = []
    for employment in employments:
        policy = policy_for(employment, in_force)
        state = (
            rules.balance(
                terms_of(policy),
                activities_of(by_person.get(employment.person_id, [])),
                on=on,
            )
            if policy
            else None
        )
        found.append(Account(employment.person, policy, state))
    return found


def staff_of(person: Person, *, wish: str = "") -> QuerySet[Employment]:
    """Who works now in the organisations whose staff ``person`` may see."""
    places = people.organisations_where(person, Permission.SEE_STAFF)
    staff = (
        Employment.objects.filter(ended_date__isnull=True, organisation__in=places.values("pk"))
        .select_related("person", "post", "organisation")
        .order_by("person__sort_key", "pk")
    )
    if wish:
        staff = staff.filter(person__in=people.matching(Person.objects.all(), wish).values("pk"))
    return staff


def records_visible_to(person: Person) -> QuerySet[Record]:
    """Her own; all of them for who verifies."""
    everything = Record.objects.select_related("person", "verified_by").order_by(
        "-ended_date", "-pk"
    )
    if permissions.can_verify(person):
        return everything
    return everything.filter(person=person)


def records_of(person: Person) -> QuerySet[Record]:
    """The ledger of one person, newest first."""
    return Record.objects.filter(person=person).select_related("verified_by")


def open_claims(*, wish: str = "", order: str = "recorded_at") -> QuerySet[Record]:
    """Claims that wait for a decision, oldest first unless ordered otherwise."""
    claims = Record.objects.filter(state=Record.State.CLAIMED).select_related("person")
    if wish:
        claims = claims.filter(person__in=people.matching(Person.objects.all(), wish).values("pk"))
    allowed = {"recorded_at", "-recorded_at", "minutes", "-minutes", "person__sort_key"}
    return claims.order_by(order if order in allowed else "recorded_at", "pk")


def credited_certificates(credential: Credential) -> list[str]:
    """The ids of other certificates of the same place in a cohort that are credited now."""
    others = Credential.objects.filter(enrolment=credential.enrolment_id).exclude(pk=credential.pk)
    refs = [row.ref for row in others.defer("document")]
    counting = Record.objects.filter(source_ref__in=refs, state=Record.State.VERIFIED)
    return list(counting.values_list("source_ref", flat=True))


def other_certificate(credential: Credential) -> Credential | None:
    """Another certificate of the same place that counts, the achievement first."""
    others = Credential.objects.filter(
        enrolment=credential.enrolment_id, revoked_at__isnull=True
    ).exclude(pk=credential.pk)
    return others.select_related("person", "enrolment__cohort__version").order_by("kind").first()


def claims_by_share(year: int) -> dict[int, list[str]]:
    """The credited claims of activities that ended in ``year``, by the share (per cent) that
    the policy of the claimant's grade has looked at again; three queries."""
    claims = Record.objects.filter(
        state=Record.State.VERIFIED, source_ref="", ended_date__year=year
    )
    rows = list(claims.order_by("pk"))
    among = policies(on=date(year, 12, 31))
    held = {
        employment.person_id: employment
        for employment in Employment.objects.filter(
            person__in=[row.person_id for row in rows], ended_date__isnull=True
        ).select_related("post")
    }
    shares: dict[int, list[str]] = {}
    for row in rows:
        policy = policy_for(held.get(row.person_id), among)
        percent = policy.audit_percent if policy else UNCOVERED_PERCENT
        shares.setdefault(percent, []).append(row.ref)
    return shares


def draws() -> QuerySet[Entry]:
    """What was drawn for a second look, latest first."""
    return Entry.objects.filter(act="cpd.audit.drawn").order_by("-pk")


def drawn_records(draw: Entry) -> list[Record]:
    """The records of a draw, for who verifies."""
    numbers = [read_paper_id(ref).number for ref in draw.details["drawn"]]
    rows = Record.objects.filter(pk__in=numbers).select_related("person")
    return list(rows.order_by("person__sort_key", "pk"))


def all_policies() -> QuerySet[Policy]:
    """Every policy, those in force and those that ended, latest first."""
    return Policy.objects.order_by("-valid_from", "grade_from", "code")


def accounts_sorted(employments: Iterable[Employment], *, on: date, order: str) -> list[Account]:
    """``accounts`` by ``missing``, ``counted`` or, with a minus, downwards; two queries."""
    figures = {
        "missing": lambda row: row.balance.missing if row.balance else -1,
        "counted": lambda row: row.balance.total if row.balance else -1,
    }
    rows = accounts(employments, on=on)
    figure = figures.get(order.lstrip("-"))
    return sorted(rows, key=figure, reverse=order.startswith("-")) if figure else rows


def minutes_by_organisation(organisation: Organisation, *, first: date, last: date) -> int:
    """Verified minutes of an organisation's present staff between two days."""
    staff = Employment.objects.filter(organisation=organisation, ended_date__isnull=True)
    total: int | None = Record.objects.filter(
        person__in=staff.values("person_id"),
        state=Record.State.VERIFIED,
        ended_date__range=(first, last),
    ).aggregate(sum=Sum("minutes"))["sum"]
    return total or 0


def tasks_for(person: Person, *, on: date) -> list[HomeTask]:
    """Claims that wait for an officer; one query."""
    if not permissions.can_verify(person):
        return []
    waiting = Record.objects.filter(state=Record.State.CLAIMED).count()
    if not waiting:
        return []
    return [
        HomeTask(
            label=_("Decide on CPD claims"),
            text=_("Activities that people claimed wait for your decision."),
            href=reverse("cpd:claims"),
            icon="ledger",
            count=waiting,
            tone="info",
            order=60,
        )
    ]
