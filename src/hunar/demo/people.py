"""About 420 invented civil servants, the cast among them, with accounts and roles.

Names are put together at random from common ones; nobody in here exists. Birth dates,
personnel numbers and spellings come from the stage's seeded generator: the same
people at every load.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from hunar.audit import services as audit
from hunar.demo.names import FAMILIES, GIVEN, patronymic_of, russian_usage
from hunar.demo.stage import Stage
from hunar.kernel.names import passport_form
from hunar.kernel.services import choose
from hunar.organisations.enums import OrganisationKind as Kind
from hunar.organisations.enums import RoleGroup
from hunar.organisations.models import Organisation, Post
from hunar.people.enums import Role, Sex
from hunar.people.models import Account, Employment, Person, RoleAssignment

DEMO_PASSWORD = "hunar-demo-academy"
EPOCH = date(2025, 11, 1)
"""Ages are those of the first round, whenever the demo is loaded."""

STAFF_PER_KIND = {
    Kind.ACADEMY: 22,
    Kind.MINISTRY: 14,
    Kind.AGENCY: 13,
    Kind.UNIVERSITY: 16,
    Kind.REGIONAL: 12,
    Kind.ENTERPRISE: 11,
    Kind.PARTNER: 0,
}
MORE_STAFF = {"minaragatnasyk": 18}
WOMEN = {
    RoleGroup.SENIOR: 0.24,
    RoleGroup.MIDDLE: 0.40,
    RoleGroup.SPECIALIST: 0.46,
    RoleGroup.ACADEMIC: 0.52,
}
AGES = {
    RoleGroup.SENIOR: (37, 58),
    RoleGroup.MIDDLE: (29, 55),
    RoleGroup.SPECIALIST: (23, 42),
    RoleGroup.ACADEMIC: (27, 58),
}
# How often each post of the staffing table occurs, beside one of each.
HOW_OFTEN = {"HEAD": 0, "HR": 0, "CHAIR": 1, "DEP": 1, "PROG": 2}
USUAL = 4


@dataclass(frozen=True)
class Part:
    """A member of the cast: key, where, in which post, of which sex, with which role."""

    key: str
    organisation: str
    post: str
    sex: Sex
    role: Role | None
    at: str = "academy"
    language: str = "tk"


CAST = [
    Part("admin", "academy", "IT", Sex.MALE, Role.ADMINISTRATOR, language="en"),
    Part("officer", "academy", "PROG", Sex.FEMALE, Role.PROGRAMME_OFFICER),
    Part("trainer", "academy", "SENLEC", Sex.MALE, Role.TRAINER),
    Part("examiner", "academy", "CHAIR", Sex.FEMALE, Role.EXAMINER),
    Part("panel1", "academy", "SENLEC", Sex.FEMALE, Role.PANEL_MEMBER),
    Part("panel2", "telekom-uni", "CHAIR", Sex.MALE, Role.PANEL_MEMBER),
    Part("panel3", "kiberhowpsuzlyk", "CHIEF", Sex.FEMALE, Role.PANEL_MEMBER),
    Part("appeals", "minadalat", "CHIEF", Sex.MALE, Role.APPEALS_OFFICER, language="ru"),
    Part("me", "academy", "PROG", Sex.FEMALE, Role.ME_OFFICER, language="en"),
    Part("trainer2", "telekom-uni", "SENLEC", Sex.FEMALE, Role.TRAINER),
    Part("trainer3", "inzenerlik-uni", "LEC", Sex.MALE, Role.TRAINER),
    Part("invigilator", "academy", "IT", Sex.FEMALE, Role.INVIGILATOR),
    Part(
        "ministry_admin",
        "minaragatnasyk",
        "DEP",
        Sex.MALE,
        Role.ORGANISATION_ADMIN,
        at="minaragatnasyk",
    ),
    Part("learner", "minaragatnasyk", "SEC", Sex.FEMALE, None),
]


def load(stage: Stage) -> None:
    """Everybody, with posts, supervisors, accounts and roles."""
    rows = list(_people(stage))
    people = Person.objects.bulk_create(person for person, _ in rows)
    stage.cast["expert"] = _expert()
    stage.staff = _employ(stage, rows)
    _open_accounts(stage, people)
    _grant_roles(stage)
    _record(stage, people)
    choose("demo.cast", {key: person.account.login for key, person in stage.cast.items()})


def _people(stage: Stage) -> Iterator[tuple[Person, Post]]:
    names = Names(stage.random)
    number = _personnel_numbers(stage.random)
    for code, organisation in stage.organisations.items():
        parts = [part for part in CAST if part.organisation == code]
        for post in _posts_filled(stage, organisation, parts):
            part = next((part for part in parts if part.post == post.code), None)
            person = _person(stage.random, post, names, next(number), part)
            if part:
                parts.remove(part)
                stage.cast[part.key] = person
            elif post.code == "HR":
                stage.cast.setdefault(f"hr_{code}", person)
            yield person, post
    stage.cast["hr"] = stage.cast["hr_minaragatnasyk"]


def _posts_filled(stage: Stage, organisation: Organisation, parts: list[Part]) -> list[Post]:
    """One holder of each post, those of the cast, then as many as the institution has room for."""
    posts = stage.posts[organisation.code]
    size = MORE_STAFF.get(organisation.code, STAFF_PER_KIND[Kind(organisation.kind)])
    if not size:
        return []
    by_code = {post.code: post for post in posts}
    needed = [by_code[part.post] for part in parts]
    weights = [HOW_OFTEN.get(post.code, USUAL) for post in posts]
    more = stage.random.choices(posts, weights, k=size - len(posts) - len(needed))
    return [*posts, *sorted([*needed, *more], key=lambda post: (-post.grade, post.code))]


def _person(random: Random, post: Post, names: Names, number: str, part: Part | None) -> Person:
    group = RoleGroup(post.role_group)
    sex = part.sex if part else Sex.FEMALE if random.random() < WOMEN[group] else Sex.MALE
    family, given, patronymic = names.take(sex)
    youngest, oldest = AGES[group]
    days = random.randint(youngest * 365 + youngest // 4 + 1, (oldest + 1) * 365)
    return Person(
        family=family,
        given=given,
        patronymic=patronymic,
        family_cyrillic=russian_usage(family),
        given_cyrillic=russian_usage(given),
        patronymic_cyrillic=russian_usage(patronymic),
        family_passport=passport_form(family),
        given_passport=passport_form(given),
        sex=sex,
        birth_date=EPOCH - timedelta(days=days),
        personnel_number=number,
        language=part.language if part else random.choices(["tk", "ru", "en"], [80, 17, 3])[0],
    )


class Names:
    """Full names, none of them twice."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.taken: set[tuple[str, str]] = set()

    def take(self, sex: Sex) -> tuple[str, str, str]:
        """Family name, given name and, for most, a patronymic, agreeing with ``sex``."""
        while True:
            family = self.random.choice(FAMILIES) + ("a" if sex is Sex.FEMALE else "")
            given = self.random.choice(GIVEN[sex.value])
            if (family, given) not in self.taken:
                self.taken.add((family, given))
                father = self.random.choice(GIVEN["M"])
                return family, given, patronymic_of(father, sex.value, self.random.random())


