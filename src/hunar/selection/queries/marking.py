from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet

from hunar.people.models import Person
from hunar.selection import permissions, rules
from hunar.selection.models import Call, Mark, Nomination

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


def calls_to_mark() -> QuerySet[Call]:
    """Closed calls that wait for marks or for the decision."""
    return Call.objects.filter(state=Call.State.CLOSED).order_by("closes_at")


class Counted(TypedDict):
    """What ``_eligible`` adds to a nomination."""

    marker_count: int


def _eligible(call: Call) -> QuerySet[WithAnnotations[Nomination, Counted]]:
    return call.nominations.filter(state=Nomination.State.ELIGIBLE).annotate(
        marker_count=Count("marks__marker", distinct=True)
    )


def incomplete_count(call: Call) -> int:
    """How many eligible nominations lack marks of the panel."""
    frozen = rules.from_json(call.rules)
    if not frozen.marked_criteria:
        return 0
    return _eligible(call).filter(marker_count__lt=frozen.markers).count()


@dataclass(frozen=True)
class MarkingProgress:
    """How far the panel is, in files; ``own`` is what this member has done."""

    files: int
    complete: int
    marks_given: int
    marks_needed: int
    own: int

    @property
    def is_complete(self) -> bool:
        return self.complete == self.files


def marking_progress(call: Call, *, person: Person | None = None) -> MarkingProgress:
    """The state of the marking of ``call``; two queries."""
    needed = rules.from_json(call.rules).markers
    counts = list(_eligible(call).values_list("marker_count", flat=True))
    own = 0
    if person is not None:
        own = Mark.objects.filter(nomination__call=call, marker=person).aggregate(
            files=Count("nomination", distinct=True)
        )["files"]
    return MarkingProgress(
        files=len(counts),
        complete=sum(count >= needed for count in counts),
        marks_given=sum(min(count, needed) for count in counts),
        marks_needed=needed * len(counts),
        own=own,
    )


@dataclass(frozen=True)
class BlindFile:
    """All that a marker sees: a code, the motivation without names, a few facts."""

    code: str
    motivation: str
    role_group: str
    grade: int
    months_in_post: int
    cohorts: list[str]


def blind_file(nomination: Nomination) -> BlindFile:
    """The file of ``nomination`` as a marker sees it."""
    facts = rules.Facts.from_json(nomination.facts)
    return BlindFile(
        code=nomination.blind_code,
        motivation=rules.redact(nomination.motivation, _telling_words(nomination)),
        role_group=facts.role_group,
        grade=facts.grade,
        months_in_post=facts.months_in_post,
        cohorts=list(nomination.preferences),
    )


def _telling_words(nomination: Nomination) -> Iterable[str]:
    person, organisation = nomination.person, nomination.organisation
    names = (person.name, person.name_cyrillic)
    for name in names:
        yield from (name.family, name.given, name.patronymic)
    yield from (person.family_passport, person.given_passport)
    yield from organisation.short_title.values()
    generic = {"ministry", "ministrligi", "министерство", "state", "döwlet", "государственный"}
    for title in organisation.title.values():
        yield from (word for word in title.split() if word.casefold() not in generic)


def files_left(call: Call, person: Person) -> int:
    """How many files still lack marks that this panel member could give; one query."""
    needed = rules.from_json(call.rules).markers
    return _eligible(call).filter(marker_count__lt=needed).exclude(marks__marker=person).count()


def next_file(call: Call, person: Person) -> Nomination | None:
    """A file that this panel member may and shall mark next; None when nothing is left.

    Files that others have begun come first, so that files get complete early.
    """
    needed = rules.from_json(call.rules).markers
    open_files = list(
        _eligible(call)
        .filter(marker_count__lt=needed)
        .exclude(marks__marker=person)
        .order_by("-marker_count", "blind_code")[:50]
    )
    conflicted = permissions.conflicted_nominations(person, open_files)
    return next((each for each in open_files if each.pk not in conflicted), None)


def file_of(call: Call, code: str) -> Nomination | None:
    """The eligible nomination behind a blind code."""
    return (
        call.nominations.filter(blind_code=code, state=Nomination.State.ELIGIBLE)
        .select_related("call", "person", "organisation")
        .first()
    )


def own_marks(nomination: Nomination, person: Person) -> dict[str, Mark]:
    """What this panel member has given already, by criterion."""
    return {mark.criterion: mark for mark in nomination.marks.filter(marker=person)}


def files_marked_by(call: Call, person: Person) -> list[str]:
    """Blind codes of the files that she has marked, the latest first."""
    rows = (
        Mark.objects.filter(nomination__call=call, marker=person)
        .order_by("-marked_at")
        .values_list("nomination__blind_code", flat=True)
    )
    return list(dict.fromkeys(rows))
