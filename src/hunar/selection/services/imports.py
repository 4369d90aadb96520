from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction

from hunar.audit import services as audit
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.collation import search_key
from hunar.kernel.errors import NotPermitted, RuleViolation
from hunar.kernel.tables import Row, read_table
from hunar.people import permissions as people_permissions
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Employment, Person
from hunar.selection import errors, rules
from hunar.selection.models import Call, Nomination, NominationImport
from hunar.selection.queries.facts import cohorts_of, facts_of
from hunar.selection.queries.staff import staff_to_nominate
from hunar.selection.rules.nomination_list import ReadRow, RowProblem, plain_number, read_row
from hunar.selection.services.nominations import check_accepts_nominations, nominate
from hunar.selection.wording import HEADINGS

REQUIRED = ("personnel_number", "preferences", "motivation")


@transaction.atomic
def upload_list(
    call: Call, *, file: BinaryIO, file_name: str, by: Person, at: datetime
) -> NominationImport:
    """Read a list of nominations and say what each line would do; nobody is nominated yet.

    :raises CallClosed, CallNotOpen, CallNotPublished: when the clock or the state forbids.
    :raises UnreadableTable, TableTooLarge, MissingColumns: if the file itself is at fault.
    :raises NotPermitted: unless ``by`` nominates for an institution.
    """
    people_permissions.check(by, Permission.NOMINATE)
    check_accepts_nominations(call, at=at)
    organisation = people.organisations_where(by, Permission.NOMINATE).first()
    if organisation is None:
        raise NotPermitted
    table = read_table(file, columns=HEADINGS, required=REQUIRED)
    upload = NominationImport.objects.create(
        call=call,
        organisation=organisation,
        uploaded_by=by,
        file_name=file_name[:200],
        rows=_checked(call, table.rows, by=by, on=at.astimezone(ASHGABAT).date()),
        created_at=at,
    )
    bad = sum(bool(row["problems"]) for row in upload.rows)
    audit.record(
        "selection.list.uploaded",
        subject=upload,
        by=by,
        at=at,
        details={
            "call": call.ref,
            "lines": len(upload.rows),
            "bad": bad,
            "encoding": table.encoding,
        },
    )
    return upload


def _checked(call: Call, lines: Iterable[Row], *, by: Person, on: date) -> list[dict[str, Any]]:
    cohorts = cohorts_of(call)
    read = [(line, read_row(line.cells, cohorts=[each.code for each in cohorts])) for line in lines]
    staff = {
        plain_number(each.person.personnel_number): each
        for each in staff_to_nominate(by)
        if each.person.personnel_number
    }
    known = _known_numbers(row.personnel_number for _, row in read)
    nominated = set(
        call.nominations.exclude(state=Nomination.State.WITHDRAWN).values_list(
            "person_id", flat=True
        )
    )
    seen: dict[str, int] = {}
    rows = []
    for line, row in read:
        number = plain_number(row.personnel_number)
        held = staff.get(number)
        problems = [*row.problems, *_person_problems(row, held, number in known, nominated)]
        if number and number in seen:
            problems.append(RowProblem("row-duplicate", "personnel_number", str(seen[number])))
        elif number:
            seen[number] = line.number
        rows.append(_row_json(line, row, held, problems))
    _add_warnings(call, rows, staff.values(), on=on)
    return rows


def _known_numbers(numbers: Iterable[str]) -> set[str]:
    wanted = {plain_number(number) for number in numbers if number}
    found = Person.objects.filter(personnel_number__isnull=False).values_list(
        "personnel_number", flat=True
    )
    return {plain for number in found if number and (plain := plain_number(number)) in wanted}


def _person_problems(
    row: ReadRow, held: Employment | None, is_known: bool, nominated: set[int]
) -> list[RowProblem]:
    if not row.personnel_number:
        return []
    if held is None:
        code = "nomination-foreign-person" if is_known else "personnel-number-unknown"
        return [RowProblem(code, "personnel_number", row.personnel_number)]
    found = []
    person = held.person
    families = {search_key(person.family), search_key(person.family_cyrillic)} - {""}
    if row.family and search_key(row.family) not in families:
        found.append(RowProblem("family-name-differs", "family", row.family))
    if row.birth_date and person.birth_date and row.birth_date != person.birth_date:
        found.append(RowProblem("birth-date-differs", "birth_date", row.birth_date.isoformat()))
    if person.pk in nominated:
        found.append(RowProblem("nomination-exists", "personnel_number", row.personnel_number))
    return found


def _row_json(
    line: Row, row: ReadRow, held: Employment | None, problems: list[RowProblem]
) -> dict[str, Any]:
    return {
        "number": line.number,
        "cells": line.cells,
        "person": held.person_id if held else None,
        "name": str(held.person) if held else line.cells.get("family", ""),
        "preferences": row.preferences,
        "motivation": row.motivation,
        "has_consent": row.has_consent,
        "problems": [each.to_json() for each in problems],
        "warnings": [],
        "nomination": "",
    }


def _add_warnings(
    call: Call, rows: list[dict[str, Any]], staff: Iterable[Employment], *, on: date
) -> None:
    """Good lines that will fail a requirement say so before they are sent."""
    good = {row["person"]: row for row in rows if not row["problems"]}
    frozen = rules.from_json(call.rules)
    facts = facts_of(
        [each for each in staff if each.person_id in good],
        cohorts=cohorts_of(call),
        on=on,
        consent={person: row["has_consent"] for person, row in good.items()},
    )
    for person, row in good.items():
        checks = rules.check(frozen, facts[person], row["preferences"])
        row["warnings"] = [each.to_json() for each in checks if not each.holds]


@transaction.atomic
def confirm_import(upload: NominationImport, *, by: Person, at: datetime) -> int:
    """Nominate everybody whose line is good; bad lines stay in the list with their problems.

    Returns how many were nominated. A line that has become bad since the preview (somebody
    nominated the person meanwhile) gets its problem and takes nothing else down.

    :raises ImportConfirmed: if the list was taken over before.
    :raises CallClosed: when the call has closed since.
    :raises NotPermitted: for everybody but who uploaded it.
    """
    if upload.uploaded_by_id != by.pk:
        raise NotPermitted
    check_accepts_nominations(upload.call, at=at)
    changed = NominationImport.objects.filter(pk=upload.pk, confirmed_at__isnull=True).update(
        confirmed_at=at
    )
    if not changed:
        raise errors.ImportConfirmed
    upload.refresh_from_db()
    good = [row for row in upload.rows if not row["problems"]]
    persons = Person.objects.in_bulk([row["person"] for row in good])
    for row in good:
        _take(upload.call, row, persons, by=by, at=at)
    upload.save(update_fields=["rows"])
    taken = sum(bool(row["nomination"]) for row in upload.rows)
    audit.record(
        "selection.list.confirmed",
        subject=upload,
        by=by,
        at=at,
        details={"call": upload.call.ref, "nominated": taken},
    )
    return taken


def _take(
    call: Call, row: dict[str, Any], persons: Mapping[int, Person], *, by: Person, at: datetime
) -> None:
    try:
        nomination = nominate(
            call,
            person=persons[row["person"]],
            preferences=row["preferences"],
            motivation=row["motivation"],
            has_consent=row["has_consent"],
            by=by,
            at=at,
        )
    except RuleViolation as violation:
        problem = RowProblem(violation.code, "personnel_number", row["cells"]["personnel_number"])
        row["problems"].append(problem.to_json())
    else:
        row["nomination"] = nomination.ref
