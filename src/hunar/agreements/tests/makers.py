"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hunar.agreements import services
from hunar.agreements.enums import Part
from hunar.agreements.models import AdvisoryRequest, Agreement, Expert
from hunar.organisations.enums import OrganisationKind
from hunar.organisations.models import Organisation
from hunar.organisations.tests.makers import make_organisation
from hunar.people.enums import Role
from hunar.people.models import Person
from hunar.people.tests.makers import make_person

NOON = datetime(2025, 12, 2, 7, tzinfo=UTC)
SIGNED = date(2025, 11, 13)


def words(english: str) -> dict[str, str]:
    return {"tk": f"{english} (tk)", "ru": f"{english} (ru)", "en": english}


def make_officer() -> Person:
    return make_person(role=Role.PROGRAMME_OFFICER)


def make_draft(*, ministry: Organisation | None = None, by: Person | None = None) -> Agreement:
    """A draft between a ministry and a partner."""
    partner = make_organisation(kind=OrganisationKind.PARTNER)
    return services.draft_agreement(
        title=words("Memorandum"),
        summary=words("About it"),
        signed_place={},
        starts_date=SIGNED,
        ends_date=None,
        sides=[
            services.Side(ministry or make_organisation(), Part.SIGNATORY),
            services.Side(partner, Part.SIGNATORY),
        ],
        by=by or make_officer(),
        at=NOON,
    )


def make_agreement(*, ministry: Organisation | None = None, by: Person | None = None) -> Agreement:
    """A signed agreement with one obligation of the ministry."""
    officer = by or make_officer()
    draft = make_draft(ministry=ministry, by=officer)
    services.add_obligation(
        draft,
        party=draft.parties.order_by("order")[0],
        text=words("Nominate staff"),
        due_date=date(2025, 12, 1),
        by=officer,
        at=NOON,
    )
    return services.sign(draft, signed_date=SIGNED, by=officer, at=NOON)


def make_expert(*, person: Person | None = None, languages: tuple[str, ...] = ("en",)) -> Expert:
    return services.add_expert(
        person or make_person(role=Role.TRAINER),
        organisation=make_organisation(kind=OrganisationKind.PARTNER),
        fields=words("Data exchange"),
        languages=languages,
        by=make_officer(),
        at=NOON,
    )


def make_request(
    agreement: Agreement | None = None,
    *,
    by: Person | None = None,
    expert: Expert | None = None,
    subject: str = "How to archive messages",
    at: datetime = NOON,
) -> AdvisoryRequest:
    """A sent request, assigned to ``expert`` if one is given."""
    agreement = agreement or make_agreement()
    ministry = agreement.parties.order_by("order")[0].organisation
    request = services.ask(
        agreement,
        organisation=ministry,
        subject=subject,
        question="How long, and in which form?",
        by=by or make_person(role=Role.HR_OFFICER, organisation=ministry),
        at=at,
    )
    if expert:
        services.assign(request, expert=expert, by=make_officer(), at=at)
    return request
