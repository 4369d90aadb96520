"""The records behind a figure, page by page; names only for those who may see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hunar.agreements.models import AdvisoryRequest, Obligation
from hunar.catalogue.models import Lesson
from hunar.evaluation import permissions
from hunar.evaluation.indicators import Indicator, Method, Record
from hunar.evaluation.queries.figures import Figure
from hunar.kernel.ids import paper_id
from hunar.people import queries as people
from hunar.people.models import Person


def ref_of(record: Record) -> str:
    """The id by which a record is known on paper."""
    if record.kind == "LES":
        return f"{record.about}:{record.pk}"
    return paper_id(record.kind, record.pk)


@dataclass(frozen=True)
class Row:
    """A record as a list shows it. ``amount`` is what it adds, or whether it counts."""

    ref: str
    title: str
    person: int
    about: str
    day: date
    amount: str
    is_hit: bool | None

    @property
    def hit(self) -> int | None:
        """1 or 0 in a table; nothing where it does not apply or is not shown."""
        return None if self.is_hit is None else int(self.is_hit)


def matching(records: Sequence[Record], *, wish: str, order: str, seen_by: Person) -> list[Record]:
    """Records whose id, cohort or (for those who see names) name contains the wish."""
    found = list(records)
    if wish:
        named = _people_named(wish, seen_by)
        lowered = wish.strip().casefold()
        found = [
            record
            for record in found
            if record.person in named
            or lowered in ref_of(record).casefold()
            or lowered in record.about.casefold()
        ]
    key = {"about": lambda row: (row.about, row.day, row.pk)}.get(
        order.removeprefix("-"), lambda row: (row.day, row.pk)
    )
    return sorted(found, key=key, reverse=not order or order.startswith("-"))


def open_records(figure: Figure, *, seen_by: Person) -> tuple[Record, ...]:
    """The records behind a figure; of a hidden number of people only for who sees names."""
    if figure.n is None and not permissions.can_see_names(seen_by):
        return ()
    return figure.records


def _people_named(wish: str, seen_by: Person) -> set[int]:
    if not permissions.can_see_names(seen_by):
        return set()
    visible = people.matching(people.people_visible_to(seen_by), wish)
    return set(visible.values_list("pk", flat=True))


def rows(records: Iterable[Record], *, indicator: Indicator, seen_by: Person) -> list[Row]:
    """The records ready to be shown; one query for names, one for titles."""
    records = list(records)
    titles = _titles(records, seen_by)
    return [
        Row(
            ref=ref_of(record),
            title=titles.get((record.kind, record.pk), ""),
            person=record.person,
            about=record.about,
            day=record.day,
            amount=_amount(record, indicator),
            is_hit=record.is_hit if indicator.method is Method.SHARE and _shows_hits(indicator, seen_by) else None,
        )
        for record in records
    ]  # fmt: skip


def columns_of(rows: Iterable[Row]) -> dict[str, bool]:
    """Which optional columns hold anything in these rows."""
    rows = list(rows)
    return {
        "title": any(row.title for row in rows),
        "amount": any(row.amount for row in rows),
        "hit": any(row.is_hit is not None for row in rows),
    }


def _shows_hits(indicator: Indicator, seen_by: Person) -> bool:
    """Whether a record says which way it counted: sex is shown only beside names."""
    return not indicator.chain or permissions.can_see_names(seen_by)


def _amount(record: Record, indicator: Indicator) -> str:
    if indicator.method in (Method.SUM, Method.MEAN):
        return f"{float(record.amount):.1f}"
    return ""


def _titles(records: list[Record], seen_by: Person) -> dict[tuple[str, int], str]:
    kinds = {record.kind for record in records}
    if "LES" in kinds:
        lessons = Lesson.objects.in_bulk([record.pk for record in records])
        return {("LES", pk): str(lesson) for pk, lesson in lessons.items()}
    if "OBL" in kinds:
        duties = Obligation.objects.in_bulk([record.pk for record in records])
        return {("OBL", pk): str(duty) for pk, duty in duties.items()}
    if "ADV" in kinds:
        asked = AdvisoryRequest.objects.in_bulk([record.pk for record in records])
        return {("ADV", pk): request.subject for pk, request in asked.items()}
    if not permissions.can_see_names(seen_by):
        return {}
    wanted = {record.person for record in records}
    named = {row.pk: str(row) for row in people.people_visible_to(seen_by).filter(pk__in=wanted)}
    return {(record.kind, record.pk): named.get(record.person, "") for record in records}
