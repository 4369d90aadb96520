from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Prefetch, Q, QuerySet

from hunar.agreements import permissions, rules
from hunar.agreements.models import AdvisoryRequest, Agreement, Expert, Obligation, Party
from hunar.agreements.queries.happenings import Happening, happenings
from hunar.agreements.queries.requests import requests_visible_to
from hunar.catalogue import queries as catalogue
from hunar.catalogue.models import Programme
from hunar.kernel.collation import search_key
from hunar.kernel.types import Words
from hunar.organisations.models import Organisation
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person

DONE = (Obligation.State.FULFILLED, Obligation.State.WAIVED)


def agreements_visible_to(person: Person) -> QuerySet[Agreement]:
    """All for who manages agreements; signed ones for who sees evidence, speaks for a party
    or stands on the roster; nothing else."""
    agreements = Agreement.objects.order_by("-starts_date", "-id")
    if permissions.can_manage(person):
        return agreements
    signed = agreements.exclude(state=Agreement.State.DRAFT)
    if people.may(person, Permission.SEE_EVIDENCE):
        return signed
    wanted = Q(pk__in=[])
    if permissions.can_ask_somewhere(person):
        speaks_for = people.organisations_where(person, Permission.ASK_ADVICE)
        concerned = Q(organisation__in=speaks_for.values("pk"))
        concerned |= Q(organisation__in=speaks_for.values("parent_id"))
        wanted |= Q(pk__in=Party.objects.filter(concerned).values("agreement_id"))
    if people.may(person, Permission.ANSWER_ADVICE):
        wanted |= Q(Exists(Expert.objects.filter(person=person)))
    return signed.filter(wanted)


def agreements_matching(
    agreements: QuerySet[Agreement], *, wish: str = "", state: str = ""
) -> list[Agreement]:
    """``agreements`` in a state and with words of title or parties, with parties and counts.

    Two queries. Agreements are few; words are compared here, in all languages.
    """
    if state:
        agreements = agreements.filter(state=state)
    parties = Party.objects.select_related("organisation")
    counted = agreements.prefetch_related(Prefetch("parties", queryset=parties)).annotate(
        obligations_total=Count("obligations", distinct=True),
        obligations_done=Count("obligations", filter=Q(obligations__state__in=DONE), distinct=True),
        requests_total=Count("requests", distinct=True),
    )
    words = search_key(wish).split()
    return [row for row in counted if all(word in _searched(row) for word in words)]


def _searched(agreement: Agreement) -> str:
    parties = [
        title for row in agreement.parties.all() for title in row.organisation.title.values()
    ]
    return search_key(*agreement.title.values(), *parties)


def agreements_with_parts(person: Person) -> QuerySet[Agreement]:
    """``agreements_visible_to`` with parties and programmes at hand."""
    parties = Party.objects.select_related("organisation")
    return agreements_visible_to(person).prefetch_related(
        Prefetch("parties", queryset=parties), "programmes"
    )


def programmes() -> QuerySet[Programme]:
    """The programmes that an agreement may carry."""
    return catalogue.programmes()


def organisations() -> QuerySet[Organisation]:
    """Who may be a party, in the order of their names."""
    return Organisation.objects.filter(parent__isnull=True).order_by("sort_key")


def parties_of(agreement: Agreement) -> QuerySet[Party]:
    return agreement.parties.select_related("organisation").order_by("order", "id")


@dataclass(frozen=True)
class Duty:
    """An obligation as a page shows it."""

    obligation: Obligation
    is_overdue: bool

    @property
    def tone(self) -> str:
        if self.is_overdue:
            return "bad"
        tones = {"fulfilled": "good", "under-way": "info", "waived": "neutral"}
        return tones.get(self.obligation.state, "warn")


def duties_of(agreement: Agreement, *, on: date) -> list[Duty]:
    """The obligations by due date, those without a date last."""
    rows = agreement.obligations.select_related("party__organisation")
    duties = [
        Duty(row, rules.is_overdue(row.due_date, is_done=row.state in DONE, on=on)) for row in rows
    ]
    return sorted(
        duties, key=lambda duty: (duty.obligation.due_date or date.max, duty.obligation.pk)
    )


def obligation_in(agreement: Agreement, pk: int) -> Obligation | None:
    rows = agreement.obligations.select_related("party__organisation", "agreement")
    return rows.filter(pk=pk).first()


def moves_of(obligation: Obligation) -> list[tuple[str, Words]]:
    """The states that the obligation may take next."""
    return [
        (state.value, state.label)
        for state in Obligation.State
        if rules.may_move(obligation.state, state.value)
    ]


@dataclass(frozen=True)
class AgreementView:
    """An agreement as one person sees it on one day."""

    agreement: Agreement
    duties: list[Duty]
    requests: list[AdvisoryRequest]
    timeline: list[Happening]
    can_manage: bool
    can_ask: bool

    @property
    def is_draft(self) -> bool:
        return self.agreement.state == Agreement.State.DRAFT

    @property
    def is_signed(self) -> bool:
        return self.agreement.state == Agreement.State.SIGNED

    @property
    def total(self) -> int:
        return len(self.duties)

    @property
    def done(self) -> int:
        return sum(duty.obligation.state in DONE for duty in self.duties)

    @property
    def overdue(self) -> int:
        return sum(duty.is_overdue for duty in self.duties)


def view_of(agreement: Agreement, *, seen_by: Person, on: date) -> AgreementView:
    """Everything on the page of an agreement; of the requests only those that she may see."""
    duties = duties_of(agreement, on=on)
    requests = list(requests_visible_to(seen_by).filter(agreement=agreement)[:20])
    subjects = {agreement.ref: ""}
    subjects |= {duty.obligation.ref: str(duty.obligation) for duty in duties}
    subjects |= {request.ref: request.subject for request in requests}
    is_signed = agreement.state == Agreement.State.SIGNED
    return AgreementView(
        agreement=agreement,
        duties=duties,
        requests=requests,
        timeline=happenings(subjects, limit=12),
        can_manage=permissions.can_manage(seen_by),
        can_ask=is_signed and permissions.can_ask_under(seen_by, agreement),
    )
