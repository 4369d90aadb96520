"""Typed makers for tests of this room and those above it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from hunar.catalogue.models import Objective
from hunar.cohorts.models import Cohort
from hunar.cohorts.tests.makers import make_cohort, make_intake, make_version, words
from hunar.competencies.tests.makers import make_spine
from hunar.organisations.enums import RoleGroup
from hunar.organisations.models import Organisation, Post
from hunar.organisations.tests.makers import make_organisation, make_post, make_region
from hunar.people.enums import Role, Sex
from hunar.people.models import Person
from hunar.people.tests.makers import make_employment, make_person
from hunar.selection import rules, services
from hunar.selection.models import Call, Nomination

_numbers = count(1)

DRAFTED = datetime(2025, 10, 1, 7, tzinfo=UTC)
OPENS = datetime(2025, 10, 2, 4, tzinfo=UTC)
CLOSES = datetime(2025, 10, 24, 13, tzinfo=UTC)
WHILE_OPEN = datetime(2025, 10, 10, 7, tzinfo=UTC)
AFTER_CLOSE = CLOSES + timedelta(minutes=5)
MARKING = datetime(2025, 10, 27, 7, tzinfo=UTC)
DECISION = datetime(2025, 11, 3, 7, tzinfo=UTC)
LATER = datetime(2025, 11, 5, 7, tzinfo=UTC)


def make_criteria(*, marked: bool = True) -> tuple[rules.Criterion, ...]:
    """Gap 40, role 20, months 10, motivation 30; without marks the gap counts 70."""
    gap = rules.Criterion(
        code="gap",
        source=rules.Source.COMPETENCY_GAP,
        title=words("Competency gap"),
        weight=Decimal(40 if marked else 70),
        maximum=Decimal(4),
    )
    role = rules.Criterion(
        code="role",
        source=rules.Source.ROLE_RELEVANCE,
        title=words("Role"),
        weight=Decimal(20),
        maximum=Decimal(4),
        scale={RoleGroup.SENIOR.value: Decimal(4), RoleGroup.SPECIALIST.value: Decimal(3)},
    )
    months = rules.Criterion(
        code="service",
        source=rules.Source.MONTHS_IN_SERVICE,
        title=words("Service"),
        weight=Decimal(10),
        maximum=Decimal(60),
    )
    motivation = rules.Criterion(
        code="motivation",
        source=rules.Source.MARKED,
        title=words("Motivation"),
        weight=Decimal(30),
        maximum=Decimal(10),
        rubric=words("10: a plan with dates. 0: nothing."),
    )
    return (gap, role, months, motivation) if marked else (gap, role, months)


def make_reserve(
    *, group: rules.ReserveGroup = rules.ReserveGroup.OUTSIDE_CAPITAL, seats: int = 1
) -> rules.Reserve:
    return rules.Reserve(
        group=group,
        seats=seats,
        purpose=words("Even access to training"),
        legal_basis="Order 7 of 1 September 2025",
        end_date=date(2026, 12, 31),
    )


def make_rules(
    cohorts: Sequence[Cohort],
    *,
    seats: int = 2,
    cap: int | None = None,
    reserves: Sequence[rules.Reserve] = (),
    marked: bool = True,
    eligibility: rules.Eligibility | None = None,
) -> rules.CallRules:
    return rules.CallRules(
        eligibility=eligibility or rules.Eligibility(min_months_in_post=6),
        criteria=make_criteria(marked=marked),
        cohorts=tuple(
            rules.CohortRules(
                code=cohort.code,
                course=cohort.version.course.code,
                seats=seats,
                institution_cap=cap,
                reserves=tuple(reserves),
            )
            for cohort in cohorts
        ),
        tie_breaks=("gap", rules.MONTHS_IN_POST),
    )


def make_teaching_cohort(*, code: str = "", levels: dict[str, int] | None = None) -> Cohort:
    """A cohort whose course gives these levels (default: C2 up to 3)."""
    version = make_version(days=1, lessons=0)
    spine = make_spine()
    for order, (competency, level) in enumerate((levels or {"C2": 3}).items()):
        Objective.objects.create(
            module=version.modules.get(),
            code=f"M1.{order}",
            text=words("Objective"),
            competency=spine[competency],
            level_from=1,
            level_to=level,
            order=order,
        )
    return make_cohort(code=code, version=version)


def make_officer() -> Person:
    return make_person(role=Role.PROGRAMME_OFFICER)


def make_call(
    *,
    cohorts: Sequence[Cohort] | None = None,
    wanted: rules.CallRules | None = None,
    published: bool = True,
    officer: Person | None = None,
) -> Call:
    """A call of two cohorts with two seats each, published on 1 October 2025 unless told."""
    officer = officer or make_officer()
    cohorts = cohorts if cohorts is not None else [make_teaching_cohort(), make_teaching_cohort()]
    call = services.draft_call(
        cohorts[0].intake if cohorts else make_intake(),
        title=words("Call"),
        summary=words("Summary"),
        opens_at=OPENS,
        closes_at=CLOSES,
        cohorts=cohorts,
        rules_wanted=wanted or make_rules(cohorts),
        by=officer,
        at=DRAFTED,
    )
    if published:
        services.publish(call, by=officer, at=DRAFTED)
    return call


def make_hr(organisation: Organisation | None = None) -> Person:
    """A nominating officer, employed where she nominates."""
    organisation = organisation or make_organisation()
    person = make_person(given="Kadr", role=Role.HR_OFFICER, organisation=organisation)
    make_employment(person=person, organisation=organisation)
    return person


def organisation_of(hr: Person) -> Organisation:
    return hr.role_assignments.get(role=Role.HR_OFFICER).organisation


def make_staff(
    hr: Person,
    *,
    sex: str = Sex.FEMALE,
    since: date = date(2022, 1, 1),
    post: Post | None = None,
    role_group: str = RoleGroup.SPECIALIST,
    family: str = "",
) -> Person:
    """Somebody who works in the institution of ``hr``."""
    post = post or make_post(organisation=organisation_of(hr), role_group=role_group)
    person = make_person(family=family, sex=sex)
    make_employment(person=person, post=post, since=since)
    return person


def make_nomination(
    call: Call,
    *,
    hr: Person | None = None,
    person: Person | None = None,
    preferences: Sequence[str] | None = None,
    has_consent: bool = True,
    at: datetime = WHILE_OPEN,
) -> Nomination:
    hr = hr or make_hr()
    codes = [cohort["code"] for cohort in call.rules["cohorts"]]
    return services.nominate(
        call,
        person=person or make_staff(hr),
        preferences=preferences if preferences is not None else codes,
        motivation="She runs the registry and will teach her colleagues.",
        has_consent=has_consent,
        by=hr,
        at=at,
    )


def make_panel(number: int = 2) -> list[Person]:
    return [make_person(role=Role.PANEL_MEMBER) for _ in range(number)]


def close_call(call: Call, *, officer: Person | None = None) -> Call:
    return services.close(call, by=officer or make_officer(), at=AFTER_CLOSE)


def mark_all(call: Call, *, panel: Sequence[Person] | None = None, value: str = "7") -> None:
    """Every eligible file gets the same mark from each panel member."""
    for nomination in call.nominations.filter(state=Nomination.State.ELIGIBLE):
        for marker in panel or make_panel():
            services.mark(nomination, values={"motivation": Decimal(value)}, by=marker, at=MARKING)


def decide_call(call: Call, *, officer: Person | None = None) -> Call:
    """Close, mark and decide."""
    officer = officer or make_officer()
    close_call(call, officer=officer)
    mark_all(call, panel=make_panel())
    services.decide(call, by=officer, at=DECISION)
    call.refresh_from_db()
    return call


def outside_organisation() -> Organisation:
    return make_organisation(region=make_region(code="TM-L"))


def capital_organisation() -> Organisation:
    return make_organisation(region=make_region(code="TM-S"))
