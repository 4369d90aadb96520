"""The formula of a competition, the evidence that it measures, and the ranking. Plain Python."""

from hunar.careers.rules.evidence import (
    Attained,
    Certificate,
    CpdCredit,
    Evidence,
    ExamResult,
    Measure,
    Service,
    does_not_count,
    measure,
)
from hunar.careers.rules.formula import (
    CERTIFICATES,
    COMPETENCIES,
    COMPONENTS,
    CPD,
    EXAMS,
    YEARS,
    CpdRule,
    Formula,
    Required,
    Unsound,
    check,
)
from hunar.careers.rules.ranking import Place, Score, rank, score

__all__ = [
    "CERTIFICATES",
    "COMPETENCIES",
    "COMPONENTS",
    "CPD",
    "EXAMS",
    "WORKING_DAYS_TO_APPLY",
    "YEARS",
    "Attained",
    "Certificate",
    "CpdCredit",
    "CpdRule",
    "Evidence",
    "ExamResult",
    "Formula",
    "Measure",
    "Place",
    "Required",
    "Score",
    "Service",
    "Unsound",
    "check",
    "does_not_count",
    "measure",
    "rank",
    "score",
]

WORKING_DAYS_TO_APPLY = 10
"""From the later of publication and opening to the closing (SIGMA, method 2017, 282)."""
