"""The components of the formula in words. The words carry the definition; the rule computes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hunar.careers import rules
from hunar.kernel.types import Words
from hunar.selection.rules import rounded
from hunar.ui.templatetags.hunar import fixed, number

TITLES: dict[str, Words] = {
    rules.COMPETENCIES: gettext_lazy("Fit to the competency profile"),
    rules.EXAMS: gettext_lazy("Exam results in relevant courses"),
    rules.CERTIFICATES: gettext_lazy("Valid certificates"),
    rules.CPD: gettext_lazy("Continuing education"),
    rules.YEARS: gettext_lazy("Years in grade"),
}
SHORT: dict[str, Words] = {
    rules.COMPETENCIES: gettext_lazy("Profile"),
    rules.EXAMS: gettext_lazy("Exams"),
    rules.CERTIFICATES: gettext_lazy("Certificates"),
    rules.CPD: gettext_lazy("CPD"),
    rules.YEARS: gettext_lazy("Years"),
}
"""For the heads of columns."""
DEFINITIONS: dict[str, Words] = {
    rules.COMPETENCIES: gettext_lazy(
        "Levels attained, up to the level that the profile of the post asks for. Critical "
        "competencies count double. Self-assessments do not count."
    ),
    rules.EXAMS: gettext_lazy(
        "The best released result of each relevant course, as a share of its marks. A course "
        "without a result counts nothing."
    ),
    rules.CERTIFICATES: gettext_lazy(
        "Certificates of achievement in relevant courses that are valid and not revoked, one "
        "per course."
    ),
    rules.CPD: gettext_lazy(
        "Verified minutes of the cycle that ends at the closing, each category up to its cap, "
        "against the minutes that the policy asks for."
    ),
    rules.YEARS: gettext_lazy("Full months in posts of the stated grade or above."),
}
REASONS: dict[str, Words] = {
    "weights-not-100": gettext_lazy("the weights do not add up to 100."),
    "weight-negative": gettext_lazy("a weight is negative or no number."),
    "component-unknown": gettext_lazy("a component is unknown."),
    "tie-break-twice": gettext_lazy("a tie-break is named twice."),
    "tie-break-without-weight": gettext_lazy("a tie-break names a component without weight."),
    "competencies-nothing-to-measure": gettext_lazy("the post has no competency profile."),
    "exams-nothing-to-measure": gettext_lazy("no relevant course is named for the exams."),
    "certificates-nothing-to-measure": gettext_lazy(
        "no relevant course is named for the certificates."
    ),
    "cpd-nothing-to-measure": gettext_lazy("no CPD policy is in force for the post."),
    "years-nothing-to-measure": gettext_lazy("no number of years is given."),
}


@dataclass(frozen=True)
class Line:
    """One component of the formula beside what a person has, worded for the page."""

    code: str
    title: Words
    definition: Words
    weight: str
    reached: str = ""
    points: str = ""
    share: int = 0
    evidence: tuple[tuple[str, str], ...] = ()


def title_of(code: str) -> str:
    """What a component is called."""
    return str(TITLES.get(code, code))


def reason(code: str) -> str:
    """Why a formula cannot be used."""
    return str(REASONS.get(code, code))


def terms(formula: rules.Formula) -> list[Line]:
    """The formula itself, component by component."""
    return [
        Line(
            code=code,
            title=TITLES[code],
            definition=DEFINITIONS[code],
            weight=number(formula.weights[code]),
            reached=_most(formula, code),
        )
        for code in formula.used
    ]


def lines(score: rules.Score, evidence: rules.Evidence) -> list[Line]:
    """What one person has, with the records that count."""
    formula = score.formula
    return [
        Line(
            code=code,
            title=TITLES[code],
            definition=DEFINITIONS[code],
            weight=number(formula.weights[code]),
            reached=_reached(code, each),
            points=fixed(rounded(score.exact(code))),
            share=int(each.share * 100),
            evidence=tuple(_records(code, evidence, formula)),
        )
        for code, each in score.measures.items()
    ]


def _most(formula: rules.Formula, code: str) -> str:
    if code == rules.EXAMS:
        return _("Courses: %(courses)s") % {"courses": ", ".join(formula.courses)}
    if code == rules.CERTIFICATES:
        most = formula.certificates_most
        return ngettext("at most %(most)s certificate", "at most %(most)s certificates", most) % {
            "most": most
        }
    if code == rules.CPD and formula.cpd:
        return _("%(minutes)s minutes by the policy %(policy)s") % {
            "minutes": number(formula.cpd.minutes, 0),
            "policy": formula.cpd.policy,
        }
    if code == rules.YEARS:
        words = ngettext(
            "at most %(years)s year in grade %(grade)s or above",
            "at most %(years)s years in grade %(grade)s or above",
            formula.years_most,
        )
        return words % {"years": formula.years_most, "grade": formula.grade_from}
    levels = sum(line.level for line in formula.profile)
    return ngettext("%(levels)s level in all", "%(levels)s levels in all", levels) % {
        "levels": levels
    }


def _reached(code: str, measure: rules.Measure) -> str:
    amounts = {"got": _plain(measure.got), "most": _plain(measure.most)}
    if code == rules.CPD:
        return _("%(got)s of %(most)s minutes") % amounts
    if code == rules.YEARS:
        return _("%(got)s of %(most)s months") % amounts
    return _("%(got)s of %(most)s") % amounts


def _plain(value: Fraction) -> str:
    return str(number(float(value), 2))


def _records(code: str, evidence: rules.Evidence, formula: rules.Formula) -> list[tuple[str, str]]:
    if code == rules.COMPETENCIES:
        return _levels(evidence, formula)
    if code == rules.EXAMS:
        return [
            (f"{row.course}: {row.marks}/{row.marks_max}", f"{row.attempt} · {row.released}")
            for row in evidence.exams
        ]
    if code == rules.CERTIFICATES:
        return [
            (row.course, f"{row.credential} · {row.issued} – {row.valid_until}")
            for row in evidence.certificates
        ]
    if code == rules.CPD:
        return [
            (_("%(minutes)s minutes") % {"minutes": row.minutes}, f"{row.record} · {row.ended}")
            for row in evidence.cpd
        ]
    return [
        (_("Grade %(grade)s") % {"grade": row.grade}, f"{row.since} – {row.until}")
        for row in evidence.years
        if row.grade >= formula.grade_from
    ]


def _levels(evidence: rules.Evidence, formula: rules.Formula) -> list[tuple[str, str]]:
    best: dict[str, rules.Attained] = {}
    for row in evidence.competencies:
        if row.competency not in best or row.level > best[row.competency].level:
            best[row.competency] = row
    found = []
    for line in formula.profile:
        row_ = best.get(line.competency)
        words = _("%(code)s: level %(level)s of %(required)s") % {
            "code": line.competency,
            "level": row_.level if row_ else 0,
            "required": line.level,
        }
        found.append((words, f"{row_.source} · {row_.date}" if row_ else "–"))
    return found
