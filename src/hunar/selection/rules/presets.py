"""The rules that a new call starts from: the academy's usual criteria, to be changed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from hunar.selection.rules.call_rules import (
    MONTHS_IN_POST,
    CallRules,
    CohortRules,
    Criterion,
    Eligibility,
    Source,
)

ROLE_SCALE = {
    "senior": Decimal(4),
    "middle": Decimal(4),
    "specialist": Decimal(3),
    "academic": Decimal(3),
}


def usual_criteria() -> tuple[Criterion, ...]:
    """Gap 35, role 15, service 10, and 40 for what the panel marks blind."""
    return (
        Criterion(
            code="gap",
            source=Source.COMPETENCY_GAP,
            title={
                "tk": "Kursuň ýapyp biljek başarnyk ýetmezçiligi",
                "ru": "Нехватка компетенций, которую восполняет курс",
                "en": "Competency gap that the course can close",
            },
            weight=Decimal(35),
            maximum=Decimal(6),
        ),
        Criterion(
            code="role",
            source=Source.ROLE_RELEVANCE,
            title={
                "tk": "Wezipäniň kursa degişliligi",
                "ru": "Связь должности с темой курса",
                "en": "Relevance of the post",
            },
            weight=Decimal(15),
            maximum=Decimal(4),
            scale=ROLE_SCALE,
        ),
        Criterion(
            code="service",
            source=Source.MONTHS_IN_SERVICE,
            title={
                "tk": "Gullukdaky aýlar",
                "ru": "Стаж службы в месяцах",
                "en": "Months in service",
            },
            weight=Decimal(10),
            maximum=Decimal(60),
        ),
        _motivation(),
        _application(),
    )


def _motivation() -> Criterion:
    return Criterion(
        code="motivation",
        source=Source.MARKED,
        title={
            "tk": "Esaslandyrma: näme üçin bu kurs",
            "ru": "Обоснование: зачем именно этот курс",
            "en": "Motivation: why this course",
        },
        weight=Decimal(20),
        maximum=Decimal(10),
        rubric={
            "tk": "9–10: anyk wezipe meselesi we kursuň oňa degişliligi görkezilen. "
            "6–8: umumy, ýöne işe degişli. 3–5: umumy isleg. 0–2: esas ýok.",
            "ru": "9–10: названа конкретная служебная задача и связь курса с ней. "
            "6–8: общее, но по работе. 3–5: общее пожелание. 0–2: обоснования нет.",
            "en": "9–10: names a task of the post and how the course serves it. "
            "6–8: general, but about the work. 3–5: a general wish. 0–2: no reason given.",
        },
    )


def _application() -> Criterion:
    return Criterion(
        code="use",
        source=Source.MARKED,
        title={
            "tk": "Alnan bilimleri işde ulanmagyň meýilnamasy",
            "ru": "План применения знаний в работе",
            "en": "Plan to use it at work",
        },
        weight=Decimal(20),
        maximum=Decimal(10),
        rubric={
            "tk": "9–10: ädimler, möhlet we kärdeşlere öwretmek bar. 6–8: ädimler bar. "
            "3–5: diňe niýet. 0–2: meýilnama ýok.",
            "ru": "9–10: есть шаги, сроки и обучение коллег. 6–8: есть шаги. "
            "3–5: только намерение. 0–2: плана нет.",
            "en": "9–10: steps, dates and passing it on to colleagues. 6–8: steps. "
            "3–5: an intention only. 0–2: no plan.",
        },
    )


def usual_rules(cohorts: Iterable[tuple[str, str, int]]) -> CallRules:
    """Rules for cohorts given as code, course and seats."""
    return CallRules(
        eligibility=Eligibility(min_months_in_post=6),
        criteria=usual_criteria(),
        cohorts=tuple(
            CohortRules(code=code, course=course, seats=seats) for code, course, seats in cohorts
        ),
        tie_breaks=("use", "gap", MONTHS_IN_POST),
    )
