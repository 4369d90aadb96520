"""Four competitions: one ranked in spring 2026, one that waits for its list, one open, one draft."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hunar.careers import services
from hunar.careers.models import Candidacy, Competition
from hunar.careers.services import Terms
from hunar.cohorts.models import Enrolment
from hunar.demo.stage import Stage
from hunar.organisations.models import Post
from hunar.people.models import Person

SPRING = date(2026, 3, 2)
WEIGHTS = {
    "competencies": Decimal(40),
    "exams": Decimal(25),
    "certificates": Decimal(10),
    "cpd": Decimal(15),
    "years": Decimal(10),
}
TIE_BREAKS = ("exams", "competencies", "years")
COURSES = ("DG-CYB", "DG-AI")
SUMMARIES = {
    "security": (
        "Ministrligiň maglumat ulgamlarynyň howpsuzlygyna jogap berýär, hadysalara garamagy guraýar.",
        "Отвечает за безопасность информационных систем министерства, организует работу с "
        "инцидентами.",
        "Answers for the security of the ministry's information systems and organises the "
        "response to incidents.",
    ),
    "services": (
        "Sanly hyzmatlary taslaýar we olaryň raýatlar üçin elýeterli bolmagyny üpjün edýär.",
        "Проектирует цифровые услуги и обеспечивает их доступность для граждан.",
        "Designs digital services and sees to it that citizens can reach them.",
    ),
}


def load(stage: Stage) -> None:
    """Candidates are graduates of 2025; the learner of the cast can apply in the open one."""
    graduates = _graduates(stage)
    ministry, agency = "minaragatnasyk", "kiberhowpsuzlyk"
    opened = min(SPRING, stage.today - timedelta(days=75))
    ranked = _competition(stage, ministry, "security", opened, opened + timedelta(days=25), "SEC")
    _apply(stage, ranked, graduates[:11])
    services.rank(ranked, by=stage.cast["hr"], at=stage.at(opened + timedelta(days=28), 10))
    waiting = _competition(
        stage, ministry, "services", stage.today - timedelta(days=31),
        stage.today - timedelta(days=1), "CHIEF",
    )  # fmt: skip
    _apply(stage, waiting, graduates[11:18])
    open_now = _competition(
        stage, agency, "security", stage.today - timedelta(days=6),
        stage.today + timedelta(days=20), "SEC",
    )  # fmt: skip
    _apply(stage, open_now, graduates[18:22])
    _draft(
        stage, ministry, "services", stage.today + timedelta(days=7),
        stage.today + timedelta(days=35), "DEP",
    )  # fmt: skip
    stage.say(
        f"careers: {Competition.objects.count()} competitions, "
        f"{Candidacy.objects.count()} candidacies"
    )


def _graduates(stage: Stage) -> list[Person]:
    """Who completed a cohort of 2025, the cast left out, in a drawn order."""
    cast = {person.pk for person in stage.cast.values()}
    rows = (
        Enrolment.objects.filter(
            cohort__code__in=("CYB-2025", "AI-2025"), state=Enrolment.State.COMPLETED
        )
        .exclude(person_id__in=cast)
        .select_related("person")
        .order_by("pk")
    )
    people = list({row.person_id: row.person for row in rows}.values())
    stage.random.shuffle(people)
    return people


def _post(stage: Stage, organisation: str, code: str) -> Post:
    return next(post for post in stage.posts[organisation] if post.code == code)


def _officer(stage: Stage, organisation: str) -> Person:
    return stage.cast[f"hr_{organisation}"]


def _draft(
    stage: Stage, organisation: str, about: str, opens: date, closes: date, post: str
) -> Competition:
    tk, ru, en = SUMMARIES[about]
    return services.draft(
        _post(stage, organisation, post),
        terms=Terms(
            summary={"tk": tk, "ru": ru, "en": en},
            opens_at=stage.at(opens, 9),
            closes_at=stage.at(closes, 18),
            weights=WEIGHTS,
            tie_breaks=TIE_BREAKS,
            courses=COURSES,
            certificates_most=2,
            grade_from=4,
            years_most=10,
        ),
        by=_officer(stage, organisation),
        at=stage.at(min(opens - timedelta(days=4), stage.today - timedelta(days=1)), 11),
    )


def _competition(
    stage: Stage, organisation: str, about: str, opens: date, closes: date, post: str
) -> Competition:
    draft = _draft(stage, organisation, about, opens, closes, post)
    return services.publish(
        draft,
        by=_officer(stage, organisation),
        at=stage.at(opens - timedelta(days=3), 11),
    )


def _apply(stage: Stage, competition: Competition, people: list[Person]) -> None:
    for number, person in enumerate(people):
        services.apply(
            competition,
            person=person,
            at=competition.opens_at + timedelta(days=1 + number % 4, hours=number),
        )
