"""The indicators: each defined once, in code, with the words that a report prints.

A figure is a pure function of the records that ``records`` returns. Changing what an
indicator counts means a new ``version``; released reports keep the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from hunar.evaluation.facts import Facts, Place
from hunar.kernel.types import Words

DAY_MINUTES = 8 * 45
"""A day of training: eight academic hours."""


class ResultLevel(StrEnum):
    OUTPUT = "output"
    OUTCOME = "outcome"


class Method(StrEnum):
    COUNT = "count"
    UNIQUE = "unique"
    SUM = "sum"
    MEAN = "mean"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Record:
    """One record behind a figure. ``kind`` is the prefix of its id for paper.

    ``amount`` is what a sum or mean adds up; ``is_hit`` what a share counts.
    """

    kind: str
    pk: int
    day: date
    person: int = 0
    about: str = ""
    amount: Fraction = Fraction(1)
    is_hit: bool = True


@dataclass(frozen=True)
class Indicator:
    """A definition. ``sources`` are the fields of ``Facts`` that it reads."""

    code: str
    version: int
    level: ResultLevel
    unit: Words
    title: Words
    definition: Words
    method: Method
    sources: frozenset[str]
    records: Callable[[Facts], list[Record]]
    is_about_people: bool = True
    chain: str = ""
    """For a share of women: the level of the chain by sex that it is computed from."""
    cuts: tuple[str, ...] = field(default=())
    """The dimensions by which it is broken down."""

    @property
    def is_percentage(self) -> bool:
        return self.method in (Method.SHARE, Method.MEAN)


def value_of(records: Sequence[Record], method: Method) -> Decimal:
    """The figure over ``records``, to one decimal at most; 0 over none."""
    if method is Method.UNIQUE:
        return Decimal(len({record.person for record in records}))
    if method is Method.COUNT or not records:
        return Decimal(len(records))
    if method is Method.SHARE:
        return rounded(Fraction(100 * sum(record.is_hit for record in records), len(records)))
    total = sum((record.amount for record in records), Fraction(0))
    return rounded(total if method is Method.SUM else total / len(records))


def rounded(value: Fraction) -> Decimal:
    """To one decimal, half up, from the exact value."""
    tenths = value * 10
    down = tenths.numerator // tenths.denominator
    up = tenths - down >= Fraction(1, 2)
    return (Decimal(down + up) / 10).quantize(Decimal("0.1"), ROUND_HALF_UP)


def latest_places(facts: Facts) -> list[Place]:
    """Of each trained person the last completed place: what was true of her last."""
    latest: dict[int, Place] = {}
    for place in sorted(facts.places, key=lambda each: (each.ended, each.pk)):
        if place.is_completed:
            latest[place.person] = place
    return list(latest.values())


def certified_people(facts: Facts) -> dict[int, Place]:
    """Trained people with a certificate of achievement from these cohorts, by person."""
    trained = {place.person for place in facts.places if place.is_completed}
    return {
        place.person: place
        for place in sorted(facts.places, key=lambda each: (each.ended, each.pk))
        if place.credential and place.person in trained
    }


def _places(facts: Facts) -> list[Record]:
    return [_place(place) for place in facts.places]


def _completed(facts: Facts) -> list[Record]:
    return [_place(place) for place in facts.places if place.is_completed]


def _place(place: Place) -> Record:
    return Record(
        "ENR",
        place.pk,
        place.ended,
        place.person,
        place.cohort,
        Fraction(place.minutes, DAY_MINUTES),
    )


def _trained(facts: Facts) -> list[Record]:
    return [_place(place) for place in latest_places(facts)]


def _certified(facts: Facts) -> list[Record]:
    return [
        Record("CRD", place.credential, place.ended, place.person, place.cohort)
        for place in certified_people(facts).values()
    ]


def _women_trained(facts: Facts) -> list[Record]:
    return [
        Record(
            "ENR", each.pk, each.ended, each.person, each.cohort, is_hit=each.traits["sex"] == "F"
        )
        for each in latest_places(facts)
    ]


def _women_certified(facts: Facts) -> list[Record]:
    sexes = {each.person: each.traits["sex"] for each in latest_places(facts)}
    return [
        Record("CRD", each.credential, each.ended, person, each.cohort, is_hit=sexes[person] == "F")
        for person, each in certified_people(facts).items()
    ]


def _women_at(stage: int) -> Callable[[Facts], list[Record]]:
    return lambda facts: [
        Record("NOM", each.pk, each.closed, each.person, each.call, is_hit=each.sex == "F")
        for each in facts.nominations
        if each.stage >= stage
    ]


def _results(facts: Facts) -> list[Record]:
    return [
        Record(
            "ATT", each.pk, each.released, each.person, each.cohort, each.share * 100,
            each.is_passed,
        )
        for each in facts.results
    ]  # fmt: skip


def _trainers(facts: Facts) -> list[Record]:
    last = {each.person: each for each in sorted(facts.teaching, key=lambda row: row.ended)}
    return [Record("PER", person, each.ended, person, each.cohort) for person, each in last.items()]


def _duties(kind: str) -> Callable[[Facts], list[Record]]:
    return lambda facts: [
        Record(kind, each.pk, each.day, is_hit=each.is_met)
        for each in facts.duties
        if each.kind == kind
    ]


def _texts(facts: Facts) -> list[Record]:
    return [
        Record("LES", each.pk, each.day, about=each.course, is_hit=each.is_turkmen)
        for each in facts.texts
    ]


ALL_CUTS = ("sex", "age", "region", "institution", "role")
_PLACES, _NOMINATIONS = frozenset({"places"}), frozenset({"nominations"})
_PERSONS: Words = _("persons")
_PERCENT: Words = _("per cent")

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "attendances", 1, ResultLevel.OUTPUT, _("attendances"),
        _("Attendances at courses"),
        _(
            "Places taken in finished cohorts, withdrawn ones left out. Somebody who came to two "
            "courses counts twice."
        ),
        Method.COUNT, _PLACES, _places,
    ),
    Indicator(
        "trained-attendances", 1, ResultLevel.OUTPUT, _("attendances"),
        _("Completed attendances"),
        _(
            "Places in finished cohorts whose holder attended at least 80 % of the planned "
            "minutes of lessons and labs. Somebody who completed two courses counts twice."
        ),
        Method.COUNT, _PLACES, _completed,
    ),
    Indicator(
        "trained-persons", 1, ResultLevel.OUTPUT, _PERSONS,
        _("Persons trained"),
        _(
            "Different people who attended at least 80 % of the planned minutes of lessons and "
            "labs of a finished cohort. Everybody counts once."
        ),
        Method.UNIQUE, _PLACES, _trained, cuts=ALL_CUTS,
    ),
    Indicator(
        "certified-persons", 1, ResultLevel.OUTPUT, _PERSONS,
        _("Persons certified"),
        _(
            "Different trained people who hold a certificate of achievement (exam passed) from a "
            "finished cohort. Revoked certificates do not count."
        ),
        Method.UNIQUE, _PLACES, _certified, cuts=ALL_CUTS,
    ),
    Indicator(
        "person-days", 1, ResultLevel.OUTPUT, _("days"),
        _("Person-days of training delivered"),
        _("Attended minutes of lessons and labs in finished cohorts, in days of 8 academic hours."),
        Method.SUM, _PLACES, _places,
    ),
    Indicator(
        "national-trainers", 1, ResultLevel.OUTPUT, _PERSONS,
        _("National trainers"),
        _("Different people who taught a finished cohort, international experts left out."),
        Method.UNIQUE, frozenset({"teaching"}), _trainers,
    ),
    Indicator(
        "lessons-turkmen", 1, ResultLevel.OUTPUT, _PERCENT,
        _("Lessons available in Turkmen"),
        _(
            "Lessons of the published course versions whose text is there in Turkmen, out of all "
            "lessons of these versions."
        ),
        Method.SHARE, frozenset({"texts"}), _texts, is_about_people=False,
    ),
    Indicator(
        "exam-mean", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Mean result of the exam"),
        _(
            "Mean share of marks over the best released attempt of each place in a finished "
            "cohort. No comparison with a group that was not trained: it does not prove a cause."
        ),
        Method.MEAN, frozenset({"results"}), _results,
    ),
    Indicator(
        "exam-pass-rate", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Exams passed"),
        _("Places in finished cohorts whose best released attempt was passed, out of all examined."),
        Method.SHARE, frozenset({"results"}), _results,
    ),
    Indicator(
        "women-nominated", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Women among the nominated"),
        _("Nominations of women, out of all that were not withdrawn, in calls that closed."),
        Method.SHARE, _NOMINATIONS, _women_at(0), chain="nominated",
    ),
    Indicator(
        "women-eligible", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Women among the eligible"),
        _("Nominations of women, out of all that met the requirements of the call."),
        Method.SHARE, _NOMINATIONS, _women_at(1), chain="eligible",
    ),
    Indicator(
        "women-chosen", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Women among the chosen"),
        _("Nominations of women, out of all that were given a place."),
        Method.SHARE, _NOMINATIONS, _women_at(2), chain="chosen",
    ),
    Indicator(
        "women-completed", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Women among the trained"),
        _("Women, out of all persons trained."),
        Method.SHARE, _PLACES, _women_trained, chain="trained-persons",
    ),
    Indicator(
        "women-certified", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Women among the certified"),
        _("Women, out of all persons certified."),
        Method.SHARE, _PLACES, _women_certified, chain="certified-persons",
    ),
    Indicator(
        "obligations-fulfilled", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Obligations of the agreements fulfilled"),
        _(
            "Obligations under the programme's agreements that were due by the end of the period "
            "and are recorded as fulfilled, out of all that were due and not waived."
        ),
        Method.SHARE, frozenset({"duties"}), _duties("OBL"), is_about_people=False,
    ),
    Indicator(
        "advice-in-time", 1, ResultLevel.OUTCOME, _PERCENT,
        _("Advisory requests answered in time"),
        _(
            "Requests sent in the period that were answered by their due day, out of all that "
            "were answered or whose due day has passed."
        ),
        Method.SHARE, frozenset({"duties"}), _duties("ADV"), is_about_people=False,
    ),
)  # fmt: skip

BY_CODE = {indicator.code: indicator for indicator in INDICATORS}
NOMINATION_CHAIN = ("nominated", "eligible", "chosen")
PERSON_CHAIN = ("trained-persons", "certified-persons")
