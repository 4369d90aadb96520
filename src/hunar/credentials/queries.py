from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hunar.audit.models import Entry
from hunar.audit.queries import entries_about
from hunar.cohorts import queries as cohorts
from hunar.cohorts.models import Cohort, Enrolment, Session
from hunar.credentials import permissions, rules
from hunar.credentials.enums import Reason
from hunar.credentials.models import Credential
from hunar.exams import queries as exams
from hunar.exams.models import Attempt, Sitting
from hunar.kernel.calendar import end_of_day
from hunar.kernel.collation import search_key
from hunar.kernel.home import HomeTask
from hunar.kernel.ids import UnreadablePaperId, read_paper_id
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person

ISSUED = "credentials.credential.issued"
WITH_NAMES = ("person", "enrolment__cohort__version__course", "enrolment__organisation")
LIVE = Q(revoked_at__isnull=True)

# The register -----------------------------------------------------------------


def credentials_visible_to(person: Person) -> QuerySet[Credential]:
    """Her own; all for who issues or reports; those of her institution's people for who
    sees its staff."""
    rows = Credential.objects.select_related(*WITH_NAMES)
    if _sees_all(person):
        return rows
    visible = Q(person=person)
    if people.may(person, Permission.SEE_STAFF):
        places = people.organisations_where(person, Permission.SEE_STAFF)
        visible |= Q(enrolment__organisation__in=places.values("pk"))
    return rows.filter(visible)


def _sees_all(person: Person) -> bool:
    return people.may(person, Permission.ISSUE_CREDENTIALS) or people.may(
        person, Permission.SEE_EVIDENCE
    )


def own_credentials(person: Person) -> QuerySet[Credential]:
    """The certificates of ``person``, latest first, revoked ones among them."""
    return (
        Credential.objects.filter(person=person)
        .select_related(*WITH_NAMES)
        .order_by("-issued_at", "-number")
    )


def register_of(cohort: Cohort) -> QuerySet[Credential]:
    """The certificates issued in ``cohort``, in the order of the register."""
    return (
        Credential.objects.filter(enrolment__cohort=cohort)
        .select_related(*WITH_NAMES)
        .order_by("year", "number")
    )


SORTS = {
    "number": ("year", "number"),
    "name": ("person__sort_key", "year", "number"),
    "course": ("enrolment__cohort__version__search_key", "year", "number"),
    "issued": ("issued_at", "number"),
    "valid": ("valid_until", "number"),
}


def credentials_matching(
    credentials: QuerySet[Credential],
    *,
    at: datetime,
    wish: str = "",
    year: str = "",
    cohort: str = "",
    kind: str = "",
    standing: str = "",
    order: str = "",
) -> QuerySet[Credential]:
    """``credentials`` narrowed and sorted as the register's page asks.

    :param wish: words of the holder's name or number, a register number, a code.
    :param order: a key of ``SORTS``, with a minus for downwards; default: latest first.
    """
    credentials = credentials.filter(_wished(wish))
    if year.isascii() and year.isdigit() and len(year) == 4:
        credentials = credentials.filter(year=int(year))
    if cohort:
        credentials = credentials.filter(enrolment__cohort__code=cohort)
    if kind in Credential.Kind.values:
        credentials = credentials.filter(kind=kind)
    if standing in STANDINGS:
        credentials = credentials.filter(STANDINGS[standing](at))
    fields = SORTS.get(order.lstrip("-"))
    if not fields:
        return credentials.order_by("-issued_at", "-number")
    if order.startswith("-"):
        return credentials.order_by(*(F(name).desc() for name in fields))
    return credentials.order_by(*fields)


STANDINGS = {
    "revoked": lambda at: Q(revoked_at__isnull=False),
    "expired": lambda at: LIVE & Q(valid_until__lt=at),
    "valid": lambda at: LIVE & (Q(valid_until__isnull=True) | Q(valid_until__gte=at)),
}