def _personnel_numbers(random: Random) -> Iterator[str]:
    yield from (f"{number:07d}" for number in random.sample(range(1_000_000, 9_999_999), 1000))


def _expert() -> Person:
    return Person.objects.create(
        family="Tammsalu",
        given="Liis",
        family_passport="TAMMSALU",
        given_passport="LIIS",
        sex=Sex.FEMALE,
        birth_date=date(1984, 4, 17),
        language="en",
    )


def _employ(stage: Stage, rows: list[tuple[Person, Post]]) -> list[Employment]:
    """Each holds one post; who leads supervises, and the highest has nobody above."""
    leaders: dict[int, Person] = {}
    for person, post in rows:
        if post.is_leading:
            leaders.setdefault(post.organisation_id, person)
    employments = [
        Employment(
            person=person,
            post=post,
            organisation=post.organisation,
            started_date=_since(stage.random, person),
            supervisor=_other_than(person, leaders.get(post.organisation_id)),
        )
        for person, post in rows
    ]
    expert_post = stage.posts["ega"][0]
    employments.append(
        Employment(
            person=stage.cast["expert"],
            post=expert_post,
            organisation=expert_post.organisation,
            started_date=date(2016, 2, 1),
        )
    )
    Employment.objects.bulk_create(employments)
    return list(
        Employment.objects.select_related(
            "person", "post", "organisation", "organisation__region"
        ).order_by("id")
    )


def _since(random: Random, person: Person) -> date:
    """At the earliest at 22, at the latest half a year before the first round."""
    assert person.birth_date is not None
    earliest = max(date(2008, 1, 8), person.birth_date + timedelta(days=22 * 366))
    latest = date(2025, 4, 30)
    if earliest >= latest:
        return latest
    return earliest + timedelta(days=random.randint(0, (latest - earliest).days))


def _other_than(person: Person, leader: Person | None) -> Person | None:
    return None if leader is person else leader


def _open_accounts(stage: Stage, people: list[Person]) -> None:
    """The password of the cast is hashed once; nobody else can sign in with one."""
    known = make_password(DEMO_PASSWORD)
    cast = {person.pk for person in stage.cast.values()}
    administrator = stage.cast["admin"].pk
    Account.objects.bulk_create(
        Account(
            login=person.personnel_number or "liis.tammsalu",
            person=person,
            password=known if person.pk in cast else make_password(None),
            is_staff=person.pk == administrator,
            is_superuser=person.pk == administrator,
        )
        for person in [*people, stage.cast["expert"]]
    )


def _grant_roles(stage: Stage) -> None:
    academy, admin = stage.organisations["academy"], stage.cast["admin"]
    wishes = [
        (stage.cast[part.key], part.role, stage.organisations[part.at])
        for part in CAST
        if part.role
    ]
    wishes.append((stage.cast["expert"], Role.TRAINER, academy))
    wishes += [
        (person, Role.HR_OFFICER, stage.organisations[key.removeprefix("hr_")])
        for key, person in stage.cast.items()
        if key.startswith("hr_")
    ]
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            person=person,
            role=role,
            organisation=organisation,
            valid_from=date(2025, 9, 1),
            granted_by=admin,
        )
        for person, role, organisation in wishes
    )
    for person, role, organisation in wishes:
        audit.record(
            "people.role.granted",
            subject=person,
            by=admin,
            at=stage.at(date(2025, 9, 1), 10),
            details={"role": role.value, "organisation": organisation.ref},
        )


def _record(stage: Stage, people: list[Person]) -> None:
    admin, at = stage.cast["admin"], stage.at(date(2025, 9, 1), 11)
    for person in [*people, stage.cast["expert"]]:
        audit.record("people.person.created", subject=person, by=admin, at=at)
