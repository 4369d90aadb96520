"""Figures and breakdowns as they may be shown to an audience."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from hunar.evaluation import disclosure
from hunar.evaluation.facts import AGE_BANDS, DIMENSIONS, UNKNOWN, Facts, Place
from hunar.evaluation.indicators import (
    BY_CODE,
    INDICATORS,
    NOMINATION_CHAIN,
    PERSON_CHAIN,
    Indicator,
    Method,
    Record,
    certified_people,
    latest_places,
    rounded,
    value_of,
)
from hunar.kernel.text import in_all_languages
from hunar.kernel.types import Words
from hunar.organisations.enums import OrganisationKind, RoleGroup
from hunar.people.enums import Sex

DIMENSION_TITLES: dict[str, Words] = {
    "sex": _("Sex"),
    "age": _("Age"),
    "region": _("Region"),
    "institution": _("Type of institution"),
    "role": _("Role group"),
}
AGE_TITLES: dict[str, Words] = {
    AGE_BANDS[0]: _("under 30"),
    AGE_BANDS[1]: _("30 to 44"),
    AGE_BANDS[2]: _("45 and above"),
}
LEVEL_TITLES: dict[str, Words] = {
    "nominated": _("Nominated"),
    "eligible": _("Eligible"),
    "chosen": _("Chosen"),
    "trained-persons": _("Persons trained"),
    "certified-persons": _("Persons certified"),
}


@dataclass(frozen=True)
class Figure:
    """A figure for an audience. ``value`` and ``n`` are None where it is hidden; a share over
    nothing has ``n`` 0 and no value."""

    indicator: Indicator
    value: Decimal | None
    n: int | None
    is_hidden: bool
    records: tuple[Record, ...]

    @property
    def is_empty(self) -> bool:
        return not self.is_hidden and self.value is None


@dataclass(frozen=True)
class Cut:
    """Chains of counts by the categories of one dimension; hidden counts are None."""

    dimension: str
    title: Words
    categories: tuple[tuple[str, Mapping[str, str]], ...]
    levels: tuple[disclosure.Level, ...]

    def of(self, level: str) -> disclosure.Level | None:
        return next((each for each in self.levels if each.code == level), None)

    @property
    def has_hidden(self) -> bool:
        return any(value is None for level in self.levels for value in level.values)

    @property
    def rows(self) -> list[tuple[Mapping[str, str], list[int | None]]]:
        """Category title and its counts, one per level."""
        return [
            (title, [level.values[place] for level in self.levels])
            for place, (_, title) in enumerate(self.categories)
        ]


@dataclass(frozen=True)
class Framework:
    """All figures and breakdowns over the same facts, for one audience."""

    figures: tuple[Figure, ...]
    cuts: tuple[Cut, ...]
    stages: Cut
    threshold: int


def framework(
    facts: Facts, *, audience: str, indicators: Sequence[Indicator] = INDICATORS
) -> Framework:
    """Compute everything once from ``facts``, hiding what is too small for the audience."""
    threshold = disclosure.THRESHOLDS[audience]
    cuts = cuts_of(facts, threshold=threshold)
    stages = stages_of(facts, threshold=threshold)
    by_sex = {level.code: level for level in (*stages.levels, *_levels_by_sex(cuts))}
    figures = tuple(
        figure_of(each, facts, threshold=threshold, by_sex=by_sex) for each in indicators
    )
    return Framework(figures, cuts, stages, threshold)


def _levels_by_sex(cuts: Sequence[Cut]) -> tuple[disclosure.Level, ...]:
    return next((cut.levels for cut in cuts if cut.dimension == "sex"), ())


def figure_of(
    indicator: Indicator,
    facts: Facts,
    *,
    threshold: int,
    by_sex: Mapping[str, disclosure.Level],
) -> Figure:
    """One figure: hidden if too few people stand behind it or a small group would show."""
    records = tuple(indicator.records(facts))
    n = len(records)
    if indicator.is_about_people and n and not disclosure.may_show(n, threshold=threshold):
        return Figure(indicator, None, None, True, records)
    if indicator.is_percentage and not n:
        return Figure(indicator, None, 0, False, records)
    if indicator.chain:
        level = by_sex.get(indicator.chain)
        if level is None or level.values[0] is None or level.total is None:
            return Figure(indicator, None, n, True, records)
    return Figure(indicator, value_of(records, indicator.method), n, False, records)


def cuts_of(facts: Facts, *, threshold: int) -> tuple[Cut, ...]:
    """Persons trained and certified, by each dimension."""
    trained = latest_places(facts)
    certified = certified_people(facts)
    return tuple(_cut(name, trained, certified, facts, threshold=threshold) for name in DIMENSIONS)


def _cut(
    dimension: str,
    trained: Sequence[Place],
    certified: Mapping[int, Place],
    facts: Facts,
    *,
    threshold: int,
) -> Cut:
    categories = _categories(dimension, facts)
    all_of = Counter(place.traits[dimension] for place in trained)
    part_of = Counter(place.traits[dimension] for place in trained if place.person in certified)
    chain = [
        (code, [counts[category] for category, _ in categories])
        for code, counts in zip(PERSON_CHAIN, (all_of, part_of), strict=True)
    ]
    levels = disclosure.protect(chain, threshold=threshold) if categories else []
    return Cut(dimension, DIMENSION_TITLES[dimension], categories, tuple(levels))


def _categories(dimension: str, facts: Facts) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """All categories that there can be, so that a missing one does not tell "nobody"."""
    present = {place.traits[dimension] for place in facts.places}
    titles: dict[str, Words | Mapping[str, str]]
    if dimension == "sex":
        titles = dict(Sex.choices)
    elif dimension == "age":
        titles = dict(AGE_TITLES)
    elif dimension == "role":
        titles = dict(RoleGroup.choices)
    elif dimension == "institution":
        titles = {code: label for code, label in OrganisationKind.choices if code in present}
    else:
        titles = {code: facts.regions[code] for code in sorted(facts.regions) if code != UNKNOWN}
    if UNKNOWN in present:
        titles[UNKNOWN] = _("unknown")
    return tuple((code, _in_languages(words)) for code, words in titles.items())


def _in_languages(words: Words | Mapping[str, str]) -> Mapping[str, str]:
    return words if isinstance(words, Mapping) else in_all_languages(words)


def stages_of(facts: Facts, *, threshold: int) -> Cut:
    """Women and men among the nominated, the eligible and the chosen."""
    sexes = [code for code, _ in Sex.choices]
    chain = [
        (
            code,
            [
                sum(each.stage >= stage and each.sex == sex for each in facts.nominations)
                for sex in sexes
            ],
        )
        for stage, code in enumerate(NOMINATION_CHAIN)
    ]
    return Cut(
        "sex",
        _("Women and men in the selection"),
        tuple((code, in_all_languages(label)) for code, label in Sex.choices),
        tuple(disclosure.protect(chain, threshold=threshold)),
    )


@dataclass(frozen=True)
class Point:
    """A figure as it stood at the end of a month."""

    label: str
    value: float


def trend(indicator: Indicator, records: Sequence[Record], *, threshold: int) -> list[Point]:
    """The figure as it grew, month by month; months with too few new records join the next.

    Shares of women have none: their growth would tell how many women joined in a month.
    """
    if indicator.chain or not records:
        return []
    need = threshold if indicator.is_about_people else 1
    ordered = sorted(records, key=lambda record: (record.day, record.pk))
    months = [(record.day.year, record.day.month) for record in ordered]
    ends = [
        place
        for place, month in enumerate(months, start=1)
        if place == len(months) or months[place] != month
    ]
    kept: list[int] = []
    for end in ends[:-1]:
        if end - (kept[-1] if kept else 0) >= need and ends[-1] - end >= need:
            kept.append(end)
    return [
        Point(
            f"{months[end - 1][1]:02d}/{months[end - 1][0] % 100:02d}",
            float(value_of(ordered[:end], indicator.method)),
        )
        for end in [*kept, ends[-1]]
    ]


def share_of(level: disclosure.Level) -> Decimal | None:
    """The share of women that a level by sex gives."""
    if level.total in (None, 0) or level.values[0] is None:
        return None
    return rounded(Fraction(100 * level.values[0], level.total or 1))


def definition(code: str) -> Indicator | None:
    """The indicator of this code."""
    return BY_CODE.get(code)


def is_number_of_people(indicator: Indicator) -> bool:
    """Whether the figure itself counts people or their places."""
    return indicator.is_about_people and indicator.method in (Method.COUNT, Method.UNIQUE)


def as_words(indicator: Indicator) -> dict[str, Any]:
    """Title, definition and unit in every language, for a document."""
    return {
        "title": in_all_languages(indicator.title),
        "definition": in_all_languages(indicator.definition),
        "unit": in_all_languages(indicator.unit),
    }