def _wished(wish: str) -> Q:
    if number := rules.read_register_number(wish):
        return Q(year=number[0], number=number[1])
    if code := rules.read_code(wish):
        return Q(code=code)
    found = Q()
    for word in search_key(wish).split():
        found &= Q(person__search_key__contains=word)
    return found


def years() -> list[int]:
    """The years of the register, latest first."""
    return list(Credential.objects.order_by("-year").values_list("year", flat=True).distinct())


def cohorts_with_certificates(credentials: QuerySet[Credential]) -> list[str]:
    """Codes of the cohorts of ``credentials``, for a choice."""
    codes = credentials.order_by().values_list("enrolment__cohort__code", flat=True)
    return sorted(codes.distinct(), reverse=True)


def cohorts_to_issue() -> QuerySet[Cohort]:
    """Every cohort that has begun, latest first: certificates are issued per cohort."""
    return (
        cohorts.with_counts(Cohort.objects.exclude(state=Cohort.State.PLANNED))
        .select_related("version__course", "intake")
        .order_by("-ends_date", "code")
    )


# What is due ------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """One line of the preview: who gets what and why, and what she has already."""

    enrolment: Enrolment
    finding: rules.Finding
    facts: rules.Facts
    attempt: Attempt | None
    held: list[Credential] = field(default_factory=list)

    @property
    def is_issued(self) -> bool:
        return any(row.kind == self.finding.kind for row in self.held)

    @property
    def is_to_issue(self) -> bool:
        return bool(self.finding.kind) and not self.is_issued

    @property
    def reason(self) -> str:
        return str(Reason(self.finding.reason).label)

    @property
    def kind_label(self) -> str:
        return str(Credential.Kind(self.finding.kind).label) if self.finding.kind else ""

    @property
    def percent(self) -> str:
        return rules.per_cent(self.facts.attendance)


def due_in(cohort: Cohort, *, without_exam: bool = False) -> list[Due]:
    """Who of ``cohort`` gets which certificate and why; a fixed number of queries.

    :param without_exam: do not wait for the results of an exam.
    """
    enrolments = list(cohorts.enrolments_of(cohort).order_by("person__sort_key", "person_id"))
    shares = cohorts.attendance_shares(cohort)
    return _dues(cohort, enrolments, shares, without_exam)


def due_for(enrolment: Enrolment) -> Due:
    """What one enrolment gets and why."""
    share = cohorts.attendance_share(enrolment)
    return _dues(enrolment.cohort, [enrolment], {enrolment.pk: share}, False)[0]


def _dues(
    cohort: Cohort, enrolments: list[Enrolment], shares: dict[int, Any], without_exam: bool
) -> list[Due]:
    attempts = exams.released_attempts(enrolments)
    awaited = not without_exam and is_exam_awaited(cohort)
    credentials: dict[int, list[Credential]] = {}
    for row in Credential.objects.filter(enrolment__in=enrolments).defer("document"):
        credentials.setdefault(row.enrolment_id, []).append(row)
    found = []
    for enrolment in enrolments:
        enrolment.cohort = cohort
        attempt, rows = attempts.get(enrolment.pk), credentials.get(enrolment.pk, [])
        held = [row for row in rows if not row.is_revoked]
        facts = rules.Facts(
            attendance=shares.get(enrolment.pk, rules.NOTHING),
            is_closed=cohort.is_closed,
            is_on_the_list=not enrolment.is_withdrawn,
            is_passed=attempt.is_passed if attempt else None,
            is_exam_awaited=awaited,
            revoked=frozenset(row.kind for row in rows) - {row.kind for row in held},
        )
        found.append(Due(enrolment, rules.due(facts), facts, attempt, held))
    return found


def is_exam_awaited(cohort: Cohort) -> bool:
    """Whether results are still to come: a sitting is not released, or the timetable holds
    an exam and there was no sitting yet; one query."""
    sittings = Sitting.objects.filter(cohort=OuterRef("pk"))
    exams_planned = Session.objects.filter(cohort=OuterRef("pk"), kind=Session.Kind.EXAM)
    awaited = Q(Exists(sittings.filter(state=Sitting.State.PLANNED))) | Q(
        ~Exists(sittings), Exists(exams_planned)
    )
    return Cohort.objects.filter(awaited, pk=cohort.pk).exists()


