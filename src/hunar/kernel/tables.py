"""Tables that people upload (CSV, XLSX) and download (CSV, XLSX).

Reading forgives what offices do (CP1251 as well as UTF-8, semicolons, tabs, blank
lines) and never guesses in silence: what was taken for what stands in the result.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from hunar.kernel.errors import RuleViolation

MAX_ROWS = 20_000
MAX_BYTES = 20 * 1024 * 1024


class UnreadableTable(RuleViolation):
    """The file is neither CSV nor XLSX."""

    code = "table-unreadable"
    message = _("The file cannot be read as a table.")
    remedy = _("Save it as XLSX, or as CSV in UTF-8, and upload it again.")
    status = 422


class TableTooLarge(RuleViolation):
    """The file is larger than a staff list can be."""

    code = "table-too-large"
    message = _("The file is too large.")
    remedy = _("Upload at most 20 MB and 20,000 rows; split longer lists.")
    status = 413


class MissingColumns(RuleViolation):
    """A column that is needed has no heading in the file."""

    code = "table-columns-missing"
    message = _("The table lacks the columns: %(columns)s.")
    remedy = _("Put these headings into the first row, or start from the template.")
    status = 422


@dataclass(frozen=True)
class Row:
    """One line: its number in the file (the heading is 1) and its cells by column code."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """What was read, and how."""

    rows: list[Row]
    encoding: str
    unknown_columns: list[str]


def read_table(
    file: BinaryIO, *, columns: dict[str, Sequence[str]], required: Iterable[str] = ()
) -> Table:
    """The rows of an uploaded file.

    :param columns: per column code the headings (any language) that mean it; headings
        are compared without case, marks and spaces.
    :raises UnreadableTable, TableTooLarge, MissingColumns: naming what to mend.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TableTooLarge
    if content[:4] == b"PK\x03\x04" or content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        lines, encoding = _spreadsheet_lines(content), "xlsx"
    else:
        lines, encoding = _csv_lines(content)
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if any(line)]
    if not numbered:
        raise MissingColumns(columns=", ".join(names[0] for names in columns.values()))
    if len(numbered) > MAX_ROWS + 1:
        raise TableTooLarge
    codes, unknown = _columns_of(numbered[0][1], columns)
    if missing := [columns[code][0] for code in required if code not in codes]:
        raise MissingColumns(columns=", ".join(missing))
    rows = [
        Row(
            number,
            {code: line[place] if place < len(line) else "" for code, place in codes.items()},
        )
        for number, line in numbered[1:]
    ]
    return Table(rows=rows, encoding=encoding, unknown_columns=unknown)


def _columns_of(
    headings: Sequence[str], columns: dict[str, Sequence[str]]
) -> tuple[dict[str, int], list[str]]:
    meaning = {_bare(name): code for code, names in columns.items() for name in (code, *names)}
    codes: dict[str, int] = {}
    unknown = []
    for place, heading in enumerate(headings):
        code = meaning.get(_bare(heading))
        if code and code not in codes:
            codes[code] = place
        elif heading:
            unknown.append(heading)
    return codes, unknown


def _bare(heading: str) -> str:
    return "".join(letter for letter in heading.casefold() if letter.isalnum())


def _csv_lines(content: bytes) -> tuple[list[list[str]], str]:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UnreadableTable
    if "\x00" in text:
        raise UnreadableTable
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error:
        raise UnreadableTable from None
    return [[cell.strip() for cell in line] for line in lines], encoding


def _spreadsheet_lines(content: bytes) -> list[list[str]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, IndexError):
        raise UnreadableTable from None
    return [[_cell_text(cell) for cell in line] for line in sheet]


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def write_xlsx(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, sheet: str = "Sheet1"
) -> bytes:
    """A workbook with one sheet: bold frozen headings, a filter, no formulas from data."""
    return write_workbook({sheet: (headings, rows)})


def write_workbook(sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """A workbook of several sheets, each with its headings and rows."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, (headings, rows) in sheets.items():
            page = book.add_worksheet(name[:31])
            page.write_row(0, 0, headings, bold)
            page.freeze_panes(1, 0)
            last = 0
            for last, row in enumerate(rows, start=1):
                for place, value in enumerate(row):
                    if isinstance(value, datetime):
                        page.write_string(last, place, value.isoformat(timespec="minutes"))
                    elif isinstance(value, date):
                        page.write_datetime(
                            last, place, datetime(value.year, value.month, value.day), day
                        )
                    elif isinstance(value, int | float) and not isinstance(value, bool):
                        page.write_number(last, place, value)
                    else:
                        page.write_string(last, place, "" if value is None else str(value))
            page.autofilter(0, 0, last, max(len(headings) - 1, 0))
            page.autofit()
    return target.getvalue()
