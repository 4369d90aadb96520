"""How a form is put together and how answers are marked. Plain Python, exact arithmetic."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, TypeAlias

from hunar.exams.errors import BankTooSmall, BlueprintMalformed
from hunar.kernel.signing import digest

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
GRACE = timedelta(seconds=5)
"""How long after the end an answer may still arrive: the way through the network."""

RESPONSE_LENGTH = 40
PILOTS = 4
"""Unscored items on trial in a form (domain: 40 scored and 4 pilot items)."""

Blueprint: TypeAlias = Mapping[str, Mapping[str, int]]
"""Module: Bloom level: number of scored items."""

# Forms ----------------------------------------------------------------------


@dataclass(frozen=True)
class StockItem:
    """An item of the bank as the choice sees it; ``uses`` counts the forms that hold it."""

    code: str
    module: str
    bloom: str
    use: str
    uses: int = 0


@dataclass(frozen=True)
class Cell:
    """One cell of the blueprint: wanted scored items, and those that the bank has."""

    module: str
    bloom: str
    wanted: int
    available: int

    @property
    def is_covered(self) -> bool:
        return self.available >= self.wanted


def module_order(code: str) -> tuple[int, str]:
    """Sorts M2 before M10."""
    return len(code), code


def check_blueprint(blueprint: Blueprint, *, modules: Iterable[str]) -> None:
    """:raises BlueprintMalformed: naming the first thing that does not fit the course."""
    known = set(modules)
    for module, levels in blueprint.items():
        if module not in known:
            raise BlueprintMalformed(cell=module)
        for bloom, wanted in levels.items():
            if bloom not in BLOOM or isinstance(wanted, bool) or not 0 <= int(wanted) <= 200:
                raise BlueprintMalformed(cell=f"{module} {bloom}: {wanted}")
    if not size(blueprint):
        raise BlueprintMalformed(cell="0")


def size(blueprint: Blueprint) -> int:
    """The number of scored items of a form."""
    return sum(sum(levels.values()) for levels in blueprint.values())


def coverage(blueprint: Blueprint, stock: Iterable[StockItem]) -> list[Cell]:
    """Each wanted cell of the blueprint with what the bank has for it, in the form's order."""
    counts: dict[tuple[str, str], int] = {}
    for item in stock:
        if item.use == "scored":
            counts[item.module, item.bloom] = counts.get((item.module, item.bloom), 0) + 1
    return [
        Cell(module, bloom, blueprint[module][bloom], counts.get((module, bloom), 0))
        for module in sorted(blueprint, key=module_order)
        for bloom in BLOOM
        if blueprint[module].get(bloom)
    ]


def choose_items(
    blueprint: Blueprint, stock: Sequence[StockItem], *, seed: str, pilots: int = PILOTS
) -> list[StockItem]:
    """The items of a form in their order: the same stock and seed give the same form.

    Within a cell the least used items come first, ties fall by a hash of ``seed`` and the
    item's code. Pilot items stand among the scored ones of their module, where no
    candidate can tell them apart.

    :raises BankTooSmall: naming each cell that lacks items.
    """
    if missing := [cell for cell in coverage(blueprint, stock) if not cell.is_covered]:
        cells = (f"{cell.module} {cell.bloom} {cell.available}/{cell.wanted}" for cell in missing)
        raise BankTooSmall(cells=", ".join(cells))
    by_use = sorted(stock, key=lambda item: (item.uses, _lot(seed, item.code)))
    chosen = []
    for module, levels in blueprint.items():
        for bloom, wanted in levels.items():
            cell = (module, bloom, "scored")
            fitting = [item for item in by_use if (item.module, item.bloom, item.use) == cell]
            chosen += fitting[:wanted]
    on_trial = [item for item in by_use if item.use == "pilot" and item.module in blueprint]
    chosen += on_trial[:pilots]
    return sorted(
        chosen, key=lambda item: (module_order(item.module), _lot(f"{seed} order", item.code))
    )


def _lot(seed: str, code: str) -> str:
    return hashlib.sha256(f"{seed}|{code}".encode()).hexdigest()


def form_digest(*, exam: str, code: str, items: Iterable[tuple[int, str, str]]) -> str:
    """What a form is, as one hash; ``items`` are (position, code/version, content hash)."""
    content = {
        "exam": exam,
        "form": code,
        "items": [
            {"position": position, "item": item, "sha256": sha256}
            for position, item, sha256 in items
        ],
    }
    return digest(content)


