from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from hunar.people.models import Person
from hunar.selection.models import NominationImport
from hunar.selection.queries.presentation import checks_in_words
from hunar.selection.wording import COLUMNS, ROW_PROBLEMS


def imports_visible_to(person: Person) -> QuerySet[NominationImport]:
    """The lists that ``person`` has uploaded, the latest first."""
    return (
        NominationImport.objects.filter(uploaded_by=person)
        .select_related("call", "organisation")
        .order_by("-created_at", "-id")
    )


@dataclass(frozen=True)
class ProblemWords:
    """What is wrong with a line: where, what, and the stable code."""

    column: str
    sentence: str
    code: str


@dataclass(frozen=True)
class PreviewRow:
    """One line of an uploaded list."""

    number: int
    personnel_number: str
    name: str
    preferences: list[str]
    problems: list[ProblemWords]
    warnings: list[str]
    nomination: str

    @property
    def kind(self) -> str:
        """``bad``, ``warned`` or ``good``."""
        if self.problems:
            return "bad"
        return "warned" if self.warnings else "good"


def preview_rows(upload: NominationImport) -> list[PreviewRow]:
    """Every line with what is wrong or doubtful about it, in words; no query."""
    return [
        PreviewRow(
            number=row["number"],
            personnel_number=row["cells"].get("personnel_number", ""),
            name=row["name"],
            preferences=row["preferences"],
            problems=[_words(each) for each in row["problems"]],
            warnings=[each.sentence for each in checks_in_words(row["warnings"])],
            nomination=row["nomination"],
        )
        for row in upload.rows
    ]


def _words(problem: dict[str, str]) -> ProblemWords:
    sentence = ROW_PROBLEMS.get(problem["code"])
    return ProblemWords(
        column=str(COLUMNS.get(problem["column"], problem["column"])),
        sentence=str(sentence) % {"value": problem["value"]} if sentence else problem["code"],
        code=problem["code"],
    )
