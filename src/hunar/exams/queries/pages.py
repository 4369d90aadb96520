"""What the pages of a candidate show, put together from queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language_info

from hunar.catalogue.models import Module, Objective
from hunar.exams import rules
from hunar.exams.models import Answer, Attempt
from hunar.exams.queries.attempts import Question, given_answers, paper_of
from hunar.kernel.text import LANGUAGES, in_language


@dataclass(frozen=True)
class ShownOption:
    letter: str
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class ShownQuestion:
    """A question in one language with what was answered so far."""

    position: int
    kind: str
    stem: str
    unit: str
    options: list[ShownOption]
    answer: Answer | None

    @property
    def is_numeric(self) -> bool:
        return self.kind == "numeric"

    @property
    def response(self) -> str:
        return self.answer.response if self.answer else ""

    @property
    def is_flagged(self) -> bool:
        return bool(self.answer and self.answer.is_flagged)

    @property
    def sequence(self) -> int:
        return self.answer.sequence if self.answer else 0


@dataclass(frozen=True)
class ShownSection:
    code: str
    title: str
    questions: list[ShownQuestion]


def exam_page(attempt: Attempt, *, at: datetime) -> dict[str, Any]:
    """The questions by section, what is open and flagged, and the clock's two moments."""
    answers = given_answers(attempt)
    paper = paper_of(attempt.sitting.form)
    sections = [
        ShownSection(
            section.code,
            in_language(section.title, attempt.language),
            [_shown(question, answers, attempt.language) for question in section.questions],
        )
        for section in paper.sections
    ]
    questions = [question for section in sections for question in section.questions]
    return {
        "attempt": attempt,
        "sections": sections,
        "questions": questions,
        "open": [question for question in questions if not question.response],
        "flagged": [question for question in questions if question.is_flagged],
        "answered": sum(bool(question.response) for question in questions),
        "now": at,
        "minutes_left": max(int((attempt.ends_at - at) / timedelta(minutes=1)), 0),
        "languages": [
            (code, get_language_info(code)["name_local"], code == attempt.language)
            for code in LANGUAGES
        ],
    }


def _shown(question: Question, answers: dict[int, Answer], language: str) -> ShownQuestion:
    answer = answers.get(question.position)
    response = answer.response if answer else ""
    return ShownQuestion(
        position=question.position,
        kind=question.kind,
        stem=in_language(question.stem, language),
        unit=in_language(question.unit, language),
        options=[
            ShownOption(letter, in_language(text, language), letter == response)
            for letter, text in question.options
        ],
        answer=answer,
    )


def last_position(attempt: Attempt) -> int:
    """The number of the form's last question."""
    return len(paper_of(attempt.sitting.form).questions)


@dataclass(frozen=True)
class ShownPart:
    """Marks in a module or for an objective, with its words."""

    part: rules.Part
    text: dict[str, str]


def after(attempt: Attempt) -> dict[str, Any]:
    """The receipt and, once it is released, the result by module and objective."""
    context: dict[str, Any] = {
        "attempt": attempt,
        "answered": len(attempt.receipt.get("answers", {})),
        "count": last_position(attempt),
    }
    if attempt.result:
        result = attempt.result["result"]
        version = attempt.sitting.form.exam.version_id
        modules = dict(Module.objects.filter(version=version).values_list("code", "title"))
        objectives = dict(
            Objective.objects.filter(module__version=version).values_list("code", "text")
        )
        context |= {
            "result": result,
            "cut_score": attempt.result["cut_score"],
            "modules": _parts(result["modules"], modules),
            "objectives": _parts(result["objectives"], objectives),
        }
    return context


def _parts(entries: list[dict[str, Any]], texts: dict[str, dict[str, str]]) -> list[ShownPart]:
    return [
        ShownPart(
            rules.Part(entry["code"], entry["marks"], entry["marks_max"]),
            texts.get(entry["code"], {}),
        )
        for entry in entries
    ]