def next_form_code(taken: Iterable[str]) -> str:
    """The first letter that no form has yet; beyond Z, letter and number."""
    codes = set(taken)
    letters = [chr(ord("A") + place) for place in range(26)]
    wishes = [*letters, *(f"{letter}{number}" for number in range(2, 100) for letter in letters)]
    return next((code for code in wishes if code not in codes), "")


# Saving ---------------------------------------------------------------------


def sequence_at(at: datetime, *, started_at: datetime, last: int = 0) -> int:
    """The sequence number of a change made ``at``: milliseconds since the start.

    Numbers from two devices thereby order by the server's time; each is greater than ``last``.
    """
    return max(last + 1, int((at - started_at) / timedelta(milliseconds=1)))


# Marking --------------------------------------------------------------------


@dataclass(frozen=True)
class KeyLine:
    """One position of a form with all that marking needs."""

    position: int
    item: str
    sha256: str
    module: str
    objective: str
    kind: str
    use: str
    key: Any

    def as_json(self) -> dict[str, Any]:
        return {
            "position": self.position,
            "item": self.item,
            "sha256": self.sha256,
            "module": self.module,
            "objective": self.objective,
            "kind": self.kind,
            "use": self.use,
            "key": self.key,
        }


@dataclass(frozen=True)
class Part:
    """Marks in one module or for one objective."""

    code: str
    marks: int
    marks_max: int

    @property
    def percent(self) -> Decimal:
        return _percent(self.marks, self.marks_max)

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "marks": self.marks, "marks_max": self.marks_max}


@dataclass(frozen=True)
class Score:
    """What an attempt earned. ``marks_by_position`` holds pilots too; they do not count."""

    marks: int
    marks_max: int
    is_passed: bool
    modules: list[Part]
    objectives: list[Part]
    marks_by_position: dict[int, int]

    @property
    def percent(self) -> Decimal:
        return _percent(self.marks, self.marks_max)

    def as_json(self) -> dict[str, Any]:
        return {
            "marks": self.marks,
            "marks_max": self.marks_max,
            "percent": str(self.percent),
            "passed": self.is_passed,
            "modules": [part.as_json() for part in self.modules],
            "objectives": [part.as_json() for part in self.objectives],
        }


def mark(kind: str, key: Any, response: str) -> int:
    """1 for a right response, else 0. A number counts within its tolerance, both ends included."""
    if kind == "numeric":
        number = read_number(response)
        if number is None:
            return 0
        return int(abs(number - Decimal(key["value"])) <= Decimal(key["tolerance"]))
    return int(response.strip().lower() == key)


_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?$")


def read_number(text: str) -> Decimal | None:
    """The number that a person typed: decimal comma or point, spaces between thousands.

    >>> read_number("30 000,50")
    Decimal('30000.50')
    """
    bare = re.sub(r"\s", "", text).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.match(bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        return None


def score(lines: Sequence[KeyLine], responses: Mapping[int, str], *, cut_score: Decimal) -> Score:
    """Marks by position, module and objective; passed from ``cut_score`` per cent on, exactly."""
    marks = {
        line.position: mark(line.kind, line.key, responses.get(line.position, "")) for line in lines
    }
    scored = [line for line in lines if line.use == "scored"]
    total = sum(marks[line.position] for line in scored)
    return Score(
        marks=total,
        marks_max=len(scored),
        is_passed=bool(scored) and total * 100 >= cut_score * len(scored),
        modules=list(_parts(scored, marks, "module")),
        objectives=list(_parts(scored, marks, "objective")),
        marks_by_position=marks,
    )


def _parts(lines: Sequence[KeyLine], marks: Mapping[int, int], by: str) -> Iterator[Part]:
    groups: dict[str, list[int]] = {}
    for line in lines:
        groups.setdefault(getattr(line, by), []).append(marks[line.position])
    for code in sorted(groups, key=module_order):
        yield Part(code, sum(groups[code]), len(groups[code]))


def _percent(marks: int, marks_max: int) -> Decimal:
    if not marks_max:
        return Decimal("0.00")
    share = Decimal(marks) * 100 / Decimal(marks_max)
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


# Documents ------------------------------------------------------------------

RECEIPT = "hunar/exam-receipt/1"
RESULT = "hunar/exam-result/1"


def answers_digest(answers: Mapping[str, str], *, salt: str) -> str:
    """The salted hash of what was handed in; without the salt nobody can try answers out."""
    return digest({"answers": dict(answers), "salt": salt})


def answers_as_json(responses: Mapping[int, str]) -> dict[str, str]:
    """Given answers by position; a cleared answer is none."""
    return {str(place): responses[place] for place in sorted(responses) if responses[place]}
