"""Reading a line of an uploaded list: what it says, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

DATE_FORMATS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
YES = frozenset({"yes", "y", "true", "1", "+", "hawa", "hä", "да", "есть"})
NO = frozenset({"no", "n", "false", "0", "-", "", "ýok", "yok", "нет"})
_SEPARATORS = re.compile(r"[,;\s]+")


@dataclass(frozen=True)
class RowProblem:
    """What is wrong: a stable code, the column, and the value that was found."""

    code: str
    column: str
    value: str = ""

    def to_json(self) -> dict[str, str]:
        return {"code": self.code, "column": self.column, "value": self.value}


@dataclass(frozen=True)
class ReadRow:
    """What a line says, as far as it can be read without the staff list."""

    personnel_number: str
    family: str
    birth_date: date | None
    preferences: list[str]
    has_consent: bool
    motivation: str
    problems: list[RowProblem] = field(default_factory=list)


def read_row(cells: Mapping[str, str], *, cohorts: Collection[str]) -> ReadRow:
    """Read one line; every problem is named, and the rest is kept all the same."""
    problems: list[RowProblem] = []
    number = cells.get("personnel_number", "").strip()
    if not number:
        problems.append(RowProblem("personnel-number-missing", "personnel_number"))
    preferences = _preferences(cells.get("preferences", ""), cohorts, problems)
    motivation = cells.get("motivation", "").strip()
    if not motivation:
        problems.append(RowProblem("motivation-missing", "motivation"))
    return ReadRow(
        personnel_number=number,
        family=cells.get("family", "").strip(),
        birth_date=_date(cells.get("birth_date", "").strip(), problems),
        preferences=preferences,
        has_consent=_consent(cells.get("consent", "").strip(), problems),
        motivation=motivation,
        problems=problems,
    )


def _preferences(text: str, cohorts: Collection[str], problems: list[RowProblem]) -> list[str]:
    known = {code.casefold(): code for code in cohorts}
    wished: list[str] = []
    for word in filter(None, _SEPARATORS.split(text)):
        code = known.get(word.casefold())
        if code is None:
            problems.append(RowProblem("preference-unknown", "preferences", word))
        elif code in wished:
            problems.append(RowProblem("preference-twice", "preferences", code))
        else:
            wished.append(code)
    if not wished and not text.strip():
        problems.append(RowProblem("preference-missing", "preferences"))
    return wished


def _date(text: str, problems: list[RowProblem]) -> date | None:
    if not text:
        return None
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    problems.append(RowProblem("birth-date-unreadable", "birth_date", text))
    return None


def _consent(text: str, problems: list[RowProblem]) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        problems.append(RowProblem("consent-unreadable", "consent", text))
    return word in YES


def plain_number(number: str) -> str:
    """A personnel number as compared: tables turn ``0001234`` into ``1234``."""
    return number.strip().lstrip("0").casefold()