def absent_from(sitting: Sitting) -> QuerySet[Enrolment]:
    """Who completed the cohort of a released sitting without taking part in any exam, and
    has no certificate yet."""
    rows = Enrolment.objects.filter(
        cohort=sitting.cohort_id, state=Enrolment.State.COMPLETED, credentials__isnull=True
    )
    return rows.filter(attempts__isnull=True).select_related("person", "cohort__version__course")


# One certificate --------------------------------------------------------------


def live_credential(enrolment: Enrolment, kind: str) -> Credential | None:
    """The certificate of that kind that counts for ``enrolment``."""
    return Credential.objects.filter(LIVE, enrolment=enrolment, kind=kind).first()


def by_code(code: str) -> Credential | None:
    """The certificate with that verification code."""
    return Credential.objects.select_related(*WITH_NAMES).filter(code=code).first()


def by_number(text: str) -> Credential | None:
    """The certificate with a register number or an id for paper (``CRD-…``).

    :raises UnreadablePaperId: if the text is a paper id with a wrong symbol in it.
    """
    rows = Credential.objects.select_related(*WITH_NAMES)
    if number := rules.read_register_number(text):
        return rows.filter(year=number[0], number=number[1]).first()
    if text.strip().upper().startswith(Credential.PREFIX):
        return rows.filter(pk=read_paper_id(text).number).first()
    return None


def is_unreadable(text: str) -> bool:
    """Whether ``text`` looks like a paper id and its check symbol says that it was misread."""
    if not text.strip().upper().startswith(Credential.PREFIX):
        return False
    try:
        read_paper_id(text)
    except UnreadablePaperId:
        return True
    return False


def replacement_of(credential: Credential) -> Credential | None:
    """The live certificate that took the place of a revoked one."""
    if not credential.is_revoked:
        return None
    return Credential.objects.filter(
        LIVE, enrolment=credential.enrolment_id, kind=credential.kind
    ).first()


def log_entry(credential: Credential) -> Entry | None:
    """The record of the issue in the log, with its place in it."""
    entries = entries_about(credential.ref).filter(act=ISSUED)
    return entries.select_related("leaf").first()


def history_of(credential: Credential) -> list[Entry]:
    """What was done with a certificate, oldest first."""
    return list(entries_about(credential.ref).select_related("leaf"))


def counting_credentials(people_ids: Collection[int], *, on: date) -> dict[int, list[Credential]]:
    """Per person the certificates that were valid on that day; one query."""
    end = end_of_day(on)
    rows = Credential.objects.filter(
        Q(revoked_at__isnull=True) | Q(revoked_at__gt=end),
        Q(valid_until__isnull=True) | Q(valid_until__gte=end),
        person__in=people_ids,
        issued_at__lte=end,
    ).select_related("enrolment__cohort__version__course")
    held: dict[int, list[Credential]] = {pk: [] for pk in people_ids}
    for row in rows.order_by("issued_at"):
        held[row.person_id].append(row)
    return held


RUNS_OUT_WITHIN = timedelta(days=90)


def tasks_for(person: Person, *, on: date) -> list[HomeTask]:
    """Own certificates that expire within 90 days."""
    end = end_of_day(on)
    ending = Credential.objects.filter(
        LIVE, person=person, valid_until__gte=end, valid_until__lte=end + RUNS_OUT_WITHIN
    ).count()
    if not ending:
        return []
    return [
        HomeTask(
            label=_("Renew your certificate"),
            text=_("A certificate of yours expires within 90 days."),
            href=reverse("credentials:own"),
            icon="certificate",
            count=ending,
            tone="warn",
            order=60,
        )
    ]


def can_see_register(person: Person | None) -> bool:
    """Whether the register has anything for ``person`` beside her own certificates."""
    return permissions.can_see_register(person)
